// A language model that is none. The editor calls no chat participant at all, not even for a slash
// command, while it knows no language model; so in an editor without one MyDBA brings this, and
// `@mydba` works. It says what it is.

import * as vscode from "vscode";

const ownVendor = "mydba";

const model: vscode.LanguageModelChatInformation = {
  id: "mydba-no-ai",
  name: "MyDBA (no AI)",
  family: "mydba-no-ai",
  version: "1",
  tooltip: "Not a language model: it lets @mydba answer in an editor without one.",
  maxInputTokens: 32_000,
  maxOutputTokens: 4_000,
  // It calls none, but the chat's agent mode, the default, chooses only among models that could.
  capabilities: { toolCalling: true },
};

const answer =
  "This is not an AI: it is the stand-in that lets `@mydba` work in an editor without a language model, so it cannot answer a free question. `@mydba /help` says what works without one; for free questions choose another model in the model picker.";

/** Those of others. */
export async function otherModels(): Promise<vscode.LanguageModelChat[]> {
  return (await vscode.lm.selectChatModels({})).filter(({ vendor }) => vendor !== ownVendor);
}

/** Offers it while there is no other: the editor could choose it for questions that are not for `@mydba`. */
export function registerModel(): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let alone = true;
  const registration = vscode.lm.registerLanguageModelChatProvider(ownVendor, {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () => (alone ? [model] : []),
    provideLanguageModelChatResponse: (_model, _messages, _options, progress) =>
      Promise.resolve(progress.report(new vscode.LanguageModelTextPart(answer))),
    provideTokenCount: (_model, text) => Promise.resolve(JSON.stringify(text).length / 4),
  });
  const look = async () => {
    if (alone === ((await otherModels()).length === 0)) return;
    alone = !alone;
    changed.fire();
  };
  // Without a first look-up the model picker stays empty and nothing is chosen.
  look().catch(() => undefined);
  return vscode.Disposable.from(registration, changed, vscode.lm.onDidChangeChatModels(look));
}
