// Counters of a run in groups, filtered and sorted, beside those of the run before it. Pure.
import type { ProfileMetric, ProfileUnit } from "../../protocol/generated/ts/protocol.js";
import { bytes, duration, rows } from "../shared/format.js";

export type MetricOrder = "server" | "name" | "value" | "change";

export interface MetricRow {
  readonly name: string;
  readonly unit: ProfileUnit;
  readonly wide: boolean;
  /** Absent when only the other run moved it. */
  readonly now: number | undefined;
  readonly was: number | undefined;
}

export interface MetricGroup {
  readonly group: string;
  readonly rows: readonly MetricRow[];
}

export interface MetricChoice {
  readonly filter: string;
  readonly order: MetricOrder;
  readonly descending: boolean;
}

const key = ({ group, name }: ProfileMetric) => JSON.stringify([group, name]);

/** The change from the former run to this one; one that did not move a counter counts as 0. */
export const changeOf = ({ now = 0, was = 0 }: MetricRow): number => now - was;

function compare(a: MetricRow, b: MetricRow, order: MetricOrder): number {
  if (order === "name") return a.name.localeCompare(b.name, "en");
  if (order === "value") return (a.now ?? 0) - (b.now ?? 0);
  return changeOf(a) - changeOf(b);
}

/** Groups in the server's order; within each the chosen one. */
export function groupMetrics(
  metrics: readonly ProfileMetric[],
  former: readonly ProfileMetric[] | undefined,
  { filter, order, descending }: MetricChoice,
): MetricGroup[] {
  const before = new Map((former ?? []).map((metric) => [key(metric), metric]));
  const groups = new Map<string, MetricRow[]>();
  const add = ({ group, name, unit, wide }: ProfileMetric, now?: number, was?: number) => {
    const row = { name, unit, wide: wide === true, now, was };
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [row]);
    else list.push(row);
  };
  for (const metric of metrics) {
    add(metric, metric.value, before.get(key(metric))?.value);
    before.delete(key(metric));
  }
  for (const metric of before.values()) add(metric, undefined, metric.value);
  const wanted = filter.trim().toLowerCase();
  const sign = descending ? -1 : 1;
  return [...groups]
    .map(([group, all]) => {
      const isGroup = group.toLowerCase().includes(wanted);
      const found = all.filter(({ name }) => isGroup || name.toLowerCase().includes(wanted));
      if (order !== "server") found.sort((a, b) => sign * compare(a, b, order));
      return { group, rows: found };
    })
    .filter((group) => group.rows.length > 0);
}

const words: Record<ProfileUnit, (value: number) => string> = {
  count: rows,
  bytes,
  ms: duration,
};

export function amountText(value: number | undefined, unit: ProfileUnit): string {
  if (value === undefined) return "–";
  const sign = value < 0 ? "−" : "";
  return sign + words[unit](Math.abs(value));
}

export function changeText(row: MetricRow): string {
  const change = changeOf(row);
  if (change === 0) return "=";
  return (change > 0 ? "+" : "") + amountText(change, row.unit);
}

/** For a ticket or a sheet: a line a counter, parts with tabs between. */
export function metricsText(groups: readonly MetricGroup[]): string {
  const lines = groups.flatMap(({ group, rows: list }) =>
    list.map(({ name, unit, now, was, wide }) =>
      [group, name, now ?? "", was ?? "", unit, wide ? "whole server" : ""].join("\t"),
    ),
  );
  return ["Group\tCounter\tThis run\tBefore\tUnit\tCounts for", ...lines, ""].join("\n");
}
