import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditEntry } from "../../../protocol/generated/ts/protocol.js";
import {
  cellsOf,
  columns,
  deedOf,
  factsOf,
  fileName,
  filterOf,
  isFiltered,
  noFilter,
  outcomeOf,
  outcomeText,
  verdictText,
} from "../../../webviews/audit/layout.js";

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  seq: 7,
  time: "2026-01-02T03:04:05.678Z",
  actor: "cli",
  action: "statement",
  connection: "sqlite:/shop.db",
  sql: "DELETE FROM t",
  ...more,
});

test("an outcome is told in words", () => {
  assert.equal(outcomeText(entry()), "no end entered");
  assert.equal(outcomeText(entry({ outcome: "done" })), "done");
  assert.equal(outcomeText(entry({ outcome: "server 1146" })), "failed: server 1146");
  assert.equal(outcomeText(entry({ outcome: "refused" })), "blocked");
  assert.equal(outcomeText(entry({ outcome: "refused", confirmed: "declined" })), "declined");
  assert.equal(outcomeOf(entry({ action: "retention" })), "done");
});

test("what was done stands in one line", () => {
  assert.equal(deedOf(entry()), "DELETE FROM t");
  assert.equal(deedOf(entry({ action: "kill", kind: "query" })), "Ended a running statement");
  assert.equal(deedOf(entry({ action: "connect", kind: "test" })), "Tested the connection");
  const removed = { through: 9, hash: "", entries: 1, reason: "older than 2 days" };
  assert.equal(
    deedOf(entry({ action: "retention", removed })),
    "Let 1 entry go: older than 2 days",
  );
  assert.equal(cellsOf(entry(), 0, columns.length).length, columns.length);
  assert.deepEqual(cellsOf(entry(), 2, 4), ["dev", "no end entered"]);
  const { Who, Environment, Outcome, Entry } = Object.fromEntries(factsOf(entry()));
  assert.deepEqual(
    [Who, Environment, Outcome, Entry],
    ["Command line", "dev", "no end entered", "7"],
  );
});

test("filters are what was chosen, times count back from now", () => {
  assert.ok(!isFiltered(noFilter));
  const shown = { ...noFilter, text: " drop ", hours: "24" };
  assert.ok(isFiltered(shown));
  assert.deepEqual(filterOf(shown, new Date("2026-01-02T00:00:00Z")), {
    text: "drop",
    from: "2026-01-01T00:00:00.000Z",
  });
});

test("a verdict says what holds and where it breaks", () => {
  assert.match(verdictText({ valid: true, entries: 1 }), /^All 1 entry is as written/);
  assert.match(verdictText({ valid: true, entries: 2, removed: 3 }), /3 older ones let go/);
  const broken = { valid: false, entries: 1, brokenAt: 2, reason: "the entry is missing" };
  assert.equal(verdictText(broken), "The log was changed at entry 2: the entry is missing.");
  assert.equal(
    verdictText({ valid: false, entries: 1, reason: "the file is damaged" }),
    "The log was changed: the file is damaged.",
  );
  assert.equal(fileName("csv", new Date("2026-01-02T00:00:00Z")), "mydba-audit-2026-01-02.csv");
});
