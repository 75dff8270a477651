// What a person at a terminal is asked. util-linux's `script` makes the terminal.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { environment, helperPath } from "../server/client.mjs";
import { mydba } from "./run.mjs";

let folder;
let url;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-terminal-"));
  url = `sqlite:${folder}/t.db?mode=rwc`;
  await mydba(["query", url, "CREATE TABLE kept(a)"]);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Types `answers`, one a question. */
function atTerminal(args, ...answers) {
  const quoted = [helperPath(), ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", quoted, "/dev/null"], { env: environment });
  let output = "";
  let asked = 0;
  child.stdout.on("data", (data) => {
    output += data;
    while (asked < output.split("to run it: ").length - 1)
      child.stdin.write(`${answers[asked++] ?? ""}\n`);
  });
  return new Promise((resolve) =>
    child.on("close", (status) => resolve({ status, output, asked })),
  );
}

test("what must be confirmed is asked, and only yes is yes", async () => {
  const no = await atTerminal(["query", url, "DROP TABLE kept"], "y");
  assert.equal(no.status, 1);
  assert.match(no.output, /table kept is removed.*Type yes to run it: .*not run/s);
  const each = await atTerminal(["query", url, "DELETE FROM kept; DROP TABLE kept"], "yes", "no");
  assert.equal(each.asked, 2);
  assert.equal(each.status, 1);
  assert.equal((await mydba(["query", url, "SELECT * FROM kept"])).status, 0);
});

test("in production the name is typed, also to measure a plan", async () => {
  const prod = `${url}&environment=prod&allowDestructive=true`;
  const wrong = await atTerminal(["query", prod, "DROP TABLE kept"], "yes");
  assert.match(wrong.output, /Type kept to run it: /);
  assert.equal(wrong.status, 1);
  const plan = await atTerminal(["explain", prod, "DELETE FROM kept", "--analyze"], "no");
  assert.equal(plan.status, 1);
  assert.equal((await atTerminal(["query", prod, "DROP TABLE kept"], "kept")).status, 0);
});
