// What the optimizer weighed to read a table, in the cells of a small table.
import type { TraceOption } from "../../protocol/generated/ts/protocol.js";
import { cost, grouped, percent, rows } from "../shared/format.js";

/** More than that nobody compares. */
const mostWays = 60;

export const weighedHead = ["Way", "Cost", "Apart", "Rows", "Why"] as const;

/** `+4 %`, `×12`: what another way costs beside the one in use. */
function apart(other: number, used: number): string {
  const factor = other / used;
  if (factor >= 2) return `×${grouped(Math.round(factor))}`;
  return `${factor < 1 ? "−" : "+"}${percent(Math.abs(factor - 1))}`;
}

/** Costs are compared with that of the way in use, which comes first. */
export function weighedRows(ways: readonly TraceOption[]): string[][] {
  const used = ways.find(({ chosen }) => chosen)?.cost;
  return ways
    .slice(0, mostWays)
    .map((way) => [
      way.name,
      way.cost === undefined ? "" : cost(way.cost),
      way.cost === undefined || used === undefined || used <= 0 || way.chosen
        ? ""
        : apart(way.cost, used),
      way.rows === undefined ? "" : rows(way.rows),
      way.chosen ? "in use" : (way.reason ?? ""),
    ]);
}
