// What tests may reach inside the extension host. Exported only in a test or development host, or
// when the environment says so; an installed extension exports nothing.

import * as vscode from "vscode";
import type { ConnectionProfile, OpenResult } from "../../protocol/generated/ts/protocol";
import type { Host } from "./host";
import type { Item } from "./tree";

export interface TestApi {
  /** Process id of the helper, while it runs. */
  helperPid(): number | undefined;
  /** Adds a connection as the form does. */
  addConnection(profile: ConnectionProfile, password?: string): Promise<ConnectionProfile>;
  /** Takes a URL apart and adds the connection that it names. */
  addUrl(url: string, name: string): Promise<ConnectionProfile>;
  open(profileId: string): Promise<OpenResult>;
  children(item?: Item): Promise<Item[]>;
  treeItem(item: Item): vscode.TreeItem;
}

export function testApi(host: Host): TestApi | undefined {
  const { extensionMode } = host.context;
  const asked = process.env["MYDBA_TEST_API"] === "1";
  if (extensionMode === vscode.ExtensionMode.Production && !asked) return undefined;
  return {
    helperPid: () => host.helper.pid,
    addConnection: (profile, password) => host.connections.save(profile, password),
    addUrl: async (url, name) => {
      const { profile, password } = await host.helper.request("connection/parseUrl", { url });
      return host.connections.save({ ...profile, name }, password);
    },
    open: (profileId) => host.connections.open(profileId),
    children: (item) => host.tree.getChildren(item),
    treeItem: (item) => host.tree.getTreeItem(item),
  };
}
