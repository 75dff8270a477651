// The official client of the Model Context Protocol, connected to `mydba mcp`.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

import { environment, helperPath } from "./client.mjs";

/** A client of `mydba mcp ...connections`; the caller closes it. */
export async function connectMcp(connections) {
  const transport = new StdioClientTransport({
    command: helperPath(),
    args: ["mcp", ...connections],
    env: environment,
  });
  const client = new Client({ name: "tests", version: "1" });
  await client.connect(transport);
  return client;
}

/** The text of an answer. */
export const textOf = ({ content }) => content.map(({ text }) => text).join("");

/** What stands between the marked lines, and what stands around them. */
export function unfence({ content }) {
  const text = textOf({ content });
  const [, mark, data] = /\n--- data (\w{32})\n([\s\S]*)\n--- end of data \1\n$/.exec(text) ?? [];
  if (mark === undefined) throw new Error(`not fenced: ${text}`);
  return { mark, data, preface: text.slice(0, text.indexOf("\n")) };
}

/** The JSON that a call answers with; a failed call is thrown. */
export async function call(client, name, args = {}, options = {}) {
  const answer = await client.callTool({ name, arguments: args }, undefined, options);
  const { data } = unfence(answer);
  if (answer.isError) throw new Error(data);
  return JSON.parse(data);
}
