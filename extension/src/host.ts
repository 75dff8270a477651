// Puts the parts together: the helper, the connections, the tree, the views, the editors, the chat.

import { existsSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { Assistant } from "./ai";
import { registerChat } from "./chat";
import { confirm } from "./confirm";
import { Connections } from "./connections";
import { Documents } from "./documents";
import { SqlEditors, type Statement } from "./editor";
import { showFindings } from "./diagnostics";
import { type Crash, Helper } from "#helper";
import { registerModel } from "./lm";
import { registerMcpServer } from "./mcp";
import { registerTools } from "./tools";
import { answerBy } from "#rpc";
import { plainNotice } from "./text";
import { type Item, ObjectTree } from "./tree";
import { viewActions } from "./view-actions";
import { Views } from "./views";

export interface Host {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  helper: Helper;
  connections: Connections;
  documents: Documents;
  tree: ObjectTree;
  treeView: vscode.TreeView<Item>;
  views: Views;
  editors: SqlEditors;
}

/** Makes everything; nothing is started or connected before it is used. */
export function createHost(context: vscode.ExtensionContext): Host {
  const log = vscode.window.createOutputChannel("MyDBA", { log: true });
  const setting = (name: string) => vscode.workspace.getConfiguration("mydba").get(name);
  const configureHelper = async (to: { request(m: string, params: unknown): Promise<unknown> }) => {
    const guard = { ...(setting("guard") as object), redact: setting("sensitive.redact") };
    await to.request("guard/configure", guard);
    await to.request("audit/configure", setting("audit"));
    await to.request("tools/allowWrites", { sessionIds: connections.agentsMayWrite });
    await assistant.configure(to).catch((error: unknown) => log.error(`AI: ${String(error)}`));
  };
  const { version } = context.extension.packageJSON as { version: string };
  const onRequest = answerBy({
    "host/secret": (params) => connections.answerSecret(params),
    "host/confirm": (params) => confirm(params, (sql, id) => editors.draft(sql, id)),
    "host/aiConfirm": (params) => assistant.confirm(params),
    "host/models": () => assistant.models(),
    "host/model": (params, ended) => assistant.ask(params, ended),
  });
  // The helper and what serves it know each other; the helper calls back only once it runs.
  const helper: Helper = new Helper({
    command: () => ({ file: helperFile(context), args: ["serve", "--stdio"] }),
    clientVersion: version,
    log: (level, message) => log[level === "warning" ? "warn" : level](message),
    onRequest,
    onStart: configureHelper,
    onExit: () => connections.reset(),
    onCrash: (crash) => void tellCrash(crash),
  });
  const connections = new Connections(context, helper);
  const documents = new Documents(connections, helper);
  const assistant = new Assistant(context.globalState, connections, documents, helper);
  const tree = new ObjectTree(connections, helper);
  const shown = { treeDataProvider: tree, showCollapseAll: true };
  const treeView = vscode.window.createTreeView("mydba.objects", shown);
  const showPlan = (statement: Statement): Promise<void> => editors.show(statement, "plan");
  const actions = { ...viewActions(connections, showPlan), ...assistant.actions };
  const media = (name: string) =>
    vscode.Uri.joinPath(context.extensionUri, "extension/media", name);
  const icon = { light: media("mydba-light.svg"), dark: media("mydba-dark.svg") };
  const services = { helper, connections, actions, log, icon };
  const views = new Views(context, services);
  const editors: SqlEditors = new SqlEditors(context.workspaceState, connections, helper, views);
  const chat = registerChat(services, editors);
  const configure = vscode.workspace.onDidChangeConfiguration(async (change) => {
    if (helper.pid && change.affectsConfiguration("mydba")) await configureHelper(helper);
  });
  const findings = showFindings(helper, connections, editors);
  const { item } = assistant;
  const model = registerModel(helper, editors);
  const parts = [log, treeView, editors.registrations, findings, chat, configure, item, model];
  const mcp = registerMcpServer(connections, helperFile(context), version);
  context.subscriptions.push(documents.registration, registerTools(context, helper), mcp);
  context.subscriptions.push(...parts, { dispose: () => void helper.stop() });
  return { context, log, helper, connections, documents, tree, treeView, views, editors };
}

/** The setting, else the packaged program, else the newest build of a checkout. */
function helperFile(context: vscode.ExtensionContext): string {
  const configured = vscode.workspace.getConfiguration("mydba.helper").get<string>("path");
  if (configured) return configured;
  const name = process.platform === "win32" ? "mydba.exe" : "mydba";
  const places = ["bin", "build/release", "build/dev"];
  const files = places.map((place) => path.join(context.extensionPath, place, name));
  return files.find((file) => existsSync(file)) ?? (files[0] as string);
}

/** Says it once a series, and again when it is given up. */
async function tellCrash({ reason, count, gaveUp }: Crash): Promise<void> {
  if (count > 1 && !gaveUp) return;
  const text = gaveUp
    ? `MyDBA's helper stopped ${count} times within three minutes (${reason}). It is not started again by itself.`
    : `MyDBA's helper stopped unexpectedly (${reason}) and was started again. What it was running is lost; connections open again when they are used.`;
  const buttons = gaveUp ? ["Restart", "Show Log"] : ["Show Log"];
  const answer = await vscode.window.showErrorMessage(plainNotice(text), ...buttons);
  if (answer === "Restart") await vscode.commands.executeCommand("mydba.helper.restart");
  if (answer === "Show Log") await vscode.commands.executeCommand("mydba.log.show");
}
