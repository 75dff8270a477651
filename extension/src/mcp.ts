// The tools as an MCP server of the editor, for agents that know no others: `mydba mcp`, which only reads.
// It gets the connections that need no password. One that is stored stays here, for a command line can be
// read by everybody on the machine; and nobody could be asked whether production may be opened.

import * as vscode from "vscode";
import type { Connections } from "./connections";

/** Offers the server while there is a connection for it; anew, which stops it, not for a session that opens or closes. */
export function registerMcpServer(connections: Connections, program: string, version: string) {
  return vscode.lm.registerMcpServerDefinitionProvider("mydba.tools", {
    onDidChangeMcpServerDefinitions: (changed) =>
      connections.onDidChange(({ id }) => {
        if (id === undefined) changed();
      }),
    provideMcpServerDefinitions: async () => {
      const named = new Map<string, string>();
      for (const profile of connections.all()) {
        if (profile.environment === "prod" || (await connections.hasPassword(profile.id))) continue;
        const name = (profile.name.match(/[\w.]+/g) ?? ["database"]).join("-").slice(0, 50);
        named.set(named.has(name) ? `${name}-${named.size}` : name, JSON.stringify(profile));
      }
      const args = ["mcp", ...[...named].map((pair) => pair.join("="))];
      const server = new vscode.McpStdioServerDefinition("MyDBA", program, args, {}, version);
      return named.size > 0 ? [server] : [];
    },
  });
}
