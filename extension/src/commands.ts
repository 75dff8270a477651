// Every command, in one table. scripts/check compares its keys with `contributes.commands` of
// package.json in both directions. A handler gets the host and what the editor passes: the tree
// item of a menu, the statement of a CodeLens, or nothing from the palette.

import * as vscode from "vscode";
import type { ConnectionProfile, TreeNode } from "../../protocol/generated/ts/protocol";
import type { ChatButtonArgument } from "./chat";
import { pickConnection, type StatementArgument } from "./editor";
import type { Host } from "./host";
import { RpcError } from "./rpc";
import { openSample, openSampleQuery } from "./sample";
import { searchObjects } from "./search";
import { plainLine, plainNotice } from "./text";
import type { ConnectionItem, Item, NodeItem, NoteItem, ParentItem } from "./tree";

type Handler = (host: Host, argument: never) => unknown;

const commands: Record<string, Handler> = {
  "mydba.connection.add": (host) => editConnection(host, undefined),
  "mydba.connection.edit": (host, item?: ConnectionItem) =>
    withConnection(host, item, (profile) => editConnection(host, profile)),
  "mydba.connection.duplicate": (host, item?: ConnectionItem) =>
    withConnection(host, item, ({ id }) => host.connections.duplicate(id)),
  "mydba.connection.remove": (host, item?: ConnectionItem) =>
    withConnection(host, item, (profile) => removeConnection(host, profile)),
  "mydba.connection.test": (host, item?: ConnectionItem) =>
    withConnection(host, item, (profile) => testConnection(host, profile)),
  "mydba.connection.connect": (host, item?: ConnectionItem) =>
    withConnection(host, item, (profile) => connect(host, profile)),
  "mydba.connection.disconnect": (host, item?: ConnectionItem) =>
    withConnection(host, item, ({ id }) => host.connections.close(id)),
  "mydba.sample.open": (host) => openSample(host),
  "mydba.sample.query": (host) => openSampleQuery(host),
  "mydba.tree.refresh": (host) => host.tree.refresh(),
  "mydba.tree.search": (host, item?: ConnectionItem) => search(host, item),
  "mydba.node.refresh": (host, item: Item) =>
    host.tree.refresh(item.type === "connection" || item.type === "node" ? item : item.parent),
  "mydba.node.loadMore": (host, item: NoteItem) => host.tree.loadMore(item),
  "mydba.node.copyName": (_host, { node }: NodeItem) => vscode.env.clipboard.writeText(node.name),
  "mydba.node.preview": (host, { profileId, node }: NodeItem) => preview(host, profileId, node),
  "mydba.node.script": (host, item: NodeItem) => script(host, item),
  "mydba.query.new": (host, item?: ParentItem) =>
    withConnection(host, item, (profile) => newQuery(host, profile, "")),
  "mydba.processes.open": (host, item?: ConnectionItem) =>
    withConnection(host, item, (profile) => openProcesses(host, profile)),
  "mydba.editor.run": (host, statement?: StatementArgument) => host.editors.run(statement),
  "mydba.editor.explain": (host, statement?: StatementArgument) => host.editors.explain(statement),
  "mydba.editor.optimize": (host, statement?: StatementArgument) => host.editors.explain(statement),
  "mydba.editor.chooseConnection": (host) => host.editors.choose(),
  "mydba.chat.action": (host, button: ChatButtonArgument) => chatAction(host, button),
  "mydba.helper.restart": (host) => host.helper.restart(),
  "mydba.log.show": (host) => host.log.show(),
};

/** Registers the table; what a handler throws is shown to the user. */
export function registerCommands(host: Host): vscode.Disposable[] {
  return Object.entries(commands).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument: never) => {
      try {
        return await handler(host, argument);
      } catch (error) {
        showError(host, error as Error);
        return undefined;
      }
    }),
  );
}

function showError(host: Host, error: Error): void {
  if (error instanceof vscode.CancellationError) return;
  if (error instanceof RpcError && error.data.code === "cancelled") return;
  host.log.error(error.message);
  const hint = error instanceof RpcError && error.data.hint ? ` ${error.data.hint}` : "";
  void vscode.window.showErrorMessage(plainNotice(`${error.message}${hint}`));
}

/** The connection of the tree item, or one that the user picks. */
async function withConnection(
  host: Host,
  item: ParentItem | undefined,
  act: (profile: ConnectionProfile) => unknown,
): Promise<void> {
  const known = item?.profileId === undefined ? undefined : host.connections.get(item.profileId);
  const profile = known ?? (await pickConnection(host.connections, "Which connection?"));
  if (profile) await act(profile);
}

async function editConnection(host: Host, profile: ConnectionProfile | undefined): Promise<void> {
  if (profile && host.connections.isFixed(profile.id)) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "mydba.connections");
    return;
  }
  const { engines } = await host.helper.info();
  const hasPassword = profile ? await host.connections.hasPassword(profile.id) : false;
  await host.views.open({
    id: "connection",
    key: `connection ${profile?.id ?? ""}`,
    title: profile ? `Edit ${profile.name}` : "Add a Connection",
    params: { engines, ...(profile ? { profile, hasPassword } : {}) },
  });
}

async function removeConnection(host: Host, profile: ConnectionProfile): Promise<void> {
  const question = `Remove the connection ${plainNotice(profile.name)}?`;
  const detail = "Its stored password is removed too. Nothing changes on the server.";
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail },
    "Remove",
  );
  if (answer === "Remove") await host.connections.remove(profile.id);
}

async function testConnection(host: Host, profile: ConnectionProfile): Promise<void> {
  const location = vscode.ProgressLocation.Notification;
  const title = `Testing ${plainLine(profile.name, 60)}`;
  const { server, elapsedMs } = await vscode.window.withProgress(
    { location, title, cancellable: true },
    (_progress, token) => host.helper.request("connection/test", { profile }, token),
  );
  const tls = server.tls ? "encrypted" : "not encrypted";
  const text = `${profile.name}: ${server.flavour} ${server.version} answered in ${Math.round(elapsedMs)} ms, ${tls}.`;
  void vscode.window.showInformationMessage(plainNotice(text));
}

async function connect(host: Host, profile: ConnectionProfile): Promise<void> {
  await host.connections.open(profile.id);
  await host.treeView.reveal(host.tree.root(profile.id), { expand: true, focus: false });
}

async function search(host: Host, item: ConnectionItem | undefined): Promise<void> {
  const open = host.connections.all().filter(({ id }) => host.connections.session(id).open);
  let ids = item?.profileId ? [item.profileId] : open.map(({ id }) => id);
  if (ids.length === 0) {
    const picked = await pickConnection(host.connections, "Search in which connection?");
    ids = picked ? [picked.id] : [];
  }
  if (ids.length === 0) return;
  for (const id of ids) await host.connections.open(id);
  const choice = await searchObjects(host, ids);
  if (!choice) return;
  if (choice.preview) return preview(host, choice.profileId, choice.node);
  const found = await host.tree.locate(choice.profileId, choice.node);
  if (found) await host.treeView.reveal(found, { select: true, focus: true });
}

async function preview(host: Host, profileId: string, { name, path }: TreeNode): Promise<void> {
  const profile = host.connections.get(profileId);
  if (!profile) return;
  await host.connections.open(profileId);
  const params = { sessionId: profileId, path, kind: "preview" as const };
  const { sql } = await host.helper.request("tree/script", params);
  await host.editors.show({ profile, sql, name, source: "preview", explainable: false });
}

async function script(host: Host, { profileId, node }: NodeItem): Promise<void> {
  const profile = host.connections.get(profileId);
  if (!profile) return;
  await host.connections.open(profileId);
  const params = { sessionId: profileId, path: node.path, kind: "definition" as const };
  await newQuery(host, profile, (await host.helper.request("tree/script", params)).sql);
}

async function newQuery(host: Host, profile: ConnectionProfile, content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "sql", content });
  await host.editors.edit(document, profile.id);
}

async function openProcesses(host: Host, { id, name }: ConnectionProfile): Promise<void> {
  const { facets } = await host.connections.open(id);
  if (!facets.includes("processes")) {
    void vscode.window.showInformationMessage(`${plainNotice(name)} has no processes to list.`);
    return;
  }
  const params = { sessionId: id, connectionName: name };
  await host.views.open({
    id: "processes",
    key: `processes ${id}`,
    title: `Processes · ${name}`,
    params,
  });
}

async function chatAction(
  host: Host,
  { action, sql, profileId }: ChatButtonArgument,
): Promise<void> {
  if (action === "addConnection") return editConnection(host, undefined);
  if (action === "openSample") return openSample(host);
  const profile = profileId === undefined ? undefined : host.connections.get(profileId);
  if (!profile) return;
  if (action === "openProcesses") return openProcesses(host, profile);
  const statement = { profile, sql: sql ?? "", name: "Chat", source: "chat", explainable: true };
  if (action === "openPlan") await host.editors.showPlan(statement);
  else await host.editors.show(statement);
}
