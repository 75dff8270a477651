// Finding an object by name in everything that is connected: typed text goes to the helper, what
// it finds is revealed in the tree or previewed.

import * as vscode from "vscode";
import type { TreeNode } from "../../protocol/generated/ts/protocol";
import type { Host } from "./host";
import { plainLabel, plainLine } from "./text";

const typingPauseMs = 120;

interface Found extends vscode.QuickPickItem {
  profileId: string;
  node: TreeNode;
}

/** What the user chose to do with an object. */
export interface SearchChoice {
  profileId: string;
  node: TreeNode;
  preview: boolean;
}

/** Asks for a name and an object; `profileIds` are the connections to search. */
export function searchObjects(host: Host, profileIds: string[]): Promise<SearchChoice | undefined> {
  const pick = vscode.window.createQuickPick<Found>();
  pick.title = "Find an object by name";
  pick.placeholder = "Part of the name of a table, view, column, index or key";
  pick.matchOnDescription = true;
  const preview: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("table"),
    tooltip: "Preview its rows",
  };
  let pause: NodeJS.Timeout | undefined;
  let running = new vscode.CancellationTokenSource();
  const search = async (text: string) => {
    running.cancel();
    const current = (running = new vscode.CancellationTokenSource());
    pick.busy = true;
    const found = text === "" ? [] : await findAll(host, profileIds, text, current.token, preview);
    if (current.token.isCancellationRequested) return;
    pick.items = found;
    pick.busy = false;
  };
  pick.onDidChangeValue((text) => {
    clearTimeout(pause);
    pause = setTimeout(() => void search(text.trim()), typingPauseMs);
  });
  return new Promise((resolve) => {
    const choose = (item: Found | undefined, wantsPreview: boolean) => {
      resolve(item && { profileId: item.profileId, node: item.node, preview: wantsPreview });
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

async function findAll(
  host: Host,
  profileIds: string[],
  text: string,
  token: vscode.CancellationToken,
  preview: vscode.QuickInputButton,
): Promise<Found[]> {
  const search = async (profileId: string): Promise<Found[]> => {
    const params = { sessionId: profileId, text };
    const name = host.connections.get(profileId)?.name ?? "";
    try {
      const { nodes } = await host.helper.request("tree/search", params, token);
      return nodes.map((node) => foundItem(profileId, name, node, preview));
    } catch (error) {
      if (!token.isCancellationRequested) host.log.warn(`search: ${(error as Error).message}`);
      return [];
    }
  };
  return (await Promise.all(profileIds.map(search))).flat();
}

function foundItem(
  profileId: string,
  connection: string,
  node: TreeNode,
  preview: vscode.QuickInputButton,
): Found {
  const above = [connection, ...node.path.slice(0, -1)].map((name) => plainLabel(name, 60));
  return {
    profileId,
    node,
    label: `$(${node.icon}) ${plainLabel(node.name)}`,
    description: above.join(" › "),
    detail: plainLine(`${node.kind} ${node.detail}`.trim(), 200),
    alwaysShow: true,
    ...(node.actions.includes("preview") ? { buttons: [preview] } : {}),
  };
}
