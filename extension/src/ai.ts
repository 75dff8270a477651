// Models, as far as only the editor can do it: the user's settings, consents and keys, the status bar
// item, the question before something leaves, and the editor's own models, which the helper asks here.
//
// A consent is no setting: settings may come from a workspace, and a file of it that an agent could
// edit must not agree to anything. It is in the editor's own storage, and so for an address only.

import * as vscode from "vscode";
import type { AiConfirmParams, AiConfirmResult, AiConsent, AiModelList } from "#protocol";
import type { AiSettings, AiStatus, AiToolCall, ErrorCode } from "#protocol";
import type { HostModelParams, HostModelResult } from "#protocol";
import { RpcError } from "#rpc";
import type { Connections } from "./connections";
import type { Documents } from "./documents";
import type { Helper } from "#helper";
import { messageFor, otherModels } from "./lm";
import { plainLabel, plainLine, plainLines, plainNotice } from "./text";
import type { HostAction } from "./views";

const consentsKey = "ai.consents";
const modelErrors: Record<string, ErrorCode> = { NoPermissions: "refused", Blocked: "refused" };

type Address = Pick<AiConsent, "provider" | "address">;
type Configurable = { request(method: string, params: unknown): Promise<unknown> };

export class Assistant {
  readonly item = vscode.window.createStatusBarItem("mydba.ai", vscode.StatusBarAlignment.Right, 9);

  constructor(
    private readonly memory: vscode.Memento,
    private readonly connections: Connections,
    private readonly documents: Documents,
    private readonly helper: Helper,
  ) {
    this.item.name = "MyDBA AI";
    this.item.command = "mydba.ai.open";
    const { enabled, model = "" } = this.#settings();
    const state = enabled ? "ready" : "off";
    this.#show({ state, place: "nowhere", model, message: "Click to see what may be sent where." });
  }

  /** Tells the helper whom it may ask. Settings that it does not understand leave things as they were. */
  async configure(to: Configurable): Promise<AiStatus> {
    const status = (await to.request("ai/configure", this.#settings())) as AiStatus;
    this.#show(status);
    return status;
  }

  /** What the page does; each is answered with everything that the page shows. */
  readonly actions: Record<string, HostAction> = {
    aiState: () => this.#state(),
    saveAi: async ({ settings, workspace }) => {
      const config = vscode.workspace.getConfiguration("mydba.ai");
      const { Workspace, Global } = vscode.ConfigurationTarget;
      for (const [name, value] of Object.entries(settings as object))
        await config.update(name, value ?? undefined, workspace ? Workspace : Global);
      return this.#state();
    },
    saveKey: async ({ provider, address, key }) => {
      const keyId = aiKeyId({ provider, address } as Address);
      await this.connections.storeSecret(keyId, "apiKey", key as string);
      return this.#state();
    },
    consent: async ({ provider, address, agreed }) => {
      const about = { provider, address } as Address;
      const others = this.#consents().filter((consent) => !same(consent, about));
      const own = agreed ? [{ ...about, at: new Date().toISOString() }] : [];
      await this.memory.update(consentsKey, [...others, ...own]);
      return this.#state();
    },
  };

  /** Answers `host/aiConfirm`: a dialog, and once the text is on the screen a notification beside it. */
  async confirm(params: AiConfirmParams): Promise<AiConfirmResult> {
    const { provider, address, model, request, masked } = params;
    const title = plainNotice(`Send this to ${provider}?`);
    const kept = masked.map(({ name, value }) => `${value} × ${name}`).join(", ");
    const lines = [`To: ${address || provider}`, `Model: ${model}`, kept && `Kept back: ${kept}`];
    lines.push(`The text has ${request.length} characters.`);
    const options = { modal: true, detail: plainLines(lines, 1000) };
    const { showWarningMessage: ask } = vscode.window;
    let answer: string | undefined = await ask(title, options, "Show", "Send");
    if (answer === "Show") {
      await this.documents.show("What would be sent", request);
      answer = await ask(title, "Send", "Do Not Send");
    }
    return { send: answer === "Send" };
  }

  /** Answers `host/models`. */
  async models(): Promise<AiModelList> {
    const models = (await otherModels()).map(({ id, name, maxInputTokens: contextTokens }) => {
      return { id, name, contextTokens };
    });
    return { models };
  }

  /** Answers `host/model`; each piece is on its way before the next is taken. */
  async ask(params: HostModelParams, ended: AbortSignal): Promise<HostModelResult> {
    const { id, model, system, messages, tools } = params;
    const source = new vscode.CancellationTokenSource();
    ended.addEventListener("abort", () => source.cancel());
    const toolCalls: AiToolCall[] = [];
    try {
      const chosen = (await otherModels()).find(({ id }) => id === model);
      if (!chosen) throw vscode.LanguageModelError.NotFound(model);
      const first = vscode.LanguageModelChatMessage.User(system);
      const options = {
        justification: "MyDBA asks it about your database.",
        tools: tools.map(({ inputSchema, ...tool }) => {
          return { ...tool, inputSchema: JSON.parse(inputSchema) as object };
        }),
      };
      const said = [...(system ? [first] : []), ...messages.map(messageFor)];
      const { stream } = await chosen.sendRequest(said, options, source.token);
      for await (const part of stream) {
        if (part instanceof vscode.LanguageModelTextPart)
          await this.helper.request("ai/modelText", { id, text: part.value });
        if (!(part instanceof vscode.LanguageModelToolCallPart)) continue;
        const { callId, name, input } = part;
        toolCalls.push({ id: callId, name, arguments: JSON.stringify(input) });
      }
    } catch (error) {
      const { code, message } = error as vscode.LanguageModelError;
      const hint = "MyDBA: Set Up AI lets you choose another model.";
      const known = ended.aborted ? "cancelled" : (modelErrors[code] ?? "server");
      throw new RpcError(`The editor's model: ${message}`, { code: known, hint });
    } finally {
      source.dispose();
    }
    return { toolCalls };
  }

  async #state() {
    const status = await this.configure(this.helper);
    const settings = this.#settings();
    const config = vscode.workspace.getConfiguration("mydba.ai");
    const inWorkspace = (name: string) => config.inspect(name)?.workspaceValue !== undefined;
    const ofWorkspace = Object.keys(settings).filter(inWorkspace);
    const key = { profileId: aiKeyId(status), kind: "apiKey" } as const;
    const hasKey = (await this.connections.answerSecret(key)).value !== undefined;
    const hasWorkspace = vscode.workspace.workspaceFolders !== undefined;
    return { status, settings, ofWorkspace, hasWorkspace, hasKey };
  }

  #consents(): AiConsent[] {
    return this.memory.get<AiConsent[]>(consentsKey, []);
  }

  /** The settings have the names that the protocol has. */
  #settings(): AiSettings {
    const chosen = vscode.workspace.getConfiguration("mydba").get<AiSettings>("ai");
    return { ...(chosen as AiSettings), consents: this.#consents() };
  }

  #show({ state, place, model, message }: Partial<AiStatus>): void {
    const unready = state === "off" ? "AI off" : "AI: not set up";
    const said = state === "ready" ? plainLabel(model || "AI", 30) : unready;
    this.item.text = `$(${place === "cloud" || place === "editor" ? "globe" : "lock"}) ${said}`;
    this.item.tooltip = plainLine(`MyDBA: ${message}`, 300);
    this.item.accessibilityInformation = { label: `MyDBA ${said}: ${message}` };
    this.item.show();
  }
}

/** Under which the helper asks for the key. */
function aiKeyId({ provider, address }: Address): string {
  return `ai:${provider}:${address}`;
}

function same(one: Address, other: Address): boolean {
  return one.provider === other.provider && one.address === other.address;
}
