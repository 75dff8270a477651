import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { createHost } from "./host";

/** Registers everything and starts nothing: the helper is spawned when it is first needed. */
export function activate(context: vscode.ExtensionContext): void {
  const host = createHost(context);
  context.subscriptions.push(...registerCommands(host));
  // `vscode://mydba.mydba/sample` and the start script's environment open the sample database.
  const openSample = () => vscode.commands.executeCommand("mydba.sample.open");
  const handleUri = ({ path }: vscode.Uri) => void (path === "/sample" && openSample());
  context.subscriptions.push(vscode.window.registerUriHandler({ handleUri }));
  if (process.env["MYDBA_OPEN"] === "sample") void openSample();
}
