// The one host of all webviews. A page speaks the protocol's JSON-RPC with the helper; this file
// passes it on unread, after looking at three things: the method must be in the page's view.json,
// the session it names must be open (it is opened when it is not), and ids are the page's own, so
// the helper gets others. Row frames are posted as they came, each in its own buffer. Credit is the
// page's affair: a hidden panel stops granting it.
//
// A page's life begins with `view/ready`. When it begins anew (reload) or the panel is closed, every
// open request of the former life is cancelled and the requests that it left in `host/atClose`
// (closing its results) are sent. See webviews/README.md for the messages.

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import type { ConnectionProfile, OpenResult, Requests } from "#protocol";
import type { Connections } from "./connections";
import type { Helper } from "#helper";
import { showWhenSlow } from "./progress";
import { errorObject, RpcError } from "#rpc";
import { plainLine } from "./text";

const bridgeVersion = 1;

interface ViewManifest {
  id: string;
  title: string;
  /** Patterns of files that the view is the editor of. */
  files?: string[];
  methods: string[];
  hostActions: string[];
}

type Method = keyof Requests;
type Params = Record<string, unknown>;

interface PageMessage {
  id?: number;
  method?: string;
  params?: Params;
}

/** Does what a page asks of the editor; what it returns is the answer, when the page waits for one. */
export type HostAction = (params: Params, panel: vscode.WebviewPanel) => unknown;

export interface OpenView {
  id: string;
  /** Panels of a view and a connection with the same key are reused. */
  key: string;
  /** Absent: the view's own. */
  title?: string;
  /** The connection that the view is about. */
  profile?: ConnectionProfile;
  params: Params;
  /** In a group of its own below the editor, which keeps the focus. */
  below?: boolean;
}

export class Views {
  readonly #folder: string;
  readonly #template: string;
  readonly #manifests = new Map<string, ViewManifest>();
  readonly #panels = new Map<string, ViewPanel>();

  constructor(
    { extensionPath, subscriptions }: vscode.ExtensionContext,
    private readonly services: Services,
  ) {
    this.#folder = path.join(extensionPath, "dist/webviews");
    this.#template = readFileSync(path.join(this.#folder, "page.html"), "utf8");
    const listed = readFileSync(path.join(extensionPath, "dist/views.json"), "utf8");
    for (const view of JSON.parse(listed) as ViewManifest[]) this.#manifests.set(view.id, view);
    for (const view of this.#manifests.values()) {
      const type = `mydba.${view.id}`;
      const deserializeWebviewPanel = (panel: vscode.WebviewPanel, state: unknown) =>
        Promise.resolve(this.#restore(view, panel, state));
      const { registerWebviewPanelSerializer, registerCustomEditorProvider } = vscode.window;
      subscriptions.push(registerWebviewPanelSerializer(type, { deserializeWebviewPanel }));
      if (!view.files) continue;
      const resolveCustomTextEditor = (file: vscode.TextDocument, panel: vscode.WebviewPanel) => {
        panel.webview.options = this.#options();
        const params = { text: file.getText(), name: path.basename(file.fileName) };
        this.#adopt(view, panel, file.uri.toString(), { state: null, params, restored: false });
      };
      const editor = { resolveCustomTextEditor };
      const options = { webviewOptions: { retainContextWhenHidden: true } };
      subscriptions.push(registerCustomEditorProvider(`${type}File`, editor, options));
    }
  }

  /** Opens a view, or gives new parameters to the one that has this key. */
  async open({ profile, ...asked }: OpenView): Promise<void> {
    const manifest = this.#manifests.get(asked.id);
    if (!manifest) throw new Error(`no view ${asked.id}`);
    const { title = manifest.title } = asked;
    const view = {
      ...asked,
      key: `${asked.id} ${profile?.id} ${asked.key}`,
      title: plainLine(profile ? `${title} · ${profile.name}` : title, 80),
      params: { ...(profile && about(profile)), ...asked.params },
    };
    const known = this.#panels.get(view.key);
    if (known) return known.show(view);
    const split = view.below === true && vscode.window.tabGroups.all.length === 1;
    if (split) await vscode.commands.executeCommand("workbench.action.newGroupBelow");
    const other = vscode.window.tabGroups.all.find(({ isActive }) => !isActive);
    const below = split ? undefined : view.below && other?.viewColumn;
    const panel = vscode.window.createWebviewPanel(
      `mydba.${view.id}`,
      view.title,
      { viewColumn: below || vscode.ViewColumn.Active, preserveFocus: view.below === true },
      { ...this.#options(), retainContextWhenHidden: true },
    );
    this.#adopt(manifest, panel, view.key, { state: null, params: view.params, restored: false });
    if (split) await vscode.commands.executeCommand("workbench.action.focusFirstEditorGroup");
  }

  #options(): vscode.WebviewOptions {
    const localResourceRoots = [vscode.Uri.file(this.#folder)];
    return { enableScripts: true, enableCommandUris: false, localResourceRoots };
  }

  #restore(manifest: ViewManifest, panel: vscode.WebviewPanel, state: unknown): void {
    panel.webview.options = this.#options();
    const key = `restored ${randomBytes(8).toString("hex")}`;
    this.#adopt(manifest, panel, key, { state: state ?? null, restored: true });
  }

  #adopt(manifest: ViewManifest, panel: vscode.WebviewPanel, key: string, start: PageStart): void {
    panel.iconPath = this.services.icon;
    const host = new ViewPanel(manifest, panel, start, this.services);
    this.#panels.set(key, host);
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      host.endLife();
    });
    panel.webview.html = this.#page(manifest, panel.webview);
  }

  #page(manifest: ViewManifest, webview: vscode.Webview): string {
    const values: Record<string, string> = {
      NONCE: randomBytes(16).toString("base64"),
      SOURCE: webview.cspSource,
      TITLE: manifest.title,
      FILE: webview.asWebviewUri(vscode.Uri.file(path.join(this.#folder, manifest.id))).toString(),
    };
    return this.#template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
  }
}

/** What a panel needs of the rest of the extension. */
export interface Services {
  helper: Helper;
  connections: Connections;
  actions: Record<string, HostAction>;
  log: vscode.LogOutputChannel;
  icon: { light: vscode.Uri; dark: vscode.Uri };
}

interface PageStart {
  state: unknown;
  params?: Params;
  /** The panel came back with the window: nobody asked for its connection yet, so the page waits until one does. */
  restored: boolean;
}

type Source = vscode.CancellationTokenSource;
type CloseRequest = Required<Pick<PageMessage, "method" | "params">>;

class ViewPanel {
  readonly #open = new Map<number, vscode.CancellationTokenSource>();
  #atClose: CloseRequest[] = [];
  /** The session of which this life of the page was told. */
  #told: OpenResult | undefined;

  constructor(
    private readonly manifest: ViewManifest,
    private readonly panel: vscode.WebviewPanel,
    private start: PageStart,
    private readonly services: Services,
  ) {
    panel.webview.onDidReceiveMessage((message: PageMessage) => void this.#receive(message));
  }

  /** Brings the panel to the front with other parameters; the page starts anew. */
  show(view: OpenView & { title: string }): void {
    this.panel.title = view.title;
    this.start = { state: null, params: view.params, restored: false };
    this.panel.reveal(undefined, view.below === true);
    this.endLife();
    this.#init();
  }

  /** The page is gone, or begins anew. */
  endLife(): void {
    for (const source of this.#open.values()) source.cancel();
    this.#open.clear();
    for (const { method, params } of this.#atClose.splice(0)) {
      this.services.helper
        .relay(method as Method, params, {})
        .catch((error: unknown) => this.services.log.warn(`${method}: ${String(error)}`));
    }
  }

  async #receive({ id, method, params = {} }: PageMessage): Promise<void> {
    if (method === undefined) return;
    if (method === "view/ready") {
      this.endLife();
      this.#init();
    } else if (method === "$/cancelRequest") this.#open.get(params["id"] as number)?.cancel();
    else if (method === "$/credit") {
      this.services.helper.credit(params["id"] as string, params["n"] as number);
    } else if (id === undefined) {
      const warn = (error: unknown) => this.services.log.warn(`${method}: ${String(error)}`);
      await this.#act(method, params).catch(warn);
    } else {
      await this.#answer(id, method, params);
    }
  }

  #init(): void {
    this.#told = undefined;
    this.#post({ method: "view/init", params: { version: bridgeVersion, ...this.start } });
  }

  async #answer(id: number, method: string, params: Params): Promise<void> {
    const token = new vscode.CancellationTokenSource();
    this.#open.set(id, token);
    try {
      const result = method.startsWith("host/")
        ? await this.#act(method, params)
        : await this.#relay(method, params, token);
      if (this.#open.get(id) === token) this.#post({ id, result: result ?? null });
    } catch (error) {
      if (this.#open.get(id) === token) this.#post({ id, error: errorObject(error) });
    } finally {
      if (this.#open.get(id) === token) this.#open.delete(id);
      token.dispose();
    }
  }

  async #act(method: string, params: Params): Promise<unknown> {
    const name = method.slice("host/".length);
    if (!method.startsWith("host/") || !this.manifest.hostActions.includes(name))
      throw refused(this.manifest, method);
    if (name === "atClose") {
      const requests = params["requests"] as CloseRequest[];
      this.#atClose = requests.filter((asked) => this.manifest.methods.includes(asked.method));
      return undefined;
    }
    return await this.services.actions[name]?.(params, this.panel);
  }

  async #relay(method: string, params: Params, source: Source): Promise<unknown> {
    if (!this.manifest.methods.includes(method)) throw refused(this.manifest, method);
    await this.#ensureSession(params["sessionId"]);
    const { token } = source;
    if (token.isCancellationRequested) throw new RpcError("Closed.", { code: "cancelled" });
    let started = () => {};
    const first = new Promise<void>((resolve) => (started = resolve));
    const stream = (params["stream"] as { id: string } | undefined)?.id;
    // A closed panel has no webview: its getter throws. Its requests are cancelled, and items still come.
    const post = (message: object) => {
      started();
      if (!token.isCancellationRequested) void this.panel.webview.postMessage(message);
    };
    const sink = {
      item: (item: unknown, seq: number) =>
        post({ jsonrpc: "2.0", method: "$/stream", params: { id: stream, seq, item } }),
      frame: (frame: Uint8Array, seq: number) => post({ frame, stream, seq }),
    };
    const done = this.services.helper.relay(method as Method, params, { token, sink });
    const title = `${this.panel.title}: waiting for the server`;
    showWhenSlow(title, Promise.race([done, first]), source);
    return done;
  }

  async #ensureSession(sessionId: unknown): Promise<void> {
    if (typeof sessionId !== "string") return;
    const { connections } = this.services;
    const session = await connections.open(sessionId);
    if (session === this.#told) return;
    this.#told = session;
    const profile = connections.get(sessionId);
    if (!profile) return;
    const params = { ...about(profile), facets: session.facets };
    this.#post({ method: "view/connection", params });
  }

  #post(message: object): void {
    void this.panel.webview.postMessage({ jsonrpc: "2.0", ...message });
  }
}

/** What a page shows of the connection that it works on. */
function about({ id, name, environment = "dev", readOnly = false }: ConnectionProfile) {
  return { sessionId: id, connectionName: name, environment, readOnly };
}

function refused(manifest: ViewManifest, method: string): RpcError {
  return new RpcError(`The view ${manifest.id} may not call ${method}.`, { code: "refused" });
}
