// A chat participant that knows nothing of databases: the model's texts are shown, its tools run.
const vscode = require("vscode");

async function answer({ prompt, model, toolInvocationToken }, _context, response, token) {
  const { Assistant, User } = vscode.LanguageModelChatMessage;
  const messages = [User(prompt)];
  const tools = vscode.lm.tools.map(({ name, description, inputSchema }) => {
    return { name, description, inputSchema };
  });
  for (;;) {
    const calls = [];
    const { stream } = await model.sendRequest(messages, { tools }, token);
    for await (const part of stream) {
      if (part instanceof vscode.LanguageModelTextPart) response.markdown(part.value);
      if (part instanceof vscode.LanguageModelToolCallPart) calls.push(part);
    }
    if (calls.length === 0) return {};
    messages.push(Assistant(calls));
    for (const { callId, name, input } of calls) {
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken }, token);
      messages.push(User([new vscode.LanguageModelToolResultPart(callId, content)]));
    }
  }
}

exports.activate = ({ subscriptions }) =>
  subscriptions.push(vscode.chat.createChatParticipant("test-only.other", answer));
