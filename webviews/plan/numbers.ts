// All numbers of a step, named, for the side panel, the tooltip and nothing else.
import type { NamedValue, PlanNode } from "../../protocol/generated/ts/protocol.js";
import { cost, duration, grouped, percent, ratio, rows } from "../shared/format.js";

export function nodeNumbers(node: PlanNode, share: number): NamedValue[] {
  const list: NamedValue[] = [];
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== "") list.push({ name, value });
  };
  const about = node.approximate === true ? "about " : "";
  const given = (value: number | undefined, format: (value: number) => string) =>
    value === undefined ? undefined : format(value);
  if (node.neverExecuted === true) add("Executed", "never");
  add(
    "Rows, measured",
    given(node.actualRows, (value) => about + rows(value)),
  );
  add("Rows, planned", given(node.estimatedRows, rows));
  if (node.actualRows !== undefined && node.estimatedRows !== undefined)
    add("Estimate", ratio(node.estimatedRows, node.actualRows).text);
  add(
    "Rows removed by filter",
    given(node.rowsRemoved, (value) => about + rows(value)),
  );
  add("Loops", given(node.loops, grouped));
  add(
    "Time, own",
    given(node.selfMs, (value) => `${duration(value)} (${percent(share)})`),
  );
  add("Time, with inputs", given(node.totalMs, duration));
  add("Cost, own", given(node.selfCost, cost));
  add("Cost, with inputs", given(node.totalCost, cost));
  add("Cost to first row", given(node.startupCost, cost));
  return list;
}
