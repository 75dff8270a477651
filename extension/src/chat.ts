// The chat participant `@mydba`. The helper computes the answer; here its items become parts of the
// editor's response. Its Markdown holds names and values from databases, so it goes as plain text,
// which the editor does not trust: no command links, no HTML, no icons.

import * as vscode from "vscode";
import type { ChatButton, ChatCitation, ChatCommand, ChatFollowup, ChatItem } from "#protocol";
import type { ChatParams, ConnectionProfile } from "#protocol";
import { documentUri } from "./documents";
import type { SqlEditors } from "./editor";
import { hintOf } from "#rpc";
import { plainLabel, plainLine, plainMarkdown } from "./text";
import type { Services } from "./views";

const commandsWithoutServer = ["connections", "help"];

/** Registers `@mydba`. */
export function registerChat(services: Services, editors: SqlEditors): vscode.Disposable {
  const { helper, connections, icon } = services;
  const answer: vscode.ChatRequestHandler = async (request, context, response, token) => {
    const command = (request.command ?? "ask") as ChatCommand;
    const profile = commandsWithoutServer.includes(command) ? undefined : editors.active();
    // Of several connections the reader must know which one this is about.
    const several = profile && connections.all().length > 1;
    const named = several && `**${plainMarkdown(profile.name)}**\n\n`;
    try {
      if (profile) {
        const { open } = connections.session(profile.id);
        if (!open) response.progress(`Connecting to ${profile.name}`);
        await connections.open(profile.id);
      }
      const earlier = memoryOf(context);
      const turn = await turnOf(services, editors, { command, prompt: request.prompt });
      const params = { ...turn, ...(earlier && { memory: earlier }) };
      let answered = false;
      const show = (item: ChatItem) => {
        if (item.kind === "progress" && answered) return showBeside(item.text, result);
        if (item.kind === "markdown" && !answered && named) response.markdown(named);
        answered ||= item.kind === "markdown";
        showItem(item, response, profile);
      };
      const result = helper.stream("chat/ask", params, show, token);
      const { followups, memory } = await result;
      return { metadata: { followups: followups.map(followup), memory } };
    } catch (error) {
      const where = profile ? ` (${plainMarkdown(profile.name)})` : "";
      const { message } = error as Error;
      response.markdown(`**That did not work${where}:** ${plainMarkdown(message)}\n\n`);
      response.markdown(plainMarkdown(hintOf(error) ?? ""));
      return {};
    }
  };
  const participant = vscode.chat.createChatParticipant("mydba.chat", answer);
  participant.iconPath = icon;
  participant.followupProvider = {
    provideFollowups: (result) => (result.metadata?.["followups"] ?? []) as vscode.ChatFollowup[],
  };
  return participant;
}

type Asked = Pick<Services, "connections">;
type Question = Pick<ChatParams, "command" | "prompt">;

/** What is asked, with what the editor is at. */
export async function turnOf({ connections }: Asked, editors: SqlEditors, asked: Question) {
  const sessions = connections.all().map(({ id, name, engine }) => {
    return { sessionId: id, name, engine, open: connections.session(id).open !== undefined };
  });
  const sessionId = editors.active()?.id;
  const editorSql = await editors.currentSql();
  const known = { ...(sessionId && { sessionId }), ...(editorSql && { editorSql }) };
  return { ...asked, sessions, ...known };
}

/** What the helper gave to remember with the last answer that came to its end. */
function memoryOf({ history }: vscode.ChatContext): string | undefined {
  const answers = history.filter((turn) => turn instanceof vscode.ChatResponseTurn);
  const remembered = answers.map(({ result }) => result.metadata?.["memory"] as string | undefined);
  return remembered.findLast((memory) => memory !== undefined);
}

/** What a chat button carries to its command. */
export type ChatButtonArgument = ChatButton & { profileId: string | undefined };

/**
 * In the status bar: the editor folds away what stands in an answer before its last progress
 * (chat.agent.collapseCompletedResponses), and that would be what was computed.
 */
function showBeside(text: string, result: Promise<unknown>): void {
  const ended = result.catch(() => undefined);
  vscode.window.setStatusBarMessage(`$(loading~spin) ${plainLabel(`MyDBA: ${text}`)}`, ended);
}

function showItem(item: ChatItem, to: vscode.ChatResponseStream, profile?: ConnectionProfile) {
  if (item.kind === "markdown") to.markdown(item.text);
  else if (item.kind === "progress") to.progress(item.text);
  else if (item.kind === "citation") showCitation(item, to);
  else {
    const argument: ChatButtonArgument = { ...item, profileId: profile?.id };
    to.button({ command: "mydba.chat.action", title: item.title, arguments: [argument] });
  }
}

/** Opens here, and on the web: addresses come with the documents, not from a model. */
function showCitation({ number, citation }: ChatCitation, response: vscode.ChatResponseStream) {
  const { title, url } = citation;
  response.markdown(`${number === 1 ? "\n\n**Sources**\n" : ""}\n${number}. `);
  response.anchor(documentUri(citation), plainLine(title));
  if (url.startsWith("https://")) response.markdown(` · [official page](<${new URL(url).href}>)`);
}

function followup({ command, prompt, label }: ChatFollowup): vscode.ChatFollowup {
  return { prompt, label, ...(command === "ask" ? {} : { command }) };
}
