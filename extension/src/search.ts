// Finding an object by name in everything that is connected: typed text goes to the helper, what
// it finds is revealed in the tree or previewed.

import * as vscode from "vscode";
import type { ConnectionProfile, TreeNode } from "#protocol";
import type { Host } from "./host";
import { plainLabel, plainLine } from "./text";

const typingPauseMs = 120;

const previewButton = { iconPath: new vscode.ThemeIcon("table"), tooltip: "Preview its rows" };

/** Asks for a name and an object of these connections. */
export async function searchObjects({ helper, log }: Host, profiles: ConnectionProfile[]) {
  const title = "Find an object by name";
  const placeholder = "Part of the name of a table, view, column, index or key";
  const found = await pickWhileTyping({ title, placeholder }, async (text, token) => {
    const all = profiles.map(async (profile) => {
      const params = { sessionId: profile.id, text };
      const { nodes } = await helper.request("tree/search", params, token);
      return nodes.map((node) => foundItem(profile, node));
    });
    const settled = await Promise.allSettled(all);
    for (const one of settled)
      if (one.status === "rejected") log.debug(`search: ${String(one.reason)}`);
    return settled.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  });
  return found && { ...found.item, preview: found.byButton };
}

/** Lets the user choose among what `find` finds for what is typed; it settles for the newest text. */
export function pickWhileTyping<Item extends vscode.QuickPickItem>(
  { title, placeholder }: { title: string; placeholder: string },
  find: (text: string, token: vscode.CancellationToken) => Promise<Item[]>,
): Promise<{ item: Item; byButton: boolean } | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  Object.assign(pick, { title, placeholder, matchOnDescription: true });
  let pause: NodeJS.Timeout | undefined;
  let running = new vscode.CancellationTokenSource();
  const search = async (text: string) => {
    running.cancel();
    const { token } = (running = new vscode.CancellationTokenSource());
    pick.busy = true;
    const found = text === "" ? [] : await find(text, token).catch(() => []);
    if (token.isCancellationRequested) return;
    pick.items = found;
    pick.busy = false;
  };
  pick.onDidChangeValue((text) => {
    clearTimeout(pause);
    pause = setTimeout(() => void search(text.trim()), typingPauseMs);
  });
  return new Promise((resolve) => {
    const choose = (item: Item | undefined, byButton: boolean) => {
      resolve(item && { item, byButton });
      pick.hide();
    };
    pick.onDidAccept(() => choose(pick.selectedItems[0], false));
    pick.onDidTriggerItemButton(({ item }) => choose(item, true));
    pick.onDidHide(() => {
      clearTimeout(pause);
      running.cancel();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function foundItem({ id, name }: ConnectionProfile, node: TreeNode) {
  const above = [name, ...node.path.slice(0, -1)].map((part) => plainLabel(part, 60));
  return {
    profileId: id,
    node,
    label: `$(${node.icon}) ${plainLabel(node.name)}`,
    description: above.join(" › "),
    detail: plainLine(`${node.kind} ${node.detail}`.trim(), 200),
    alwaysShow: true,
    buttons: node.actions.includes("preview") ? [previewButton] : [],
  };
}
