// What the guard would block or ask about, underlined in `.sql` editors while they are written. It is
// only told here: what is run is judged again by the helper.

import * as vscode from "vscode";
import type { Decision } from "#protocol";
import type { Connections } from "./connections";
import type { SqlEditors } from "./editor";
import type { Helper } from "./helper";
import { plainLine } from "./text";

const pauseMs = 300;
const longestText = 1_000_000;
const severities: Record<Decision, vscode.DiagnosticSeverity> = {
  block: vscode.DiagnosticSeverity.Error,
  confirm: vscode.DiagnosticSeverity.Warning,
  allow: vscode.DiagnosticSeverity.Information,
};

/** Keeps the findings of all documents that have a connection in sight, once nobody types for a moment. */
export function showFindings(helper: Helper, connections: Connections, editors: SqlEditors) {
  const shown = vscode.languages.createDiagnosticCollection("mydba");
  const judge = async (
    document: vscode.TextDocument,
  ): Promise<[vscode.Uri, vscode.Diagnostic[]]> => {
    const where = await editors.guardParams(document);
    const text = document.getText();
    if (!where || text.length > longestText) return [document.uri, []];
    const { findings } = await helper.request("guard/check", { ...where, text });
    const diagnostics = findings.map(({ id, message, decision, start, end }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const diagnostic = new vscode.Diagnostic(range, plainLine(message), severities[decision]);
      return Object.assign(diagnostic, { source: "MyDBA", code: id });
    });
    return [document.uri, diagnostics];
  };
  let pause: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const all = Promise.all(vscode.workspace.textDocuments.map(judge));
      all.then((found) => (shown.clear(), shown.set(found))).catch(() => undefined);
    }, pauseMs);
  };
  soon();
  const ofSql = ({ languageId }: vscode.TextDocument) => languageId === "sql" && soon();
  return vscode.Disposable.from(
    shown,
    vscode.workspace.onDidChangeTextDocument(({ document }) => ofSql(document)),
    vscode.workspace.onDidOpenTextDocument(ofSql),
    vscode.workspace.onDidCloseTextDocument(ofSql),
    vscode.workspace.onDidChangeConfiguration(soon),
    connections.onDidChange(soon),
  );
}
