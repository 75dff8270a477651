// What the lines of a step say, and the plan in one line. Pure.
import type { ExplainResult, PlanNode } from "../../protocol/generated/ts/protocol.js";
import { cost, duration, ratio, rows } from "../shared/format.js";

/** What a step reads, and what the server calls the sub-plan that it starts. */
export function objectText(node: PlanNode): string {
  const relation = node.relation ?? "";
  const alias = node.alias !== undefined && node.alias !== relation ? ` ${node.alias}` : "";
  const parts = [node.subplan ?? "", (relation + alias).trim(), node.index ?? ""];
  return parts.filter((part) => part !== "").join(" · ");
}

/** What a step reads, else by what it joins or filters. */
export const subjectText = (node: PlanNode): string =>
  objectText(node) || (node.condition ?? node.filter ?? "");

function countOfRows(count: number): string {
  const text = rows(count);
  return `${text} ${text === "1" ? "row" : "rows"}`;
}

/** How many rows come out of a step. */
export function rowsText(node: PlanNode): string {
  const { actualRows, estimatedRows } = node;
  if (node.neverExecuted === true) return "never executed";
  if (actualRows === undefined) {
    return estimatedRows === undefined ? "" : `${countOfRows(estimatedRows)} planned`;
  }
  const about = node.approximate === true ? "≈ " : "";
  if (estimatedRows === undefined) return about + countOfRows(actualRows);
  const { factor, text } = ratio(estimatedRows, actualRows);
  const off = factor < 2 ? "" : ` · ${text.replace(" than planned", "")}`;
  return about + countOfRows(actualRows) + off;
}

/** Width of a link in pixels: a digit more of rows is a bit more. */
export function linkWidth(node: PlanNode): number {
  const count = node.actualRows ?? node.estimatedRows ?? 1;
  return Math.min(10, 1.2 + Math.log10(Math.max(count, 1)));
}

/** The plan in one line. */
export function headline(result: ExplainResult): string {
  const { summary, tree } = result;
  const parts = [`${summary.nodes} ${summary.nodes === 1 ? "step" : "steps"}`];
  if (summary.rows !== undefined)
    parts.push(`${countOfRows(summary.rows)} ${tree.analyzed ? "out" : "planned"}`);
  if (tree.executionMs !== undefined) parts.push(`executed in ${duration(tree.executionMs)}`);
  if (tree.planningMs !== undefined) parts.push(`planned in ${duration(tree.planningMs)}`);
  if (summary.totalCost !== undefined) parts.push(`cost ${cost(summary.totalCost)}`);
  parts.push(tree.analyzed ? "measured" : "estimates only");
  return parts.join(" · ");
}
