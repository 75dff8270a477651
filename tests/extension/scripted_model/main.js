// A language model of the editor. Each request goes to the test as JSON; each line that comes back is a
// piece of the answer, shown as it comes: a text, or a call of a tool.
const vscode = require("vscode");

const information = {
  id: "scripted-1",
  name: "Scripted",
  family: "scripted",
  version: "1",
  maxInputTokens: 100_000,
  maxOutputTokens: 4_000,
  capabilities: { toolCalling: true },
};

const textOf = ({ content }) => content.map(({ value = "" }) => value).join("");

function partOf(part) {
  if (part instanceof vscode.LanguageModelTextPart) return { text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart) return { call: part.name };
  return { result: textOf(part) };
}

async function answer(_model, messages, { tools = [] }, progress, token) {
  const stop = new AbortController();
  token.onCancellationRequested(() => stop.abort());
  const asked = {
    messages: messages.map(({ content }) => content.map(partOf)),
    tools: tools.map(({ name }) => name),
  };
  const request = { method: "POST", body: JSON.stringify(asked), signal: stop.signal };
  const { body } = await fetch(process.env.MYDBA_TEST_MODEL, request);
  let rest = "";
  let calls = 0;
  for await (const bytes of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + bytes).split("\n");
    rest = lines.pop();
    for (const { text, call, input } of lines.map((line) => JSON.parse(line)))
      progress.report(
        call === undefined
          ? new vscode.LanguageModelTextPart(text)
          : new vscode.LanguageModelToolCallPart(`call-${++calls}`, call, input),
      );
  }
}

exports.activate = async ({ subscriptions }) => {
  const provider = {
    provideLanguageModelChatInformation: () => [information],
    provideLanguageModelChatResponse: answer,
    provideTokenCount: async (_model, text) => JSON.stringify(text).length,
  };
  subscriptions.push(vscode.lm.registerLanguageModelChatProvider("scripted", provider));
  await vscode.lm.selectChatModels({}); // until then the editor does not offer it
};
