// Running SQL from editors, without taking `.sql` away from other extensions.
//
// A document is ours when it has a connection: chosen for it by the user, given to it when it was
// opened from the tree, or (setting `mydba.editor.takeover`: auto, and no other extension installed
// that runs SQL) the open connection that was used last. Keys, CodeLens and the run button exist
// only in such documents; the context key `mydba.editorConnected` says so for the active editor.

import path from "node:path";
import * as vscode from "vscode";
import type { ConnectionProfile, RunMode } from "#protocol";
import { type Connections } from "./connections";
import { limitsText, statusBackground } from "./environment";
import type { Helper } from "#helper";
import { plainLabel, plainLine } from "./text";
import type { Views } from "./views";

const bindingsKey = "bindings";
const connectedContext = "mydba.editorConnected";
const lensLimit = 1_000_000;
const lensAttempts = 5;
const lensRetryMs = 1000;

/** Title, command and tooltip; the first for every statement, the others for those that have a plan. */
const lenses = [
  ["$(play) Run", "mydba.editor.run", "Run this statement"],
  ["Explain", "mydba.editor.explain", "Show the plan; the statement is not run"],
  ["Optimize", "mydba.editor.optimize", "Show the plan, what rules find in it and advise; no AI"],
] as const;

/** Statement of a document, as CodeLens commands pass it. */
export interface StatementArgument {
  uri: string;
  start: number;
  end: number;
}

/** One or more statements to run or explain, and where they come from. */
export interface Statement {
  profile: ConnectionProfile;
  sql: string;
  /** Names the tab. */
  name: string;
  /** What comes from the same source shows in the same tab. */
  source: string;
  explainable: boolean;
  /** The editor that it stands in; its tab opens below. */
  document?: vscode.TextDocument;
}

/** A profile stands beside the plan; the page asks before it runs the statement. */
type ShowAs = RunMode | "plan" | "profile";

export class SqlEditors implements vscode.CodeLensProvider {
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#lensesChanged.event;
  /** Documents in view for which the editor did not ask for CodeLens since it was told to. */
  #unasked = new Set<vscode.TextDocument>();
  #retry: NodeJS.Timeout | undefined;
  readonly #status: vscode.StatusBarItem;
  readonly registrations: vscode.Disposable;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly connections: Connections,
    private readonly helper: Helper,
    private readonly views: Views,
  ) {
    const { Left } = vscode.StatusBarAlignment;
    this.#status = vscode.window.createStatusBarItem("mydba.connection", Left, 20);
    this.#status.name = "MyDBA Connection";
    this.#status.command = "mydba.editor.chooseConnection";
    const update = () => this.#update();
    this.registrations = vscode.Disposable.from(
      this.#status,
      this.#lensesChanged,
      new vscode.Disposable(() => clearTimeout(this.#retry)),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.workspace.onDidChangeConfiguration(update),
      connections.onDidChange(update),
      vscode.languages.registerCodeLensProvider({ language: "sql" }, this),
    );
    update();
  }

  /** The connection of a document; undefined when the document is not ours. */
  connectionOf(document: vscode.TextDocument): ConnectionProfile | undefined {
    const takeover = setting<string>("takeover", "auto");
    if (document.languageId !== "sql" || takeover === "never") return undefined;
    const bound = this.connections.get(this.#bindings()[document.uri.toString()] ?? "");
    if (bound || takeover !== "auto" || othersRunSql()) return bound;
    const last = this.connections.lastUsed();
    if (!last) return undefined;
    const { open, lost } = this.connections.session(last.id);
    return open || lost ? last : undefined;
  }

  /** What is meant where none is named: the active editor's connection, else the one used last, else the only one. */
  active(): ConnectionProfile | undefined {
    const document = vscode.window.activeTextEditor?.document;
    const all = this.connections.all();
    const only = all.length === 1 ? all[0] : undefined;
    return (document && this.connectionOf(document)) ?? this.connections.lastUsed() ?? only;
  }

  async bind(document: vscode.TextDocument, profileId: string): Promise<void> {
    const bindings = { ...this.#bindings(), [document.uri.toString()]: profileId };
    await this.memory.update(bindingsKey, bindings);
    await this.connections.markUsed(profileId);
    this.#update();
  }

  /** Opens a new document with this text, bound to a connection. */
  async draft(content: string, profileId: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: "sql", content });
    await this.edit(document, profileId);
  }

  /** Puts a statement in the place of another that stands in an editor in sight, else into a new one. */
  async apply(sql: string, replaces: string, profileId: string): Promise<void> {
    for (const editor of vscode.window.visibleTextEditors) {
      const { document, selection, viewColumn } = editor;
      const [text, cursor] = [document.getText(), document.offsetAt(selection.active)];
      // Of several the one at the cursor.
      const start = Math.max(text.lastIndexOf(replaces, cursor), text.indexOf(replaces));
      if (replaces === "" || document.languageId !== "sql" || start < 0) continue;
      const end = start + replaces.length;
      const shown = await vscode.window.showTextDocument(document, viewColumn);
      if (await shown.edit((edit) => edit.replace(rangeOf(document, { start, end }), sql))) return;
    }
    return this.draft(sql, profileId);
  }

  /** Binds a document and shows it among the other text editors, not among the results below them. */
  async edit(document: vscode.TextDocument, profileId: string): Promise<void> {
    await this.bind(document, profileId);
    const other = vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn);
    await vscode.window.showTextDocument(document, other?.viewColumn);
  }

  /** Asks for the connection of the active editor; connects it. */
  async choose(): Promise<ConnectionProfile | undefined> {
    const document = vscode.window.activeTextEditor?.document;
    const profile = await pickConnection(this.connections, "Connection for this editor");
    if (!profile) return undefined;
    if (document) await this.bind(document, profile.id);
    await this.connections.open(profile.id);
    return profile;
  }

  /** Runs the selection, or the statement under the cursor, or the one that CodeLens names, or shows its plan. */
  async run(argument: StatementArgument | undefined, as: ShowAs): Promise<void> {
    const statement = await this.#target(argument);
    if (statement) await this.show(statement, as);
  }

  /** Runs a statement in the results tab of its connection and source, or shows its plan in theirs. */
  async show(statement: Statement, as: ShowAs): Promise<void> {
    const { profile, sql, name, source, document, explainable } = statement;
    await this.connections.markUsed(profile.id);
    const previewRows = vscode.workspace.getConfiguration("mydba.guard").get<number>("previewRows");
    const limit = source === "preview" ? previewRows || undefined : undefined;
    const run = { sql, title: name, explainable, mode: as, limit };
    const plan = { sql, analyze: false, profile: as === "profile" };
    const view =
      as === "plan" || as === "profile"
        ? { id: "plan", title: `Plan · ${name}`, params: plan }
        : { id: "results", title: name, params: run };
    await this.views.open({ ...view, key: source, profile, below: document !== undefined });
  }

  /** Selection or statement under the cursor of the active SQL editor, else of one that can be seen; of other code a selection. */
  async currentSql(): Promise<string | undefined> {
    const isSql = (candidate?: vscode.TextEditor) => candidate?.document.languageId === "sql";
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    if (activeTextEditor && !isSql(activeTextEditor) && !activeTextEditor.selection.isEmpty)
      return activeTextEditor.document.getText(activeTextEditor.selection);
    const editor = [activeTextEditor, ...visibleTextEditors].find(isSql);
    if (!editor) return undefined;
    return (await this.#meant(editor, this.connectionOf(editor.document)))?.sql;
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    this.#unasked.delete(document);
    const profile = this.connectionOf(document);
    const text = document.getText();
    if (!profile || !setting<boolean>("codeLens", true) || text.length > lensLimit) return [];
    const params = { ...(await this.#dialect(profile)), text };
    const { statements } = await this.helper.request("sql/split", params, token);
    return statements.flatMap(({ start, end, explainable }) => {
      const at = document.positionAt(start);
      const argument: StatementArgument = { uri: document.uri.toString(), start, end };
      const offered = lenses.slice(0, explainable ? undefined : 1);
      return offered.map(([title, name, tooltip]) => {
        const command = { title, tooltip, command: name, arguments: [argument] };
        return new vscode.CodeLens(new vscode.Range(at, at), command);
      });
    });
  }

  async #target(argument: StatementArgument | undefined): Promise<Statement | undefined> {
    // Menus and keys pass a URI or nothing.
    const known = typeof argument?.start === "number" ? argument : undefined;
    const editor = vscode.window.activeTextEditor;
    const document = known
      ? await vscode.workspace.openTextDocument(vscode.Uri.parse(known.uri))
      : editor?.document;
    const profile = document && (this.connectionOf(document) ?? (await this.choose()));
    if (!profile) return undefined;
    const source = document.uri.toString();
    const name = path.basename(document.uri.path);
    const statement = { profile, document, source, name, explainable: true };
    if (known) return { ...statement, sql: document.getText(rangeOf(document, known)) };
    const meant = editor && (await this.#meant(editor, profile));
    if (meant) return { ...statement, ...meant };
    void vscode.window.showInformationMessage("There is no statement at the cursor.");
    return undefined;
  }

  /** The selection, else the statement that the helper finds for the cursor. */
  async #meant(
    { document, selection }: vscode.TextEditor,
    profile: ConnectionProfile | undefined,
  ): Promise<Pick<Statement, "sql" | "explainable"> | undefined> {
    const selected = document.getText(selection);
    const text = selected.trim() === "" ? document.getText() : selected;
    const cursor = document.offsetAt(selection.active);
    const params = { ...(await this.#dialect(profile)), text, cursor };
    const { statements, current = -1 } = await this.helper.request("sql/split", params);
    if (text === selected) return { sql: text, explainable: statements[0]?.explainable === true };
    const found = statements[current];
    return found && { ...found, sql: document.getText(rangeOf(document, found)) };
  }

  /** Where the statements of a document would run, and in which dialect; undefined when it is not ours. */
  async placeOf(document: vscode.TextDocument) {
    const profile = this.connectionOf(document);
    return profile && { profile, dialect: await this.#dialect(profile) };
  }

  async #dialect(profile: ConnectionProfile | undefined): Promise<{ dialect?: string }> {
    const { engines } = await this.helper.info();
    const dialect = engines.find(({ id }) => id === profile?.engine)?.dialect;
    return dialect === undefined ? {} : { dialect };
  }

  #bindings(): Record<string, string> {
    return this.memory.get<Record<string, string>>(bindingsKey, {});
  }

  /**
   * Has the editor ask for CodeLens. It drops a request that it has scheduled when the text loses the
   * focus (codelensController.ts, onDidBlurEditorText), so it is told again until it asks.
   */
  #offerLenses(attempt: number): void {
    this.#lensesChanged.fire();
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (this.#unasked.size > 0 && attempt < lensAttempts) this.#offerLenses(attempt + 1);
    }, lensRetryMs);
  }

  #update(): void {
    const document = vscode.window.activeTextEditor?.document;
    const profile = document && this.connectionOf(document);
    void vscode.commands.executeCommand("setContext", connectedContext, profile !== undefined);
    const visible = vscode.window.visibleTextEditors.map((editor) => editor.document);
    this.#unasked = new Set(visible.filter((candidate) => this.connectionOf(candidate)));
    this.#offerLenses(1);
    if (document?.languageId !== "sql" || setting<string>("takeover", "auto") === "never") {
      this.#status.hide();
      return;
    }
    const limits = limitsText(profile ?? {});
    const name = profile
      ? `${plainLabel(profile.name, 40)}${limits && ` (${limits})`}`
      : "MyDBA: not connected";
    this.#status.text = `${profile ? `$(${profile.readOnly ? "lock" : "database"})` : "$(plug)"} ${name}`;
    this.#status.backgroundColor = statusBackground(profile?.environment);
    this.#status.tooltip = profile
      ? `Statements of this editor run on ${plainLine(profile.name)}. Click to change.`
      : "Choose a connection for this editor";
    this.#status.accessibilityInformation = { label: `MyDBA connection of this editor: ${name}` };
    this.#status.show();
  }
}

/** Lets the user pick one of the connections; offers to add one when there is none. */
export async function pickConnection(
  connections: Connections,
  title: string,
): Promise<ConnectionProfile | undefined> {
  const profiles = connections.all();
  if (profiles.length === 0) {
    const add = "Add a Connection";
    const answer = await vscode.window.showInformationMessage("There is no connection yet.", add);
    if (answer === add) await vscode.commands.executeCommand("mydba.connection.add");
    return undefined;
  }
  const items = profiles.map((profile) => ({
    label: plainLabel(profile.name),
    description: connections.session(profile.id).open ? "connected" : "",
    profile,
  }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.profile;
}

/** Of a piece of text, in UTF-16 units. */
export function rangeOf(document: vscode.TextDocument, piece: { start: number; end: number }) {
  return new vscode.Range(document.positionAt(piece.start), document.positionAt(piece.end));
}

function setting<T>(name: string, fallback: T): T {
  return vscode.workspace.getConfiguration("mydba.editor").get<T>(name) ?? fallback;
}

/** True when another installed extension binds keys for SQL documents. */
function othersRunSql(): boolean {
  return vscode.extensions.all.some(({ id, packageJSON }) => {
    if (id.startsWith("vscode.") || id.toLowerCase() === "mydba.mydba") return false;
    const bound = (packageJSON as { contributes?: { keybindings?: unknown } }).contributes
      ?.keybindings;
    return /editorLangId\s*==\s*'?sql\b/.test(JSON.stringify(bound ?? ""));
  });
}
