// The sample database: one click from a fresh installation to something to look at.

import { readdir } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { SampleProgress, SampleResult } from "#protocol";
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
  const [first] = await namesIn(queries);
  if (first) await openQuery(host, path.join(queries, first));
}

/** Lets the user choose among the sample's queries, each slow for a reason of its own. */
export async function openSampleQuery(host: Host): Promise<void> {
  if (!host.connections.get(sampleId)) return openSample(host);
  const { queries } = await write(host);
  const title = "A query that is slow, and why";
  const chosen = await vscode.window.showQuickPick(await namesIn(queries), { title });
  if (chosen) await openQuery(host, path.join(queries, chosen));
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
}

async function openQuery(host: Host, file: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  await host.editors.edit(document, sampleId);
}

async function write(host: Host): Promise<SampleResult> {
  const directory = vscode.Uri.joinPath(host.context.globalStorageUri, "sample").fsPath;
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: "Sample database", cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    let reported = 0;
    const report = ({ message, fraction }: SampleProgress) => {
      progress.report({ message, increment: 100 * (fraction - reported) });
      reported = fraction;
    };
    return host.helper.stream("sample/create", { directory }, report, token);
  });
}
