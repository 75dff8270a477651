// The pure parts of the profile: stages of two runs, the axis, counters, words.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProfileMetric, ProfileStage } from "../../../protocol/generated/ts/protocol.js";
import {
  type MetricChoice,
  changeText,
  groupMetrics,
  metricsText,
} from "../../../webviews/profile/metrics_layout.js";
import {
  formerWords,
  longest,
  matchStages,
  sharedPrefix,
  stageLabel,
  ticks,
  timelineText,
  wholeOf,
} from "../../../webviews/profile/timeline_layout.js";
import { formerTotal } from "../../../webviews/profile/totals.js";
import { traceText } from "../../../webviews/profile/trace.js";
import { waitText } from "../../../webviews/profile/waits.js";
import { duration } from "../../../webviews/shared/format.js";
import { fastest } from "../../../webviews/plan/history.js";
import { wishesIn } from "../../../webviews/plan/wish.js";

const stage = (name: string, startMs: number, durationMs: number, level = 0): ProfileStage => ({
  name,
  kind: "stage",
  startMs,
  durationMs,
  level,
});

test("the n-th stage of a name is matched with the n-th one before; what is gone comes last", () => {
  const now = [stage("open", 0, 1), stage("sort", 1, 5), stage("sort", 6, 2)];
  const was = [
    stage("sort", 0, 9),
    stage("lock", 9, 1),
    stage("sort", 10, 3),
    stage("open", 13, 1),
  ];
  const rows = matchStages(now, was);
  assert.deepEqual(
    rows.map((row) => [row.now?.startMs, row.was?.startMs]),
    [
      [0, 13],
      [1, 0],
      [6, 10],
      [undefined, 9],
    ],
  );
  assert.equal(formerWords(rows[1] as never, true), "was 9 ms");
  assert.equal(formerWords(rows[3] as never, true), "gone");
  assert.equal(formerWords({ now: now[0], was: undefined }, true), "new");
  assert.equal(formerWords({ now: now[0], was: undefined }, false), "");
  assert.deepEqual(
    matchStages([stage("sort", 0, 1, 1)], [stage("sort", 0, 1, 0)]).map((row) => row.was),
    [undefined, undefined].map((none, i) => (i === 1 ? stage("sort", 0, 1, 0) : none)),
    "another level is another stage",
  );
});

test("what all names share is left out in whole parts; the longest stage without another within is first", () => {
  assert.equal(sharedPrefix(["stage/sql/init", "stage/sql/end"]), "stage/sql/");
  assert.equal(sharedPrefix(["stage/sql/init", "stage/innodb/end"]), "stage/");
  assert.equal(sharedPrefix(["stage/sql/init", "Sort"]), "");
  assert.equal(sharedPrefix(["stage/sql/init"]), "");
  const nested = [
    stage("all", 0, 100),
    stage("a", 0, 30, 1),
    stage("b", 30, 60, 1),
    stage("c", 100, 2),
  ];
  assert.equal(longest(matchStages(nested)), 2);
  assert.equal(longest([]), 0);
});

test("marks of the axis are round, lie within it and are no more than asked for", () => {
  assert.deepEqual(ticks({ from: 0, to: 10 }, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks({ from: 3, to: 7.5 }, 4), [4, 6]);
  for (const [from, to, most] of [
    [0, 1851.2, 6],
    [812.31, 812.3345, 3],
    [0, 0.002, 8],
  ] as const) {
    const marks = ticks({ from, to }, most);
    assert.ok(marks.length > 0 && marks.length <= most + 1, String(marks));
    assert.ok(marks.every((mark) => mark >= from && mark <= to));
  }
  assert.deepEqual(ticks({ from: 5, to: 5 }, 4), []);
});

test("the axis reaches to the end of the longer run and is never empty", () => {
  const profile = (totalMs: number, stages: ProfileStage[]) =>
    ({ totals: { totalMs }, stages }) as never;
  assert.equal(wholeOf([profile(10, [stage("a", 8, 4)]), profile(9, [])]), 12);
  assert.equal(wholeOf([profile(0, [])]), 1);
});

test("a stage in words: what, when, how long, which part, marked when it is not exact", () => {
  const about = { ...stage("Seq Scan", 13, 50, 1), approximate: true };
  const label = stageLabel({ now: about, was: undefined }, 200, false);
  assert.equal(label, "Seq Scan, stage, from 13 ms, for ≈ 50 ms, 25 % of the run");
  const text = timelineText({ stages: [about], waits: [{ event: "CPU", share: 0.5 }] } as never);
  assert.equal(text, "  Seq Scan  13 ms  ≈ 50 ms\nwait  CPU  50 %\n");
  assert.equal(
    waitText({ event: "IO", ms: 3, share: 0.1, samples: 1 }),
    "≈ 3 ms · 10 % · 1 sample",
  );
  assert.equal(formerTotal(50, 100, duration), "was 100 ms, ÷ 2");
  assert.equal(formerTotal(50, 50, duration), "as before");
  assert.equal(formerTotal(50, undefined, duration), "");
});

test("counters: groups in the server's order, filtered by name or group, sorted within, compared", () => {
  const metric = (group: string, name: string, value: number): ProfileMetric => ({
    group,
    name,
    unit: "count",
    value,
  });
  const now = [metric("B", "hit", 5), metric("A", "x", 1), metric("B", "read", 9)];
  const was = [metric("B", "hit", 8), metric("B", "gone", 2)];
  const choice: MetricChoice = { filter: "", order: "server", descending: false };
  const names = (chosen: Partial<MetricChoice>) =>
    groupMetrics(now, was, { ...choice, ...chosen }).map(({ group, rows }) => [
      group,
      ...rows.map(({ name }) => name),
    ]);
  assert.deepEqual(names({}), [
    ["B", "hit", "read", "gone"],
    ["A", "x"],
  ]);
  assert.deepEqual(names({ order: "change", descending: true }), [
    ["B", "read", "gone", "hit"],
    ["A", "x"],
  ]);
  assert.deepEqual(names({ filter: "b" }), [["B", "hit", "read", "gone"]]);
  assert.deepEqual(names({ filter: "GONE" }), [["B", "gone"]]);
  const rows = groupMetrics(now, was, choice)[0]?.rows ?? [];
  assert.deepEqual(rows.map(changeText), ["−3", "+9", "−2"]);
  assert.match(metricsText(groupMetrics(now, was, choice)), /^Group\t.*\nB\thit\t5\t8\tcount\t\n/);
});

test("the trace as text, the chosen option marked; a deep one ends", () => {
  const option = { name: "idx", cost: 3, rows: 1, chosen: true, reason: "cheapest" };
  const text = traceText({
    raw: "",
    steps: [{ title: "T", text: "o", options: [option], steps: [] }],
  });
  assert.equal(text, "T: o\n  ✓ idx · cost 3 · 1 row · cheapest\n");
  let step = { title: "deep", options: [], steps: [] as never[] };
  for (let i = 0; i < 1000; ++i) step = { title: "deep", options: [], steps: [step as never] };
  assert.ok(traceText({ raw: "", steps: [step] }).split("\n").length < 50);
});

test("wishes stand between empty lines; the plan to compare with is the fastest measured one", () => {
  assert.deepEqual(wishesIn(" a\nb \n\n\n c \n  \n"), ["a\nb", "c"]);
  const record = (id: number, executionMs?: number) => ({ id, executionMs }) as never;
  assert.equal(fastest([record(1), record(2, 9), record(3, 4)])?.id, 3);
  assert.equal(fastest([record(1)]), undefined);
});
