// The sample database: one click from a fresh installation to something to look at.

import { readdir } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { SampleResult } from "../../protocol/generated/ts/protocol";
import type { Host } from "./host";

const sampleId = "sample";
const sampleName = "Sample shop";

/** Writes the sample if needed, adds its connection, shows it in the tree and opens the first query. */
export async function openSample(host: Host): Promise<void> {
  const { url, queries } = await write(host);
  const { profile } = await host.helper.request("connection/parseUrl", { url });
  await host.connections.save({ ...profile, id: sampleId, name: sampleName });
  await host.connections.open(sampleId);
  await vscode.commands.executeCommand("mydba.objects.focus");
  await host.treeView.reveal(host.tree.root(sampleId), { expand: true, focus: false });
  const first = (await readdir(queries)).filter((name) => name.endsWith(".sql")).sort()[0];
  if (!first) return;
  const file = vscode.Uri.file(path.join(queries, first));
  const document = await vscode.workspace.openTextDocument(file);
  await host.editors.bind(document, sampleId);
  await vscode.window.showTextDocument(document);
}

async function write(host: Host): Promise<SampleResult> {
  const directory = vscode.Uri.joinPath(host.context.globalStorageUri, "sample").fsPath;
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: "Sample database", cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    let reported = 0;
    return host.helper.stream(
      "sample/create",
      { directory },
      ({ message, fraction }) => {
        progress.report({ message, increment: 100 * (fraction - reported) });
        reported = fraction;
      },
      token,
    );
  });
}
