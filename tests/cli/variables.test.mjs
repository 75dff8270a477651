// `mydba variables`: settings with what they were built with, and what is wrong with them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { mydba } from "./run.mjs";

let folder;
let url;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-variables-"));
  url = `sqlite:${folder}/a.db`;
  assert.equal((await mydba(["query", `${url}?mode=rwc`, "CREATE TABLE t (a)"])).status, 0);
});
after(() => rmSync(folder, { recursive: true, force: true }));

test("all settings, with value, default, source, meaning and risk", async () => {
  const { stdout, status } = await mydba(["variables", url, "--json"]);
  assert.equal(status, 0);
  const { variables } = JSON.parse(stdout);
  assert.ok(variables.length > 30);
  const mode = variables.find(({ name }) => name === "journal_mode");
  const { risk, meaning, ...rest } = mode;
  assert.match(meaning, /transaction/);
  assert.deepEqual(rest, {
    name: "journal_mode",
    value: "DELETE",
    unit: null,
    default: "DELETE",
    minimum: null,
    maximum: null,
    choices: ["DELETE", "TRUNCATE", "PERSIST", "MEMORY", "WAL", "OFF"],
    scope: "server",
    changes: "set",
    pending: false,
    source: "file",
  });
  assert.equal(risk.id, "journal-mode-not-wal");
  assert.equal(risk.severity, "info");
  assert.match(risk.citation, /^https:\/\/(www\.)?sqlite\.org\//);
  assert.equal(variables.find(({ name }) => name === "encoding").risk, null);
});

test("one by its name, for people", async () => {
  const { stdout, status } = await mydba(["variables", url, "soft_heap_limit"]);
  assert.equal(status, 0);
  const [head, line, ...others] = stdout.trimEnd().split("\n");
  assert.match(head, /^NAME +VALUE +DEFAULT +SOURCE +RISK +MEANING$/);
  assert.match(line, /^soft_heap_limit +0 +0 +connection +Memory beyond/);
  assert.deepEqual(others, []);
  const risky = await mydba(["variables", url, "foreign_keys"]);
  assert.match(risky.stdout, /\n\ninfo foreign_keys: .*\n {4}see https:\/\//);
});

test("the status tells of findings, wrong usage and no server", async () => {
  const failOn = (severity) => mydba(["variables", url, "--fail-on", severity]);
  assert.equal((await failOn("info")).status, 1);
  assert.equal((await failOn("critical")).status, 0);
  assert.equal((await failOn("nonsense")).status, 2);
  assert.equal((await mydba(["variables"])).status, 2);
  assert.equal((await mydba(["variables", "postgres://127.0.0.1:1/x"])).status, 3);
});
