// The chat participant `@mydba`. The helper computes the answer; here its items become parts of the
// editor's response. Its Markdown holds names and values from databases, so it goes as plain text,
// which the editor does not trust: no command links, no HTML, no icons.

import * as vscode from "vscode";
import type { ChatButton, ChatCitation, ChatCommand, ChatFollowup, ChatItem } from "#protocol";
import type { ConnectionProfile } from "#protocol";
import { documentUri } from "./documents";
import type { SqlEditors } from "./editor";
import { hintOf } from "#rpc";
import { plainLine, plainMarkdown } from "./text";
import type { Services } from "./views";

const participantId = "mydba.chat";
const commandsWithoutServer = ["connections", "help"];

/** Registers `@mydba`. */
export function registerChat(services: Services, editors: SqlEditors): vscode.Disposable {
  const { helper, connections, icon } = services;
  const participant = vscode.chat.createChatParticipant(
    participantId,
    async (request, context, response, token) => {
      const command = (request.command ?? "ask") as ChatCommand;
      const profile = editors.active();
      try {
        if (profile && !commandsWithoutServer.includes(command)) {
          if (!connections.session(profile.id).open)
            response.progress(`Connecting to ${profile.name}`);
          await connections.open(profile.id);
        }
        const earlier = memoryOf(context);
        const turn = await turnOf(services, editors, command, request.prompt);
        const params = { ...turn, ...(earlier && { memory: earlier }) };
        const show = (item: ChatItem) => showItem(item, response, profile);
        const { followups, memory } = await helper.stream("chat/ask", params, show, token);
        return { metadata: { followups: followups.map(followup), memory } };
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

/** What is asked, with what the editor is at. */
export async function turnOf(
  { connections }: Pick<Services, "connections">,
  editors: SqlEditors,
  command: ChatCommand,
  prompt: string,
) {
  const sessions = connections.all().map(({ id, name, engine }) => {
    return { sessionId: id, name, engine, open: connections.session(id).open !== undefined };
  });
  const sessionId = editors.active()?.id;
  const editorSql = await editors.currentSql();
  const known = { ...(sessionId && { sessionId }), ...(editorSql && { editorSql }) };
  return { command, prompt, sessions, ...known };
}

/** What the helper gave to remember with the answer before. */
function memoryOf({ history }: vscode.ChatContext): string | undefined {
  const last = history.findLast((turn) => turn instanceof vscode.ChatResponseTurn);
  const ours = last?.participant === participantId ? last.result.metadata : undefined;
  return ours?.["memory"] as string | undefined;
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
  else if (item.kind === "citation") showCitation(item, response);
  else {
    const argument: ChatButtonArgument = { ...item, profileId: profile?.id };
    response.button({ command: "mydba.chat.action", title: item.title, arguments: [argument] });
  }
}

/** Opens here, and on the web: addresses come with the documents, not from a model. */
function showCitation({ number, citation }: ChatCitation, response: vscode.ChatResponseStream) {
  const { anchor, title, url } = citation;
  response.markdown(`\n\n\\[${number}\\] `);
  response.anchor(documentUri(anchor), plainLine(title));
  if (url.startsWith("https://")) response.markdown(` · [official page](<${new URL(url).href}>)`);
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
