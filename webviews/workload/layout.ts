// What the view of the busiest statements computes without a DOM: columns, filters, what became of them in words.
import type {
  CollectionCounts,
  PlanAttempt,
  PlanFailure,
  PlanWay,
  WorkloadStatement,
} from "../../protocol/generated/ts/protocol.js";
import { cost, duration, localTime, percent, plural, rows } from "../shared/format.js";
import { arranged, type ListColumn, type ListOrder, textColumn } from "../shared/list_layout.js";

export type ColumnId =
  "sql" | "total" | "calls" | "mean" | "rows" | "read" | "plan" | "cost" | "worst" | "schema";

/** A way to end, `none`, or `why ` and a reason; "" is all. */
export type Only = string;

export interface Shown extends ListOrder<ColumnId> {
  only: Only;
}

export const everything: Shown = { text: "", sort: undefined, descending: false, only: "" };

/** How many statements can be asked for; as many as the table draws. */
export const limits = [10, 20, 50, 100, 200, 500];
export const usualLimit = 50;

/** How many can be asked for when a search found none of them: where the server gave as many as were asked. */
export const nextLimit = (limit: number, given: number): number | undefined =>
  given < limit ? undefined : limits.find((larger) => larger > limit);

const wayNames: Record<PlanWay, string> = {
  explain: "EXPLAIN",
  cache: "from cache",
  analyze: "measured",
  rowEstimates: "row estimates only",
};

const placeholders: Record<string, string> = {
  generic: "planned for any value",
  sampled: "values from the statistics, which were never executed",
};

type StatementColumn = ListColumn<WorkloadStatement, ColumnId>;

const text = textColumn<WorkloadStatement, ColumnId>;

function number(
  id: ColumnId,
  title: string,
  read: (statement: WorkloadStatement) => number | undefined,
  write: (value: number) => string,
): StatementColumn {
  return {
    id,
    title,
    numeric: true,
    largestFirst: true,
    text: (statement) => optional(read(statement), write),
    key: (statement) => read(statement) ?? -1,
  };
}

const optional = (value: number | undefined, write: (value: number) => string): string =>
  value === undefined ? "" : write(value);

const severities = { critical: 3, warning: 2, info: 1 };

export const columns: readonly StatementColumn[] = [
  text("sql", "Statement", ({ sql }) => sql),
  number("total", "Time in all", ({ statistics }) => statistics?.totalMs, duration),
  number("calls", "Calls", ({ statistics }) => statistics?.calls, rows),
  number("mean", "Mean", ({ statistics }) => statistics?.meanMs, duration),
  number("rows", "Rows", ({ statistics }) => statistics?.rowsSent, rows),
  number("read", "Rows read", ({ statistics }) => statistics?.rowsExamined, rows),
  text("plan", "Plan", planText),
  {
    ...text("worst", "Worst finding", ({ way, worst }) => worst?.title ?? (way ? "none" : "")),
    largestFirst: true,
    key: ({ way, worst }) => (worst ? severities[worst.severity] : way ? 0 : -1),
  },
  number("cost", "Cost", (statement) => statement.cost, cost),
  text("schema", "Schema", ({ schema }) => schema ?? ""),
];

/** Columns about which the server tells nothing. */
export const emptyColumns = (statements: readonly WorkloadStatement[]): Set<ColumnId> =>
  new Set(
    columns
      .filter((column) => statements.every((statement) => column.text(statement) === ""))
      .map(({ id }) => id),
  );

/** Where the plan comes from, or why there is none. */
export function planText(statement: WorkloadStatement): string {
  const { way, ageSeconds } = statement;
  if (way === undefined) return failureOf(statement)?.message ?? "it was not tried";
  const age = ageSeconds === undefined ? "" : `, ${duration(ageSeconds * 1000)} old`;
  return wayNames[way] + age;
}

/** Why there is no plan of the server, else why it was not measured; as the helper counts reasons. */
export function failureOf({ attempts }: WorkloadStatement): PlanFailure | undefined {
  const last = (wanted: PlanWay) => attempts.filter(({ way }) => way === wanted).at(-1)?.failure;
  return last("explain") ?? last("analyze");
}

const reasonKey = ({ code, engineCode = "", message, hint = "" }: PlanFailure): Only =>
  `why ${[code, engineCode, message, hint].join(" ")}`;

export function isMeant(statement: WorkloadStatement, only: Only): boolean {
  if (only === "" || only === (statement.way ?? "none")) return true;
  const failure = failureOf(statement);
  return failure !== undefined && only === reasonKey(failure);
}

export const shownOf = (statements: readonly WorkloadStatement[], shown: Shown) =>
  arranged(
    statements.filter((statement) => isMeant(statement, shown.only)),
    columns,
    shown,
  );

/** A piece of what became of the statements; with `only` it shows just these. */
export interface Said {
  text: string;
  only?: Only;
}

/** `48 of 50 statements have a plan`, `45 EXPLAIN`, …, `2 have none`, … */
export function outcome(counts: CollectionCounts): Said[] {
  const { asked, failed, repeated, reasons } = counts;
  const ways = (["explain", "analyze", "cache", "rowEstimates"] as const).filter(
    (way) => counts[way] > 0,
  );
  const have = asked - failed;
  const verb = have === 1 ? "has" : "have";
  const said: Said[] = [
    { text: `${have} of ${plural(asked, "statement", "statements")} ${verb} a plan` },
    ...ways.map((way) => ({ text: `${counts[way]} ${wayNames[way]}`, only: way })),
  ];
  if (failed > 0)
    said.push({ text: `${failed} ${failed === 1 ? "has" : "have"} none`, only: "none" });
  if (reasons.length > 0) said.push({ text: "What failed:" });
  for (const { count, failure } of reasons)
    said.push({ text: `${count} × ${failure.message}`, only: reasonKey(failure) });
  if (repeated > 0)
    said.push({ text: repeated === 1 ? "1 try was repeated" : `${repeated} tries were repeated` });
  return said;
}

/** The same for a screen reader. */
export const outcomeText = (counts: CollectionCounts): string =>
  outcome(counts)
    .map(({ text }) => text)
    .join(", ");

/** One try in words: `measured · 12.5 ms · after a pause of 200 ms`. */
export function attemptText({ way, ms, waitedMs = 0 }: PlanAttempt): string {
  const parts = [wayNames[way], duration(ms)];
  if (waitedMs > 0) parts.push(`after a pause of ${duration(waitedMs)}`);
  return parts.join(" · ");
}

/** What is known of a statement, for the details; `allMs` is the time of all that are listed. */
export function factsOf(
  statement: WorkloadStatement,
  allMs: number,
): [string, string | undefined][] {
  const { schema, statistics = {}, values, way } = statement;
  const { totalMs = 0 } = statistics;
  const share = allMs > 0 ? ` (${percent(totalMs / allMs)} of what is listed)` : "";
  return [
    ["Time in all", optional(statistics.totalMs, (ms) => duration(ms) + share)],
    ["Calls", optional(statistics.calls, rows)],
    ["Mean", optional(statistics.meanMs, duration)],
    ["Rows returned", optional(statistics.rowsSent, rows)],
    ["Rows read", optional(statistics.rowsExamined, rows)],
    ["Runs that read a table in full", optional(statistics.withoutIndex, rows)],
    ["Runs without a good index", optional(statistics.withoutGoodIndex, rows)],
    ["Temporary tables on disk", optional(statistics.diskTemporaryTables, rows)],
    ["Schema", schema],
    ["Plan", way === undefined ? `none: ${planText(statement)}` : planText(statement)],
    ["Cost", optional(statement.cost, cost)],
    ["Placeholders", values && placeholders[values]],
  ];
}

export const timeOf = (statements: readonly WorkloadStatement[]): number =>
  statements.reduce((sum, { statistics }) => sum + (statistics?.totalMs ?? 0), 0);

export interface Asked {
  limit: number;
  analyze: boolean;
}

export function progressText({ limit, analyze }: Asked, seconds: number): string {
  const what = analyze ? "Measuring those that only read of the" : "Asking for plans of the";
  const since = seconds < 1 ? "" : ` ${duration(seconds * 1000)}`;
  return `${what} ${limit} busiest statements…${since}`;
}

/** How many there are and since when they are counted. */
export function statusText(
  { total, shown, since }: { total: number; shown: number; since: string | undefined },
  asOf: Date,
): string {
  const parts = [plural(total, "statement", "statements")];
  if (shown < total) parts.push(`${shown} shown`);
  if (since !== undefined && total > 0) parts.push(`counted since ${localTime(since)}`);
  parts.push(`as of ${localTime(asOf.toISOString()).slice(11)}`);
  return parts.join(" · ");
}

/** What is asked before statements are run: the question, what happens, and the button. */
export function measureQuestion(limit: number, connectionName: string): Record<string, string> {
  return {
    message: "Run the statements that only read, to measure their plans?",
    detail:
      `Of the ${limit} busiest statements, those that only read and have no placeholders are executed on ${connectionName}, ` +
      "for at most 5 s each. The server works for them as if an application ran them. Nothing that changes data is run.",
    action: "Run and Measure",
  };
}
