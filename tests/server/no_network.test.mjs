// With AI off the helper makes no connection but to the databases that it is given: seen by a trace
// of its system calls. SQLite needs none at all.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { environment, helperPath } from "./client.mjs";

const skip = spawnSync("strace", ["-V"]).status !== 0 && "no strace";
let folder;
let database;
before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-network-"));
  database = `sqlite:${path.join(folder, "a.db")}`;
  writeFileSync(path.join(folder, "a.db"), "");
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** System calls by which the program reaches for a network address. */
function networkCalls(args, input = "") {
  const trace = path.join(folder, "trace.txt");
  const traced = ["-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", trace];
  const ran = spawnSync("strace", [...traced, helperPath(), ...args], {
    input,
    env: { ...environment, http_proxy: "", https_proxy: "" },
    encoding: "utf8",
    timeout: 60_000,
  });
  assert.equal(ran.error, undefined);
  const calls = readFileSync(trace, "utf8").split("\n");
  return { ...ran, calls: calls.filter((call) => /AF_INET|PF_INET|AF_NETLINK/.test(call)) };
}

const COMMANDS = [
  (url) => ["query", url, "CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 'x')", "--yes"],
  (url) => ["query", url, "SELECT * FROM t"],
  (url) => ["explain", url, "SELECT * FROM t WHERE b = 'x'"],
  (url) => ["tree", url],
  () => ["audit", "list"],
  () => ["ai", "preview", "why is SELECT 'x' FROM t slow?", "--json"],
  () => ["ai", "preview", "why?", "--provider=ollama", "--model=m"],
];

test("no command reaches for the network", { skip }, () => {
  for (const command of COMMANDS) {
    const args = command(database);
    const { calls, status, stderr } = networkCalls(args);
    assert.deepEqual(calls, [], args.join(" "));
    assert.ok(status === 0 || status === 1, `${args.join(" ")}: ${status} ${stderr}`);
  }
});

/** Requests as `mydba serve --stdio` reads them. */
const frames = (messages) =>
  messages
    .map((message, i) => JSON.stringify({ jsonrpc: "2.0", id: i + 1, ...message }))
    .map((body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    .join("");

test("a whole session of the editor's helper does not either", { skip }, () => {
  const profile = { id: "s", name: "a", engine: "sqlite", file: path.join(folder, "a.db") };
  const sessionId = "s";
  const requests = [
    { method: "initialize", params: { clientName: "test", clientVersion: "0" } },
    { method: "connection/open", params: { sessionId, profile } },
    { method: "chat/ask", params: { prompt: "why is my query slow?" } },
    { method: "shutdown" },
  ];
  const { calls, stdout } = networkCalls(["serve", "--stdio"], frames(requests));
  assert.deepEqual(calls, []);
  assert.ok(stdout.includes('"id":1'), "it answered");
});

test("the trace sees a connection that is made", { skip }, async () => {
  const server = net.createServer((socket) => socket.destroy());
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { calls } = networkCalls(["tree", `redis://127.0.0.1:${server.address().port}`]);
  server.close();
  assert.ok(calls.length > 0);
});
