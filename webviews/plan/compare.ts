// What a comparison says, without a DOM: which step became which, in words and numbers. Pure.
import type {
  PlanChange,
  PlanChangeKind,
  PlanComparison,
} from "../../protocol/generated/ts/protocol.js";
import { plural } from "../shared/format.js";

export type Side = "before" | "after";

export const changeKinds: readonly PlanChangeKind[] = [
  "replaced",
  "changed",
  "moved",
  "added",
  "removed",
  "same",
];

const idOf = (change: PlanChange, side: Side) =>
  side === "before" ? change.beforeId : change.afterId;

/** The change of each step of one of the plans. */
export function changesBy(comparison: PlanComparison, side: Side): Map<number, PlanChange> {
  const byId = new Map<number, PlanChange>();
  for (const change of comparison.changes) {
    const id = idOf(change, side);
    if (id !== undefined) byId.set(id, change);
  }
  return byId;
}

/** The word at each step of one of the plans. */
export function marksOf(comparison: PlanComparison, side: Side): Map<number, PlanChangeKind> {
  return new Map([...changesBy(comparison, side)].map(([id, { kind }]) => [id, kind]));
}

/** How many of each kind, those that occur. */
export function countKinds(
  changes: readonly PlanChange[],
): { kind: PlanChangeKind; count: number }[] {
  return changeKinds
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0);
}

const names: Record<string, string> = {
  operation: "Step",
  relation: "Table",
  index: "Index",
  condition: "Condition",
  filter: "Filter",
  totalMs: "Time, with inputs",
  selfMs: "Time, own",
  totalCost: "Cost, with inputs",
  selfCost: "Cost, own",
  estimatedRows: "Rows planned",
  actualRows: "Rows out",
  actualRead: "Rows read",
  rowsRemoved: "Removed by filter",
  loops: "Loops",
  memoryBytes: "Memory",
  diskBytes: "Spilt to disk",
};

export const differenceName = (name: string): string => names[name] ?? name;

/** A factor as people say it: `÷ 4`, `× 1.5`. */
export function factorWords(ratio: number): string {
  if (!(ratio > 0) || !Number.isFinite(ratio)) return "";
  const factor = ratio < 1 ? 1 / ratio : ratio;
  const size = factor < 10 ? Math.round(factor * 10) / 10 : Math.round(factor);
  return size === 1 ? "=" : `${ratio < 1 ? "÷" : "×"} ${size}`;
}

/** The comparison for a ticket. */
export function comparisonText({ verdict, changes }: PlanComparison): string {
  const lines = changes
    .filter(({ kind }) => kind !== "same")
    .map(({ kind, text }) => `- ${kind}: ${text}`);
  const same = changes.length - lines.length;
  if (same > 0) lines.push(`- ${plural(same, "step", "steps")} as before`);
  return [verdict.text, ...lines, ""].join("\n");
}
