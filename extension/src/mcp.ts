// The tools as an MCP server of the editor, for agents that know no others: `mydba mcp`, which only reads.
// It gets the connections that need no password. One that is stored stays here, for a command line can be
// read by everybody on the machine; and nobody could be asked whether production may be opened.

import * as vscode from "vscode";
import type { ConnectionProfile } from "#protocol";
import type { Connections } from "./connections";

/** Offers the server while there is a connection for it. */
export function registerMcpServer(connections: Connections, program: string, version: string) {
  return vscode.lm.registerMcpServerDefinitionProvider("mydba.tools", {
    onDidChangeMcpServerDefinitions: (changed) => connections.onDidChange(() => void changed()),
    provideMcpServerDefinitions: async () => {
      const named = new Map<string, string>();
      for (const profile of connections.all()) {
        if (profile.environment === "prod" || (await connections.hasPassword(profile.id))) continue;
        const name = (profile.name.match(/[\w.]+/g) ?? ["database"]).join("-").slice(0, 50);
        named.set(named.has(name) ? `${name}-${named.size}` : name, urlOf(profile));
      }
      const args = ["mcp", ...[...named].map(([name, url]) => `${name}=${url}`)];
      const server = new vscode.McpStdioServerDefinition("MyDBA", program, args, {}, version);
      return named.size > 0 ? [server] : [];
    },
  });
}

const parameters = ["user", "socket", "tls", "tlsCa", "ssh", "sshKey"] as const;

/** As native/src/net/url.h reads it. */
function urlOf(profile: ConnectionProfile): string {
  const { engine, host = "127.0.0.1", port, database = "", path, options = [] } = profile;
  const server = `//${host.includes(":") ? `[${host}]` : host}${port ? `:${port}` : ""}`;
  const given = parameters.map((name) => ({ name, value: profile[name] ?? "" }));
  const query = [...given.filter(({ value }) => value), ...options].map(
    ({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const place = (path ?? `/${database}`).split("/").map(encodeURIComponent).join("/");
  const parts = [engine, ":", path === undefined && server, place, query.length > 0 && "?"];
  return parts.filter(Boolean).join("") + query.join("&");
}
