// The language models that MyDBA brings to the editor: the one of the user's own provider, for other
// chat features too if he offers it, and a stand-in that is none. The editor calls no chat
// participant at all, not even for a slash command, while it knows no language model; so in an
// editor without one the stand-in is there, and `@mydba` works. It says what it is.

import * as vscode from "vscode";
import type { AiMessage, AiSettings, AiToolCall } from "#protocol";
import type { SqlEditors } from "./editor";
import type { Helper } from "#helper";
import { hintOf } from "#rpc";
import { toolPrefix } from "./tools";

const ownVendor = "mydba";
// A stand-in calls no tools, but the chat's agent mode, the default, chooses only among models that could.
const size = { maxInputTokens: 32_000, maxOutputTokens: 4_000 };
const common = { version: "1", ...size, capabilities: { toolCalling: true } };
const tooltip = "Not a language model: it lets @mydba answer in an editor without one.";
const named = { id: "mydba-no-ai", name: "MyDBA (no AI)", family: "mydba-no-ai" };
const standIn = { ...named, tooltip, ...common };

const answer =
  "This is not an AI: it is the stand-in that lets `@mydba` work in an editor without a language model, so it cannot answer a free question. `@mydba /help` says what works without one. For free questions choose another model in the model picker, or offer your own: **MyDBA: Set Up AI**, *Other chat features*.";

/** Those of others. */
export async function otherModels(): Promise<vscode.LanguageModelChat[]> {
  return (await vscode.lm.selectChatModels({})).filter(({ vendor }) => vendor !== ownVendor);
}

/** Offers the stand-in while there is no other: the editor could choose it for questions that are not for `@mydba`. */
export function registerModel(helper: Helper, editors: SqlEditors): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let alone = true;
  const registration = vscode.lm.registerLanguageModelChatProvider(ownVendor, {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () => offered() ?? (alone ? [standIn] : []),
    provideLanguageModelChatResponse: async ({ id }, messages, { tools = [] }, progress, token) => {
      const say = (text: string) => progress.report(new vscode.LanguageModelTextPart(text));
      if (id === standIn.id) return say(answer);
      const sessionId = editors.active()?.id;
      const asked = {
        messages: messages.map(messageOf),
        tools: tools.map(({ name }) => ownName(name)),
        ...(sessionId && { sessionId }),
      };
      const done = helper.stream("ai/complete", asked, ({ text }) => say(text), token);
      const { toolCalls } = await done.catch((error: Error) => {
        throw new Error(`${error.message} ${hintOf(error) ?? ""}`);
      });
      for (const call of toolCalls) progress.report(callPart(call, toolPrefix));
    },
    provideTokenCount: (_, text) => Promise.resolve(Math.ceil(JSON.stringify(text).length / 4)),
  });
  const look = async () => {
    if (alone === ((await otherModels()).length === 0)) return;
    alone = !alone;
    changed.fire();
  };
  // Without a first look-up the model picker stays empty and nothing is chosen.
  look().catch(() => undefined);
  const settings = vscode.workspace.onDidChangeConfiguration(() => changed.fire());
  const others = vscode.lm.onDidChangeChatModels(look);
  return vscode.Disposable.from(registration, changed, settings, others);
}

/** The user's own model; the helper looks at consent and budget when it is asked. */
function offered(): vscode.LanguageModelChatInformation[] | undefined {
  const settings = vscode.workspace.getConfiguration("mydba").get<AiSettings>("ai");
  const { enabled, offerToEditor, provider = "none", model } = settings ?? {};
  const reached = enabled && offerToEditor && !["none", "editor"].includes(provider);
  if (!reached || !model) return undefined;
  const about =
    "Your model, through MyDBA, for questions about databases: what is sent is redacted";
  const name = `${model} (MyDBA)`;
  return [{ id: `mydba/${provider}/${model}`, name, family: model, tooltip: about, ...common }];
}

/** What the helper calls it; empty for another's. */
const ownName = (tool: string) =>
  tool.startsWith(toolPrefix) ? tool.slice(toolPrefix.length) : "";

function messageOf({ role, content }: vscode.LanguageModelChatRequestMessage): AiMessage {
  const user = role === vscode.LanguageModelChatMessageRole.User;
  const said = { text: "", toolCalls: [], toolResults: [] };
  const message: AiMessage = { role: user ? "user" : "assistant", ...said };
  for (const part of content) {
    if (part instanceof vscode.LanguageModelTextPart) message.text += part.value;
    else if (part instanceof vscode.LanguageModelToolCallPart) {
      const call = { id: part.callId, name: ownName(part.name) };
      message.toolCalls.push({ ...call, arguments: JSON.stringify(part.input) });
    } else if (part instanceof vscode.LanguageModelToolResultPart) {
      const texts = part.content.map((piece) => (piece as { value?: string }).value ?? "");
      message.toolResults.push({ callId: part.callId, text: texts.join("\n"), isError: false });
    }
  }
  return message;
}

function callPart({ id, name, arguments: input }: AiToolCall, prefix = "") {
  const given = JSON.parse(input || "{}") as object;
  return new vscode.LanguageModelToolCallPart(id, prefix + name, given);
}

/** The other way, for a model of the editor. */
export function messageFor({ role, text, toolCalls, toolResults }: AiMessage) {
  const partOf = (value: string) => new vscode.LanguageModelTextPart(value);
  const said = text ? [partOf(text)] : [];
  const calls = toolCalls.map((call) => callPart(call));
  const results = toolResults.map(({ callId, text: answered }) => {
    return new vscode.LanguageModelToolResultPart(callId, [partOf(answered)]);
  });
  if (role === "user") return vscode.LanguageModelChatMessage.User([...results, ...said]);
  return vscode.LanguageModelChatMessage.Assistant([...said, ...calls]);
}
