// The helper's tools for agents of the editor. package.json lists them, because agents see tools of
// extensions that are not active yet; scripts/gen writes the list.

import * as vscode from "vscode";
import type { Helper } from "#helper";
import { plainLine } from "./text";

export const toolPrefix = "mydba_";

type Contribution = { name: string; displayName: string; tags: string[] };
type Input = { connection?: string; sql?: string };

/** Registers every tool of package.json. */
export function registerTools({ extension }: vscode.ExtensionContext, helper: Helper) {
  const { contributes } = extension.packageJSON as {
    contributes: { languageModelTools: Contribution[] };
  };
  const registered = contributes.languageModelTools.map(({ name, displayName, tags }) =>
    vscode.lm.registerTool<Input>(name, {
      prepareInvocation: ({ input }) => ({
        invocationMessage: plainLine(`${displayName}: ${input.connection ?? "MyDBA"}`),
        ...(tags.includes("writes") && { confirmationMessages: question(input) }),
      }),
      invoke: async ({ input }, token) => {
        const call = { name: name.slice(toolPrefix.length), arguments: JSON.stringify(input) };
        const { text, failed } = await helper.request("tools/call", call, token);
        if (failed) throw new Error(text);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      },
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** Before the guard's own, which says what the statement would do. */
function question({ connection = "", sql = "" }: Input) {
  const message = new vscode.MarkdownString("The agent wants to run this statement:\n");
  message.appendCodeblock(sql, "sql");
  return { title: `Let the agent change ${plainLine(connection, 60)}?`, message };
}
