// With AI off the helper makes no connection but to the databases that it is given: seen by a trace
// of its system calls. SQLite needs none at all.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Client, environment, helperPath } from "./client.mjs";

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

/** Every chat command there is: protocol/schema/chat.json. */
const schema = new URL("../../protocol/schema/chat.json", import.meta.url);
const COMMANDS_OF_CHAT = JSON.parse(readFileSync(schema, "utf8")).types.ChatCommand.enum;

test(
  "a session of the editor's helper does not either, with AI off, by no chat command",
  {
    skip,
  },
  async () => {
    let heard = 0;
    const listener = net.createServer((socket) => {
      ++heard;
      socket.destroy();
    });
    await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${listener.address().port}`;
    const trace = path.join(folder, "session.txt");
    const helper = path.join(folder, "traced");
    const traced = `strace -f -qq -e trace=connect,sendto,sendmsg,sendmmsg -o ${trace}`;
    writeFileSync(helper, `#!/bin/sh\nexec ${traced} ${helperPath()} "$@"\n`, { mode: 0o755 });
    const client = new Client([], { helper });
    await client.request("initialize", { clientName: "test", clientVersion: "0" });
    // All but the switch says that a model may be asked.
    await client.request("ai/configure", {
      ...{ enabled: false, provider: "openai", baseUrl, model: "m", names: "keep" },
      ...{ schemaExtent: "full", sendHistory: true, confirmBeforeSend: false, timeoutSeconds: 30 },
      ...{ offerToEditor: true, fetchPages: false },
      ...{ requestsPerMinute: 0, sessionTokens: 0, dayTokens: 0 },
      consents: [{ provider: "openai", address: baseUrl, at: "2026-01-01T00:00:00Z" }],
    });
    assert.equal((await client.request("ai/status")).state, "off");
    await assert.rejects(client.request("ai/models"));
    const asked = { role: "user", text: "hello", toolCalls: [], toolResults: [] };
    await assert.rejects(
      client.stream("ai/complete", { messages: [asked], tools: [] }, 1 << 20, () => {}),
      /AI is off|switched off|off/,
    );
    const page = client.request("rag/fetchPage", { anchor: "sqlite/automatic-index" });
    await assert.rejects(page, ({ data }) => data.code === "refused");
    await client.open("s", database);
    for (const command of COMMANDS_OF_CHAT) {
      let pieces = 0;
      const turn = {
        command,
        prompt: "SELECT * FROM t WHERE b = 'x'",
        sessionId: "s",
        sessions: [],
      };
      await client.stream("chat/ask", turn, 1 << 20, () => ++pieces);
      assert.ok(pieces > 0, `/${command} answers`);
    }
    assert.equal(await client.end(), 0);
    listener.close();
    const calls = readFileSync(trace, "utf8").split("\n");
    assert.deepEqual(
      calls.filter((call) => /AF_INET|PF_INET|AF_NETLINK/.test(call)),
      [],
    );
    assert.equal(heard, 0);
  },
);

test("the trace sees a connection that is made", { skip }, async () => {
  const server = net.createServer((socket) => socket.destroy());
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { calls } = networkCalls(["tree", `redis://127.0.0.1:${server.address().port}`]);
  server.close();
  assert.ok(calls.length > 0);
});
