// What is wrong with SQL, underlined in `.sql` editors while it is written: what the guard would block
// or ask about (it judges again when a statement is run), and what the rules find in the text, with
// quick fixes and the document that explains it.

import * as vscode from "vscode";
import type { GuardCheckParams, LintFinding, LintParams } from "#protocol";
import type { Connections } from "./connections";
import { documentUri } from "./documents";
import { rangeOf, type SqlEditors } from "./editor";
import type { Helper } from "#helper";
import { plainLine } from "./text";

const pauseMs = 300;
const longestText = 1_000_000;
const { Error: error, Warning: warning, Information: info } = vscode.DiagnosticSeverity;
const severities = { block: error, confirm: warning, allow: info, critical: error, warning, info };

type Judged = [vscode.Uri, vscode.Diagnostic[]];
type Underlined = Pick<LintFinding, "id" | "message" | "start" | "end"> & {
  severity: keyof typeof severities;
};

function underline(document: vscode.TextDocument, { id, message, severity, ...at }: Underlined) {
  const range = rangeOf(document, at);
  const diagnostic = new vscode.Diagnostic(range, plainLine(message, 500), severities[severity]);
  return Object.assign(diagnostic, { source: "MyDBA", code: id });
}

/** Keeps the findings of all documents that have a connection in sight, once nobody types for a moment. */
export function showFindings(helper: Helper, connections: Connections, editors: SqlEditors) {
  const shown = vscode.languages.createDiagnosticCollection("mydba");
  const fixes = new WeakMap<vscode.Diagnostic, LintFinding & { version: number }>();
  const guard = async (document: vscode.TextDocument, params: GuardCheckParams) => {
    const { findings } = await helper.request("guard/check", params);
    return findings.map((found) => underline(document, { ...found, severity: found.decision }));
  };
  const lint = async (document: vscode.TextDocument, params: LintParams) => {
    const { version } = document;
    const { findings } = await helper.request("sql/lint", params);
    return findings.map((found) => {
      const diagnostic: vscode.Diagnostic = underline(document, found);
      diagnostic.code = { value: found.id, target: documentUri(found.citation) };
      fixes.set(diagnostic, { ...found, version });
      return diagnostic;
    });
  };
  const judge = async (document: vscode.TextDocument): Promise<Judged> => {
    const place = await editors.placeOf(document);
    const text = document.getText();
    if (!place || text.length > longestText) return [document.uri, []];
    const { profile, dialect } = place;
    const { id, environment = "dev", readOnly = false, allowDestructive = false } = profile;
    const versionNumber = connections.session(id).open?.server.versionNumber;
    const policy = { ...dialect, text, environment, readOnly, allowDestructive };
    const params = { ...dialect, text, ...(versionNumber && { versionNumber }) };
    const wanted = vscode.workspace.getConfiguration("mydba");
    const found = await Promise.all([
      wanted.get("guard.diagnostics") ? guard(document, policy) : [],
      wanted.get("lint.enabled") ? lint(document, params) : [],
    ]);
    return [document.uri, found.flat()];
  };
  const actions: vscode.CodeActionProvider = {
    provideCodeActions: (document, _range, { diagnostics }) =>
      diagnostics.flatMap((diagnostic) => actionsOf(document, diagnostic, fixes.get(diagnostic))),
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
    vscode.languages.registerCodeActionsProvider("sql", actions),
    vscode.workspace.onDidChangeTextDocument(({ document }) => ofSql(document)),
    vscode.workspace.onDidOpenTextDocument(ofSql),
    vscode.workspace.onDidCloseTextDocument(ofSql),
    vscode.workspace.onDidChangeConfiguration(soon),
    connections.onDidChange(soon),
  );
}

/** The fix, as long as the text is the one in which it was found, and the document that explains why. */
function actionsOf(
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
  found: (LintFinding & { version: number }) | undefined,
): vscode.CodeAction[] {
  if (!found) return [];
  const { fix, version, citation } = found;
  const about = (title: string, more: Partial<vscode.CodeAction>) =>
    Object.assign(new vscode.CodeAction(plainLine(title), vscode.CodeActionKind.QuickFix), {
      diagnostics: [diagnostic],
      ...more,
    });
  const title = `Ask MyDBA why: ${citation.title}`;
  const command = { command: "mydba.docs.open", title, arguments: [citation] };
  const why = about(title, { command });
  if (!fix || version !== document.version) return [why];
  const edit = new vscode.WorkspaceEdit();
  for (const { text, ...at } of fix.edits) edit.replace(document.uri, rangeOf(document, at), text);
  return [about(fix.title, { edit, isPreferred: true }), why];
}
