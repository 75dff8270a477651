// What a page may ask of the editor itself; webviews/README.md lists the actions with their parameters.

import * as vscode from "vscode";
import type { ConnectionProfile } from "#protocol";
import { agrees } from "./confirm";
import type { Connections } from "./connections";
import type { Statement } from "./editor";
import { plainNotice } from "./text";
import type { HostAction } from "./views";

export function viewActions(
  connections: Connections,
  showPlan: (statement: Statement) => Promise<void>,
): Record<string, HostAction> {
  return {
    openPlan: async ({ sessionId, sql, name }) => {
      const profile = connections.get(sessionId as string);
      const from = { name: name as string, source: "view", explainable: true };
      if (profile) await showPlan({ profile, sql: sql as string, ...from });
    },
    chatAction: (button) => vscode.commands.executeCommand("mydba.chat.action", button),
    copy: ({ text }) => vscode.env.clipboard.writeText(text as string),
    showError: ({ message }) => void vscode.window.showErrorMessage(plainNotice(message as string)),
    save: ({ suggestedName, text, base64 }) =>
      saveFile(suggestedName as string, base64 ? Buffer.from(base64 as string, "base64") : text),
    confirm: ({ message, detail, action }) =>
      agrees({ title: message as string, detail: detail as string, accept: action as string }),
    browse: async ({ title, current, folder }) => {
      const start = current ? { defaultUri: vscode.Uri.file(current as string) } : {};
      const what = { canSelectFolders: folder === true, canSelectFiles: folder !== true };
      const asked = { title: title as string, ...what, ...start };
      const picked = await vscode.window.showOpenDialog(asked);
      return picked?.[0]?.fsPath ?? null;
    },
    saveConnection: async ({ profile, password }, panel) => {
      await connections.save(profile as ConnectionProfile, password as string | undefined);
      panel.dispose();
    },
    close: (_params, panel) => void panel.dispose(),
  };
}

async function saveFile(suggestedName: string, content: unknown): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const start = folder ? { defaultUri: vscode.Uri.joinPath(folder, suggestedName) } : {};
  const target = await vscode.window.showSaveDialog(start);
  if (target) await vscode.workspace.fs.writeFile(target, Buffer.from(content as Buffer | string));
}
