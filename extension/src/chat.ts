// The chat participant `@mydba`. The helper computes the answer; here its items become parts of the
// editor's response. Its Markdown holds names and values from databases, so it goes as plain text,
// which the editor does not trust: no command links, no HTML, no icons.

import * as vscode from "vscode";
import type { ChatButton, ChatCommand, ChatFollowup, ChatItem, ConnectionProfile } from "#protocol";
import type { Connections } from "./connections";
import type { SqlEditors } from "./editor";
import { hintOf } from "#rpc";
import { plainMarkdown } from "./text";
import type { Services } from "./views";

const commandsWithoutServer = ["connections", "help"];

/** Registers `@mydba`. */
export function registerChat(
  { helper, connections, icon }: Services,
  editors: SqlEditors,
): vscode.Disposable {
  const participant = vscode.chat.createChatParticipant(
    "mydba.chat",
    async (request, _context, response, token) => {
      const command = (request.command ?? "ask") as ChatCommand;
      const profile = activeConnection(connections, editors);
      try {
        if (profile && !commandsWithoutServer.includes(command)) {
          if (!connections.session(profile.id).open)
            response.progress(`Connecting to ${profile.name}`);
          await connections.open(profile.id);
        }
        const editorSql = await editors.currentSql();
        const params = {
          command,
          prompt: request.prompt,
          sessions: connections.all().map(({ id, name, engine }) => {
            const open = connections.session(id).open !== undefined;
            return { sessionId: id, name, engine, open };
          }),
          ...(profile ? { sessionId: profile.id } : {}),
          ...(editorSql === undefined ? {} : { editorSql }),
        };
        const show = (item: ChatItem) => showItem(item, response, profile);
        const { followups } = await helper.stream("chat/ask", params, show, token);
        return { metadata: { followups: followups.map(followup) } };
      } catch (error) {
        return showFailure(error as Error, response, profile);
      }
    },
  );
  participant.iconPath = icon;
  participant.followupProvider = {
    provideFollowups: (result) => (result.metadata?.["followups"] ?? []) as vscode.ChatFollowup[],
  };
  return participant;
}

/** What chat works on: the active editor's connection, else the one used last, else the only one. */
function activeConnection(
  connections: Connections,
  editors: SqlEditors,
): ConnectionProfile | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const all = connections.all();
  const only = all.length === 1 ? all[0] : undefined;
  return (document && editors.connectionOf(document)) ?? connections.lastUsed() ?? only;
}

/** What a chat button carries to its command. */
export type ChatButtonArgument = ChatButton & { profileId: string | undefined };

function showItem(
  item: ChatItem,
  response: vscode.ChatResponseStream,
  profile: ConnectionProfile | undefined,
): void {
  if (item.kind === "markdown") response.markdown(item.text);
  else if (item.kind === "progress") response.progress(item.text);
  else if (item.kind === "button") {
    const argument: ChatButtonArgument = { ...item, profileId: profile?.id };
    response.button({ command: "mydba.chat.action", title: item.title, arguments: [argument] });
  }
}

function showFailure(
  error: Error,
  response: vscode.ChatResponseStream,
  profile: ConnectionProfile | undefined,
): vscode.ChatResult {
  const where = profile ? ` (${plainMarkdown(profile.name)})` : "";
  const what = `**That did not work${where}:** ${plainMarkdown(error.message)}`;
  response.markdown(`${what}\n\n${plainMarkdown(hintOf(error) ?? "")}`);
  return { metadata: { followups: [] } };
}

function followup({ command, prompt, label }: ChatFollowup): vscode.ChatFollowup {
  return { prompt, label, ...(command === "ask" ? {} : { command }) };
}
