// The chat participant `@mydba`. The helper computes the answer; here its items become parts of the
// editor's response. Its Markdown holds names and values from databases, so it is never trusted:
// no command links, no HTML, no icons.

import * as vscode from "vscode";
import type {
  ChatButton,
  ChatCommand,
  ChatFollowup,
  ChatItem,
  ConnectionProfile,
} from "../../protocol/generated/ts/protocol";
import type { Connections } from "./connections";
import type { SqlEditors } from "./editor";
import type { Helper } from "./helper";
import { RpcError } from "./rpc";
import { plainMarkdown } from "./text";
import type { Services } from "./views";

const participantId = "mydba.chat";
const commandsWithoutServer = ["connections", "help"];

export class Chat implements vscode.Disposable {
  readonly #participant: vscode.ChatParticipant;

  constructor(
    private readonly helper: Helper,
    private readonly connections: Connections,
    private readonly editors: SqlEditors,
    iconPath: Services["icon"],
  ) {
    this.#participant = vscode.chat.createChatParticipant(
      participantId,
      (request, _context, response, token) => this.#answer(request, response, token),
    );
    this.#participant.iconPath = iconPath;
    this.#participant.followupProvider = {
      provideFollowups: (result) => (result.metadata?.["followups"] ?? []) as vscode.ChatFollowup[],
    };
  }

  dispose(): void {
    this.#participant.dispose();
  }

  /** What chat works on: the active editor's connection, else the one used last, else the only one. */
  active(): ConnectionProfile | undefined {
    const document = vscode.window.activeTextEditor?.document;
    const all = this.connections.all();
    const only = all.length === 1 ? all[0] : undefined;
    return (document && this.editors.connectionOf(document)) ?? this.connections.lastUsed() ?? only;
  }

  async #answer(
    request: vscode.ChatRequest,
    response: vscode.ChatResponseStream,
    token: vscode.CancellationToken,
  ): Promise<vscode.ChatResult> {
    const command = (request.command ?? "ask") as ChatCommand;
    const profile = this.active();
    try {
      if (profile && !commandsWithoutServer.includes(command)) {
        if (!this.connections.session(profile.id).open)
          response.progress(`Connecting to ${profile.name}`);
        await this.connections.open(profile.id);
      }
      const editorSql = await this.editors.currentSql();
      const params = {
        command,
        prompt: request.prompt,
        sessions: this.connections.all().map(({ id, name, engine }) => ({
          sessionId: id,
          name,
          engine,
          open: this.connections.session(id).open !== undefined,
        })),
        ...(profile ? { sessionId: profile.id } : {}),
        ...(editorSql === undefined ? {} : { editorSql }),
      };
      const show = (item: ChatItem) => showItem(item, response, profile);
      const { followups } = await this.helper.stream("chat/ask", params, show, token);
      return { metadata: { followups: followups.map(followup) } };
    } catch (error) {
      return showFailure(error as Error, response, profile);
    }
  }
}

/** What a chat button carries to its command. */
export interface ChatButtonArgument {
  action: ChatButton["action"];
  sql?: string;
  profileId?: string;
}

function showItem(
  item: ChatItem,
  response: vscode.ChatResponseStream,
  profile: ConnectionProfile | undefined,
): void {
  if (item.kind === "markdown") response.markdown(untrusted(item.text));
  else if (item.kind === "progress") response.progress(item.text);
  else {
    const argument: ChatButtonArgument = {
      action: item.action,
      ...(item.sql === undefined ? {} : { sql: item.sql }),
      ...(profile ? { profileId: profile.id } : {}),
    };
    response.button({ command: "mydba.chat.action", title: item.title, arguments: [argument] });
  }
}

function showFailure(
  error: Error,
  response: vscode.ChatResponseStream,
  profile: ConnectionProfile | undefined,
): vscode.ChatResult {
  const hint = error instanceof RpcError ? error.data.hint : undefined;
  const where = profile ? ` (${plainMarkdown(profile.name)})` : "";
  response.markdown(
    untrusted(`**That did not work${where}:** ${plainMarkdown(error.message)}\n\n`),
  );
  if (hint) response.markdown(untrusted(plainMarkdown(hint)));
  return { metadata: { followups: [] } };
}

function followup({ command, prompt, label }: ChatFollowup): vscode.ChatFollowup {
  return { prompt, label, ...(command === "ask" ? {} : { command }) };
}

function untrusted(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text, false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
