// Connection profiles, their secrets and their sessions.
//
// Profiles live in the extension's global state, or in the setting `mydba.connections` (shown, not
// changed here). Secrets live in the editor's SecretStorage only; the helper asks for one when it
// connects. When it is refused (or needed and missing) the user is asked, and the answer is stored
// only when it worked and the user wants it; otherwise it is kept until the session is closed. Keys of
// providers of models are stored here too (ai.ts).
//
// A session is opened when something needs it, once however many ask. It dies with the helper.

import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { ConnectionProfile, OpenResult, SecretKind, SecretParams } from "#protocol";
import { agrees } from "./confirm";
import type { Helper } from "#helper";
import { cancellable } from "./progress";
import { codeOf, RpcError } from "#rpc";
import { plainLine } from "./text";

const profilesKey = "profiles";
const lastUsedKey = "lastUsed";
const openedKey = "opened";
const agentWritesKey = "agentWrites";
const passwordAttempts = 3;
const secretKinds: SecretKind[] = ["password", "sshPassphrase"];

export interface Session {
  open?: OpenResult;
  opening?: Promise<OpenResult>;
  /** It was open when the helper died, and opens again when it is used. */
  lost?: boolean;
  /** Why the last attempt failed. */
  error?: Error;
}

/** What changed of one connection; without an id the list itself. */
export interface ConnectionChange {
  id?: string;
  /** True when its session was closed on purpose. */
  closed?: boolean;
}

export class Connections {
  readonly #sessions = new Map<string, Session>();
  /** Typed, not stored: `profileId/kind`. */
  readonly #typed = new Map<string, string>();
  /** What the helper asked for last, by profile. */
  readonly #asked = new Map<string, SecretKind>();
  /** As strict as they were opened. */
  readonly #admitted = new Map<string, ConnectionProfile>();
  readonly #changed = new vscode.EventEmitter<ConnectionChange>();
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly helper: Helper,
  ) {}

  /** All of them; those that are open as they were opened. */
  all(): ConnectionProfile[] {
    return this.#listed().map((profile) => this.#admitted.get(profile.id) ?? profile);
  }

  get(id: string): ConnectionProfile | undefined {
    return this.all().find((profile) => profile.id === id);
  }

  /** True when the profile comes from the settings and is edited there. */
  isFixed(id: string): boolean {
    return !this.#stored().some((profile) => profile.id === id);
  }

  session(id: string): Session {
    return this.#sessions.get(id) ?? {};
  }

  /** Those to which the user lets agents write. */
  get agentsMayWrite(): string[] {
    return this.context.globalState.get<string[]>(agentWritesKey, []);
  }

  async letAgentsWrite(id: string, may: boolean): Promise<void> {
    const others = this.agentsMayWrite.filter((other) => other !== id);
    await this.context.globalState.update(agentWritesKey, may ? [...others, id] : others);
    await this.helper.request("tools/allowWrites", { sessionIds: this.agentsMayWrite });
    this.#changed.fire({ id });
  }

  /** The connection that the user worked with last, if it still exists. */
  lastUsed(): ConnectionProfile | undefined {
    return this.get(this.context.workspaceState.get<string>(lastUsedKey, ""));
  }

  async markUsed(id: string): Promise<void> {
    await this.context.workspaceState.update(lastUsedKey, id);
    this.#changed.fire({ id });
  }

  /** Adds or replaces a profile; an id is made for one without. `password` undefined keeps the stored one, "" forgets it. */
  async save(profile: ConnectionProfile, password?: string): Promise<ConnectionProfile> {
    const saved = { ...profile, id: profile.id || randomUUID() };
    const profiles = [...this.#stored()];
    const position = profiles.findIndex(({ id }) => id === saved.id);
    profiles.splice(position < 0 ? profiles.length : position, 1, saved);
    await this.context.globalState.update(profilesKey, profiles);
    if (password !== undefined) await this.storeSecret(saved.id, "password", password);
    await this.close(saved.id);
    this.#changed.fire({});
    return saved;
  }

  async remove(id: string): Promise<void> {
    await this.close(id);
    if (this.agentsMayWrite.includes(id)) await this.letAgentsWrite(id, false);
    const others = this.#stored().filter((profile) => profile.id !== id);
    await this.context.globalState.update(profilesKey, others);
    for (const kind of secretKinds) await this.context.secrets.delete(secretKey(id, kind));
    this.#changed.fire({});
  }

  async duplicate(id: string): Promise<ConnectionProfile | undefined> {
    const original = this.get(id);
    if (!original) return undefined;
    // A copy is no longer of the settings, so what they loosen is asked about here.
    const profile = await this.#admit(original, this.isFixed(id));
    const password = await this.context.secrets.get(secretKey(id, "password"));
    return this.save({ ...profile, id: "", name: `${profile.name} (copy)` }, password);
  }

  async hasPassword(id: string): Promise<boolean> {
    return (await this.context.secrets.get(secretKey(id, "password"))) !== undefined;
  }

  /** The open session of a profile; connects when there is none. Rejects with RpcError. */
  open(id: string): Promise<OpenResult> {
    const session = this.session(id);
    if (session.open) return Promise.resolve(session.open);
    if (session.opening) return session.opening;
    const opening = this.#connect(id);
    this.#set(id, { opening });
    opening.then(
      (open) => this.#settle(id, opening, { open }),
      (error: unknown) => this.#settle(id, opening, { error: error as Error }),
    );
    return opening;
  }

  async close(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    for (const kind of secretKinds) this.#typed.delete(secretKey(id, kind));
    this.#admitted.delete(id);
    if (!session) return;
    this.#sessions.delete(id);
    this.#changed.fire({ id, closed: true });
    if (session.open || session.opening)
      await this.helper.request("connection/close", { sessionId: id }).catch(() => undefined);
  }

  /** The helper is gone, and every session with it. */
  reset(): void {
    for (const [id, { open }] of [...this.#sessions]) this.#set(id, open ? { lost: true } : {});
  }

  /** Answers `host/secret`: what was typed or stored, without a question. */
  async answerSecret({ profileId, kind }: SecretParams): Promise<{ value?: string }> {
    this.#asked.set(profileId, kind);
    const key = secretKey(profileId, kind);
    const value = this.#typed.get(key) ?? (await this.context.secrets.get(key));
    return value === undefined ? {} : { value };
  }

  /** Stores a secret; "" forgets it. */
  async storeSecret(profileId: string, kind: SecretKind, value: string): Promise<void> {
    const key = secretKey(profileId, kind);
    await (value ? this.context.secrets.store(key, value) : this.context.secrets.delete(key));
  }

  async #connect(id: string): Promise<OpenResult> {
    const listed = this.#listed().find((candidate) => candidate.id === id);
    if (!listed) throw new Error("This connection no longer exists.");
    const profile = await this.#admit(listed, this.isFixed(id));
    this.#admitted.set(id, profile);
    for (let attempt = 1; ; attempt++) {
      try {
        const open = await cancellable(`Connecting to ${plainLine(profile.name, 60)}`, (token) =>
          this.helper.request("connection/open", { profile }, token),
        );
        await this.context.workspaceState.update(lastUsedKey, id);
        void this.#offerToRemember(profile);
        return open;
      } catch (error) {
        const kind = this.#asked.get(id);
        if (codeOf(error) !== "authFailed" || !kind || attempt > passwordAttempts) throw error;
        if (!(await this.#askSecret(profile, kind, error as Error))) throw error;
      }
    }
  }

  /** The profile to open. What it was opened as before is kept here, where no file of a workspace reaches. */
  async #admit(profile: ConnectionProfile, fromSettings: boolean): Promise<ConnectionProfile> {
    const opened = this.context.globalState.get<ConnectionProfile[]>(openedKey, []);
    const params = { profile, fromSettings, opened };
    const admitted = await this.helper.request("connection/admit", params);
    const { loosened, production } = admitted;
    if (loosened && (await agrees(loosened))) return this.#admit(profile, false);
    if (production && !(await agrees(production)))
      throw new RpcError("Not connected: it was not agreed to.", { code: "cancelled" });
    const others = opened.filter(({ id }) => id !== profile.id);
    await this.context.globalState.update(openedKey, [...others, admitted.profile]);
    return admitted.profile;
  }

  async #askSecret(profile: ConnectionProfile, kind: SecretKind, why: Error): Promise<boolean> {
    const what = kind === "password" ? "Password" : "Passphrase of the SSH key";
    const title = `${what} for ${plainLine(profile.name, 60)}`;
    const prompt = plainLine(why.message, 300);
    const asked = { title, prompt, password: true, ignoreFocusOut: true };
    const value = await vscode.window.showInputBox(asked);
    if (value === undefined) return false;
    this.#typed.set(secretKey(profile.id, kind), value);
    return true;
  }

  async #offerToRemember(profile: ConnectionProfile): Promise<void> {
    for (const kind of secretKinds) {
      const key = secretKey(profile.id, kind);
      const value = this.#typed.get(key);
      if (value === undefined) continue;
      const question = `Remember the ${kind === "password" ? "password" : "passphrase"} of ${plainLine(profile.name, 60)} in the editor's secret storage?`;
      const answer = await vscode.window.showInformationMessage(question, "Remember", "Not Now");
      if (answer === "Remember") await this.context.secrets.store(key, value);
    }
  }

  #listed(): ConnectionProfile[] {
    return [...this.#stored(), ...fromSettings()];
  }

  #stored(): ConnectionProfile[] {
    return this.context.globalState.get<ConnectionProfile[]>(profilesKey, []);
  }

  #set(id: string, session: Session): void {
    this.#sessions.set(id, session);
    this.#changed.fire({ id });
  }

  /** Keeps the outcome of an attempt, unless it was closed or reset in the meantime. */
  #settle(id: string, opening: Promise<OpenResult>, session: Session): void {
    if (this.#sessions.get(id)?.opening === opening) this.#set(id, session);
  }
}

function fromSettings(): ConnectionProfile[] {
  const listed = vscode.workspace.getConfiguration("mydba").get<ConnectionProfile[]>("connections");
  return (listed ?? []).filter(({ id, name, engine }) => id && name && engine);
}

function secretKey(profileId: string, kind: SecretKind): string {
  return `secret/${profileId}/${kind}`;
}
