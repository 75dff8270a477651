// What a connection is used for and whether it may change anything, in words and colours that are the
// same everywhere.

import * as vscode from "vscode";
import type { ConnectionProfile, Environment } from "#protocol";

const names = { dev: "", staging: "staging", prod: "production" };

/** What is to be minded, in words: `production, read-only`; empty for a connection to play with. */
export function limitsText({ environment = "dev", readOnly }: Partial<ConnectionProfile>): string {
  return [names[environment], readOnly && "read-only"].filter(Boolean).join(", ");
}

/** The status bar has no other colours than these two. */
export function statusBackground(environment: Environment = "dev"): vscode.ThemeColor | undefined {
  if (environment === "dev") return undefined;
  const kind = environment === "prod" ? "error" : "warning";
  return new vscode.ThemeColor(`statusBarItem.${kind}Background`);
}
