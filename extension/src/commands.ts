// Every command, in two tables. scripts/check compares their keys with `contributes.commands` of
// package.json in both directions. A handler gets the host and what the editor passes: the tree
// item of a menu, the statement of a CodeLens, or nothing from the palette.

import * as vscode from "vscode";
import type { ChatCommand, ChatItem, Citation, ConnectionProfile, ScriptKind } from "#protocol";
import { type ChatButtonArgument, turnOf } from "./chat";
import { agrees } from "./confirm";
import { pickConnection, type StatementArgument } from "./editor";
import type { Host } from "./host";
import { codeOf, hintOf } from "#rpc";
import { cancellable } from "./progress";
import { openSample, openSampleQuery } from "./sample";
import { searchObjects } from "./search";
import { plainLine, plainNotice } from "./text";
import type { ConnectionItem, Item, NodeItem, NoteItem, ParentItem } from "./tree";

type Handler = (host: Host, argument: never) => unknown;
type ConnectionHandler = (host: Host, profile: ConnectionProfile) => unknown;

const commands: Record<string, Handler> = {
  "mydba.connection.add": (host) => editConnection(host, undefined),
  "mydba.sample.open": (host) => openSample(host),
  "mydba.sample.query": (host) => openSampleQuery(host),
  "mydba.tree.refresh": (host) => host.tree.refresh(),
  "mydba.tree.search": (host, item?: ConnectionItem) => search(host, item),
  "mydba.node.refresh": (host, item: Item) =>
    host.tree.refresh(item.type === "connection" || item.type === "node" ? item : item.parent),
  "mydba.node.loadMore": (host, item: NoteItem) => host.tree.loadMore(item),
  "mydba.node.copyName": (_host, { node }: NodeItem) => vscode.env.clipboard.writeText(node.name),
  "mydba.node.preview": (host, item: NodeItem) => preview(host, item),
  "mydba.node.script": (host, item: NodeItem) => script(host, item),
  "mydba.editor.run": ({ editors }, at?: StatementArgument) => editors.run(at, "run"),
  "mydba.editor.dryRun": ({ editors }, at?: StatementArgument) => editors.run(at, "dryRun"),
  "mydba.editor.explain": ({ editors }, at?: StatementArgument) => editors.run(at, "plan"),
  "mydba.editor.optimize": ({ editors }, at?: StatementArgument) => editors.run(at, "plan"),
  "mydba.editor.profile": ({ editors }, at?: StatementArgument) => editors.run(at, "profile"),
  "mydba.editor.askExplain": () => askChat("explain"),
  "mydba.editor.askOptimize": () => askChat("optimize"),
  "mydba.editor.chooseConnection": (host) => host.editors.choose(),
  "mydba.ai.open": (host) => openAi(host),
  "mydba.docs.open": ({ documents }, citation: Citation) => documents.open(citation),
  "mydba.docs.fetchPage": ({ documents }, uri: vscode.Uri) => documents.fetchPage(uri),
  "mydba.docs.search": ({ documents, editors }) => documents.search(editors.active()),
  "mydba.chat.action": (host, button: ChatButtonArgument) => chatAction(host, button),
  "mydba.chat.preview": (host) => previewChat(host),
  "mydba.helper.restart": (host) => host.helper.restart(),
  "mydba.audit.open": (to) => to.views.open({ id: "audit", key: "", title: "Audit", params: {} }),
  "mydba.plan.paste": async ({ views }) => {
    const params = { text: await vscode.env.clipboard.readText(), name: "The clipboard" };
    await views.open({ id: "plan", key: "clipboard", title: "Plan · Clipboard", params });
  },
  "mydba.log.show": (host) => host.log.show(),
};

const shownAs = { openPlan: "plan", openProfile: "profile", runQuery: "run" } as const;

type At = Pick<NodeItem, "profileId" | "node">;

const openAi = ({ views }: Host, tab = "models") =>
  views.open({ id: "ai", key: "", params: { tab } });

/** Opens a view of the connection. */
const show = (id: string) => (host: Host, profile: ConnectionProfile) =>
  host.views.open({ id, key: "", profile, params: {} });

/** These get the connection of the tree item, or one that the user picks. */
const connectionCommands: Record<string, ConnectionHandler> = {
  "mydba.connection.edit": editConnection,
  "mydba.connection.duplicate": ({ connections }, { id }) => connections.duplicate(id),
  "mydba.connection.remove": removeConnection,
  "mydba.connection.test": testConnection,
  "mydba.connection.connect": connect,
  "mydba.connection.disconnect": ({ connections }, { id }) => connections.close(id),
  "mydba.connection.agentWrites": letAgentsWrite,
  "mydba.query.new": ({ editors }, { id }) => editors.draft("", id),
  "mydba.processes.open": show("processes"),
  "mydba.workload.open": show("workload"),
};

/** Registers both tables; what a handler throws is shown to the user. */
export function registerCommands(host: Host): vscode.Disposable[] {
  const register = ([id, handler]: [string, Handler]) =>
    vscode.commands.registerCommand(id, async (argument: never) => {
      try {
        return await handler(host, argument);
      } catch (error) {
        showError(host, error as Error);
        return undefined;
      }
    });
  const onConnection = ([id, act]: [string, ConnectionHandler]): [string, Handler] => [
    id,
    async (_host, item?: ParentItem) => {
      const known = item?.profileId && host.connections.get(item.profileId);
      const profile = known || (await pickConnection(host.connections, "Which connection?"));
      return profile && act(host, profile);
    },
  ];
  const others = Object.entries(connectionCommands).map(onConnection);
  return [...Object.entries(commands), ...others].map(register);
}

function showError(host: Host, error: Error): void {
  if (error instanceof vscode.CancellationError || codeOf(error) === "cancelled") return;
  host.log.error(error.message);
  void vscode.window.showErrorMessage(plainNotice(`${error.message} ${hintOf(error) ?? ""}`));
}

async function editConnection(host: Host, profile: ConnectionProfile | undefined): Promise<void> {
  if (profile && host.connections.isFixed(profile.id)) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "mydba.connections");
    return;
  }
  const { engines } = await host.helper.info();
  const hasPassword = profile && (await host.connections.hasPassword(profile.id));
  const title = profile ? `Edit ${profile.name}` : "Add a Connection";
  const params = { engines, profile, hasPassword };
  await host.views.open({ id: "connection", key: profile?.id ?? "", title, params });
}

async function removeConnection({ connections }: Host, { id, name }: ConnectionProfile) {
  const detail = "Its stored password is removed too. Nothing changes on the server.";
  const title = `Remove the connection ${plainLine(name, 60)}?`;
  if (await agrees({ title, detail, accept: "Remove" })) await connections.remove(id);
}

async function testConnection(host: Host, profile: ConnectionProfile): Promise<void> {
  const { server, elapsedMs } = await cancellable(`Testing ${plainLine(profile.name, 60)}`, (end) =>
    host.helper.request("connection/test", { profile }, end),
  );
  const tls = server.tls ? "encrypted" : "not encrypted";
  const text = `${profile.name}: ${server.flavour} ${server.version} answered in ${Math.round(elapsedMs)} ms, ${tls}.`;
  void vscode.window.showInformationMessage(plainNotice(text));
}

async function connect(host: Host, profile: ConnectionProfile): Promise<void> {
  await host.connections.open(profile.id);
  await host.treeView.reveal(host.tree.root(profile.id), { expand: true, focus: false });
}

/** Searches the connection of the tree item, else all that are open, else one that the user picks. */
async function search(host: Host, item: ConnectionItem | undefined): Promise<void> {
  const { connections } = host;
  const asked = item?.profileId && connections.get(item.profileId);
  const open = connections.all().filter(({ id }) => connections.session(id).open);
  const profiles = asked ? [asked] : open;
  if (profiles.length === 0) {
    const picked = await pickConnection(connections, "Search in which connection?");
    if (!picked) return;
    profiles.push(picked);
  }
  for (const { id } of profiles) await connections.open(id);
  const choice = await searchObjects(host, profiles);
  if (!choice) return;
  if (choice.preview) return preview(host, choice);
  const found = await host.tree.locate(choice.profileId, choice.node);
  if (found) await host.treeView.reveal(found, { select: true, focus: true });
}

async function preview(host: Host, item: At): Promise<void> {
  const sql = await scriptOf(host, item, "preview");
  const profile = host.connections.get(item.profileId);
  const { name } = item.node;
  if (profile)
    await host.editors.show({ profile, sql, name, source: "preview", explainable: false }, "run");
}

async function script(host: Host, item: NodeItem): Promise<void> {
  await host.editors.draft(await scriptOf(host, item, "definition"), item.profileId);
}

async function scriptOf({ connections, helper }: Host, at: At, kind: ScriptKind): Promise<string> {
  const { profileId: sessionId, node } = at;
  await connections.open(sessionId);
  return (await helper.request("tree/script", { sessionId, path: node.path, kind })).sql;
}

async function chatAction(host: Host, button: ChatButtonArgument): Promise<void> {
  const { action, title, sql = "", replaces = "", anchor = "", text, profileId } = button;
  if (action === "addConnection") return editConnection(host, undefined);
  if (action === "openSample") return openSample(host);
  if (action === "setUpAi") return openAi(host);
  if (action === "openDocument") return host.documents.open({ anchor, title });
  if (text !== undefined) return host.documents.show(title.replace("Show w", "W"), text);
  if (action === "showSent") return openAi(host, "sent");
  const profile = profileId === undefined ? undefined : host.connections.get(profileId);
  if (!profile) return;
  if (action === "openProcesses") return show("processes")(host, profile);
  if (action === "applySql") return host.editors.apply(sql, replaces, profile.id);
  if (action === "createIndex") return host.editors.draft(sql, profile.id);
  const statement = { profile, sql, name: "Chat", source: "chat", explainable: true };
  await host.editors.show(statement, shownAs[action]);
}

/** Opens the chat with a question about the statement at the cursor; a model must be known before it is asked. */
async function askChat(command: ChatCommand): Promise<void> {
  await vscode.lm.selectChatModels({});
  const query = `@mydba /${command}`;
  await vscode.commands.executeCommand("workbench.action.chat.open", { query });
}

/** What a question about the statement at the cursor would send; nothing is sent. */
async function previewChat(host: Host): Promise<void> {
  const profile = host.editors.active();
  if (profile) await host.connections.open(profile.id);
  const turn = await turnOf(host, host.editors, { command: "analyze", prompt: "" });
  let sent: string | undefined;
  const hear = (item: ChatItem) => {
    if (item.kind === "button") sent ??= item.text;
  };
  await host.helper.stream("chat/ask", { ...turn, previewOnly: true }, hear);
  if (sent !== undefined) return host.documents.show("What would be sent", sent);
  const none = "Nothing would be sent: there is no model to ask.";
  if (await vscode.window.showInformationMessage(none, "Set Up AI")) await openAi(host);
}

/** Lets the user switch writing by agents on or off. */
async function letAgentsWrite({ connections }: Host, { id, name }: ConnectionProfile) {
  const on = connections.agentsMayWrite.includes(id);
  const then =
    "Agents of the editor then get a tool that changes data and structure of this connection. Each statement is judged by the guard and shown to you before it runs. Switch it off in the same place.";
  const [title, detail, accept] = on
    ? [`Agents may write to ${name}`, "Switched off, they can only read.", "Switch Off"]
    : [`Let agents write to ${name}?`, then, "Let Agents Write"];
  if (await agrees({ title, detail, accept })) await connections.letAgentsWrite(id, !on);
}
