// A language model that is none. The editor calls no chat participant at all, not even for a slash
// command, while it knows no language model; so in an editor without one MyDBA brings this, and
// `@mydba` works. It says what it is.

import * as vscode from "vscode";

/** Of the stand-in. */
export const ownVendor = "mydba";

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

const provider: vscode.LanguageModelChatProvider = {
  provideLanguageModelChatInformation: () => [model],
  provideLanguageModelChatResponse: (_model, _messages, _options, progress) => {
    progress.report(new vscode.LanguageModelTextPart(answer));
    return Promise.resolve();
  },
  provideTokenCount: (_model, text) => Promise.resolve(Math.ceil(JSON.stringify(text).length / 4)),
};

export function registerModel(): vscode.Disposable {
  const registration = vscode.lm.registerLanguageModelChatProvider(ownVendor, provider);
  // Without a first look-up the model picker stays empty and nothing is chosen.
  vscode.lm.selectChatModels({}).then(undefined, () => undefined);
  return registration;
}
