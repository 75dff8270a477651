import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  CollectionCounts,
  PlanFailure,
  WorkloadStatement,
} from "../../../protocol/generated/ts/protocol.js";
import { nextOrder } from "../../../webviews/shared/list_layout.js";
import {
  attemptText,
  columns,
  emptyColumns,
  everything,
  factsOf,
  failureOf,
  measureQuestion,
  nextLimit,
  outcome,
  outcomeText,
  planText,
  progressText,
  type Shown,
  shownOf,
  statusText,
} from "../../../webviews/workload/layout.js";

const denied: PlanFailure = { code: "server", engineCode: "42501", message: "permission denied" };
const late: PlanFailure = { code: "timeout", message: "longer than 5 s" };

const of = (sql: string, more: Partial<WorkloadStatement> = {}): WorkloadStatement => ({
  sql,
  way: "explain",
  attempts: [{ way: "explain", ms: 1 }],
  ...more,
});

const unplanned = (sql: string, failure: PlanFailure): WorkloadStatement => ({
  sql,
  attempts: [
    { way: "explain", ms: 1, failure },
    { way: "rowEstimates", ms: 1, failure: late },
  ],
});

const all: WorkloadStatement[] = [
  of("SELECT 1", { statistics: { totalMs: 900, calls: 3 }, cost: 5 }),
  of("SELECT 2", { way: "cache", ageSeconds: 12, attempts: [], statistics: { totalMs: 100 } }),
  unplanned("SELECT 3", denied),
  of("SELECT 4", {
    way: "rowEstimates",
    attempts: [
      { way: "explain", ms: 5000, failure: denied },
      { way: "rowEstimates", ms: 1 },
    ],
  }),
  // A repeated try that worked: what failed before is no reason.
  of("SELECT 5", {
    attempts: [
      { way: "explain", ms: 1, failure: denied },
      { way: "explain", ms: 1, waitedMs: 200 },
    ],
  }),
];

const counts: CollectionCounts = {
  asked: 50,
  cache: 2,
  explain: 45,
  analyze: 0,
  rowEstimates: 1,
  failed: 2,
  repeated: 3,
  reasons: [{ failure: denied, count: 3 }],
};

const names = (shown: Partial<Shown>) =>
  shownOf(all, { ...everything, ...shown }).map(({ sql }) => sql.slice(-1));

test("what became of the statements is a sentence of filters", () => {
  assert.equal(
    outcomeText(counts),
    "48 of 50 statements have a plan, 45 EXPLAIN, 2 from cache, 1 row estimates only, 2 have none, " +
      "What failed:, 3 × permission denied, 3 tries were repeated",
  );
  const filters = outcome(counts).flatMap(({ only }) => only ?? []);
  assert.deepEqual(filters.slice(0, 4), ["explain", "cache", "rowEstimates", "none"]);
  const one = {
    ...counts,
    asked: 1,
    cache: 0,
    explain: 1,
    rowEstimates: 0,
    failed: 0,
    repeated: 1,
  };
  assert.equal(
    outcomeText({ ...one, reasons: [] }),
    "1 of 1 statement has a plan, 1 EXPLAIN, 1 try was repeated",
  );
});

test("each filter finds its statements, in the server's order until a heading is pressed", () => {
  assert.deepEqual(names({}), ["1", "2", "3", "4", "5"]);
  assert.deepEqual(names({ only: "explain" }), ["1", "5"]);
  assert.deepEqual(names({ only: "none" }), ["3"]);
  const [why = ""] = outcome(counts).flatMap(({ only }) => (only?.startsWith("why") ? only : []));
  assert.deepEqual(names({ only: why }), ["3", "4"], "not the one whose repeated try worked");
  assert.deepEqual(names({ text: "PERMISSION" }), ["3"]);
  assert.deepEqual(names({ sort: "total", descending: true }).slice(0, 2), ["1", "2"]);
  assert.deepEqual(names({ only: "cache", text: "no such" }), []);
});

test("a search that finds nothing can go on where the server may have more", () => {
  assert.equal(nextLimit(50, 50), 100);
  assert.equal(nextLimit(50, 49), undefined);
  assert.equal(nextLimit(500, 500), undefined);
});

test("a heading sorts one way, the other way, and not at all", () => {
  const first = nextOrder(columns, "total", everything);
  assert.deepEqual(first, { sort: "total", descending: true });
  const second = nextOrder(columns, "total", first);
  assert.deepEqual(second, { sort: "total", descending: false });
  assert.deepEqual(nextOrder(columns, "total", second), { sort: undefined, descending: false });
  assert.deepEqual(nextOrder(columns, "sql", second), { sort: "sql", descending: false });
});

test("a row says where its plan comes from, or why there is none", () => {
  assert.deepEqual(all.map(planText), [
    "EXPLAIN",
    "from cache, 12 s old",
    "permission denied",
    "row estimates only",
    "EXPLAIN",
  ]);
  assert.equal(planText({ sql: "x", attempts: [] }), "it was not tried");
  assert.equal(failureOf(all[2]!), denied, "the server's reason, not that of the estimates");
});

test("columns about which the server tells nothing are left out", () => {
  const empty = emptyColumns(all);
  assert.ok(empty.has("read") && empty.has("schema") && empty.has("rows"));
  assert.ok(!empty.has("total") && !empty.has("cost") && !empty.has("worst"));
});

test("tries and facts are told in words", () => {
  assert.equal(
    attemptText({ way: "explain", ms: 12.5, waitedMs: 200 }),
    "EXPLAIN · 12.5 ms · after a pause of 200 ms",
  );
  const facts = Object.fromEntries(factsOf({ ...all[0]!, values: "generic" }, 1000));
  assert.equal(facts["Time in all"], "900 ms (90 % of what is listed)");
  assert.equal(facts["Placeholders"], "planned for any value");
  assert.equal(
    progressText({ limit: 50, analyze: false }, 0),
    "Asking for plans of the 50 busiest statements…",
  );
  assert.match(
    progressText({ limit: 50, analyze: true }, 3),
    /^Measuring .*50 busiest statements… 3 s$/,
  );
  const asOf = new Date("2026-01-01T12:00:00Z");
  assert.match(
    statusText({ total: 50, shown: 3, since: "2026-01-01T08:00:00Z" }, asOf),
    /^50 statements · 3 shown · counted since 2026-01-01 .* · as of \d\d:00:00$/,
  );
  assert.match(measureQuestion(20, "Shop")["detail"]!, /20 busiest.*executed on Shop/);
});
