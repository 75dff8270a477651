// A run in a few numbers, beside those of the run before it.
import type { ProfileTotals } from "../../protocol/generated/ts/protocol.js";
import { factorWords } from "../plan/compare.js";
import { el } from "../shared/dom.js";
import { duration, rows } from "../shared/format.js";

interface Total {
  readonly field: keyof ProfileTotals;
  readonly label: string;
  readonly text: (value: number) => string;
}

const totals: readonly Total[] = [
  { field: "totalMs", label: "Total", text: duration },
  { field: "serverMs", label: "Server", text: duration },
  { field: "planningMs", label: "Planning", text: duration },
  { field: "lockMs", label: "Locks", text: duration },
  { field: "cpuMs", label: "Processor", text: duration },
  { field: "rows", label: "Rows", text: rows },
  { field: "rowsExamined", label: "Rows read", text: rows },
  { field: "rowsAffected", label: "Rows changed", text: rows },
];

/** `was 2.1 s, ÷ 1.4`, or that it is as it was. */
export function formerTotal(
  value: number,
  was: number | undefined,
  text: (value: number) => string,
): string {
  if (was === undefined) return "";
  const factor = factorWords(value / was);
  if (value === was || factor === "=") return "as before";
  return `was ${text(was)}${factor === "" ? "" : `, ${factor}`}`;
}

export function drawTotals(now: ProfileTotals, former: ProfileTotals | undefined): HTMLElement {
  const items = totals.flatMap(({ field, label, text }) => {
    const value = now[field];
    if (value === undefined || (value === 0 && field === "lockMs")) return [];
    const was = formerTotal(value, former?.[field], text);
    return [
      el("div", { class: "total" }, [
        el("dt", {}, [label]),
        el("dd", {}, [
          el("b", {}, [text(value)]),
          was !== "" && el("span", { class: "dim" }, [` ${was}`]),
        ]),
      ]),
    ];
  });
  return el("dl", { class: "totals", "aria-label": "The run in numbers" }, items);
}
