// What only a person at the editor may decide, asked in the editor's own modal dialogs: no page, no
// extension and no tool has a way to answer them. The texts are the helper's, names in them a
// database's. The guard's question starts with a button that changes nothing: Enter presses it.

import * as vscode from "vscode";
import type { AdmitQuestion, ConfirmChoice, ConfirmParams, ConfirmResult } from "#protocol";
import { plainLabel, plainLine, plainLines, plainNotice } from "./text";

const otherWays = "Other Ways…";

/** Opens a statement in an editor. */
type Draft = (sql: string, profileId: string) => Promise<void>;

/** A question with one button; true when it was pressed. */
export async function agrees({ title, detail, accept }: AdmitQuestion): Promise<boolean> {
  const options = { modal: true, detail: plainLines([detail], 2000) };
  const answer = await vscode.window.showWarningMessage(plainNotice(title), options, accept);
  return answer === accept;
}

/** Answers `host/confirm`. */
export async function confirm(params: ConfirmParams, draft: Draft): Promise<ConfirmResult> {
  const { title, phrase } = params;
  // Titles begin with what is done: Delete, Drop, Change.
  const run = /^[A-Z][a-z]+/.exec(title)?.[0] ?? "Run";
  const hold = `${run}, Then Decide`;
  type Choices = Record<string, ConfirmChoice>;
  const choices: Choices = { "Dry Run": "dryRun", [hold]: "hold", [run]: "run" };
  const buttons = [
    params.canDryRun ? "Dry Run" : `Do Not ${run}`,
    ...(params.canHold ? [hold] : []),
    run,
    ...(params.alternatives.length > 0 ? [otherWays] : []),
  ];
  const options = { modal: true, detail: plainLines([params.detail], 4000) };
  const answer = await vscode.window.showWarningMessage(plainNotice(title), options, ...buttons);
  if (answer === otherWays && !(await openOther(params, draft))) return confirm(params, draft);
  const choice = choices[answer ?? ""] ?? "cancel";
  if (phrase === undefined || choice === "cancel" || choice === "dryRun") return { choice };
  const prompt = `Type ${plainLine(phrase, 100)} to run this in production`;
  const typed = await vscode.window.showInputBox({
    title: plainLine(title),
    prompt,
    ignoreFocusOut: true,
    validateInput: (text) => (text === phrase ? undefined : prompt),
  });
  return typed === undefined ? { choice: "cancel" } : { choice, typed };
}

/** Copies a command of the shell, or opens a statement in an editor; false when the user came back. */
async function openOther(params: ConfirmParams, draft: Draft): Promise<boolean> {
  const { sessionId } = params;
  const items = params.alternatives.map(({ title, command, shell }) => ({
    label: plainLabel(title),
    description: shell ? "copies a command of the shell" : "opens in an editor",
    detail: plainLabel(command, 400),
    choose: () => (shell ? vscode.env.clipboard.writeText(command) : draft(command, sessionId)),
  }));
  const title = "Other ways to do this";
  const chosen = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  await chosen?.choose();
  return chosen !== undefined;
}
