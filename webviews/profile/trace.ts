// What the optimizer weighed, as a story: a decision a disclosure, with the options that it had, what each would have
// cost and why the others lost. The server's own trace is at the end.
import type {
  OptimizerTrace,
  TraceOption,
  TraceStep,
} from "../../protocol/generated/ts/protocol.js";
import { banner } from "../shared/banner.js";
import { button, el, elide, foreign } from "../shared/dom.js";
import { bytes, cost, plural, rows } from "../shared/format.js";
import { icon } from "../shared/icons.js";

/** More options, deeper decisions and longer texts are in the server's own trace. */
const mostOptions = 200;
const mostSteps = 500;
const deepest = 30;
const longestRaw = 200_000;
/** Decisions down to this depth are open at first. */
const openTo = 1;

export function drawTrace(trace: OptimizerTrace, copy: (text: string) => void): HTMLElement {
  const { steps, raw, missingBytes } = trace;
  const story = el("div", { class: "story" }, drawSteps(steps, 0));
  const all = (open: boolean) => {
    for (const part of story.querySelectorAll("details")) part.open = open;
  };
  return el("div", { class: "trace-view" }, [
    missingBytes !== undefined &&
      missingBytes > 0 &&
      banner(
        "warning",
        `The server cut its trace: ${bytes(missingBytes)} are missing. Raise its limit for traces and profile again to see the rest.`,
      ),
    el("div", { class: "section-tools" }, [
      button("Open all", () => all(true), {}, icon("plus")),
      button("Close all", () => all(false), {}, icon("minus")),
      el("span", { class: "dim" }, [plural(steps.length, "decision", "decisions")]),
    ]),
    el("div", { class: "trace-scroller" }, [
      story,
      el("details", { class: "raw-trace" }, [
        el("summary", {}, ["The server's own trace"]),
        button("Copy trace", () => copy(raw), {}, icon("copy")),
        el("pre", { class: "sql", dir: "ltr", tabindex: 0 }, [elide(raw, longestRaw)]),
      ]),
    ]),
  ]);
}

/** The story for a ticket. */
export function traceText({ steps }: OptimizerTrace): string {
  const lines: string[] = [];
  const write = (list: readonly TraceStep[], depth: number) => {
    if (depth > deepest) return;
    for (const { title, text, options, steps: within } of list) {
      const lead = "  ".repeat(depth);
      lines.push(`${lead}${title}${text === undefined ? "" : `: ${text}`}`);
      for (const option of options) lines.push(`${lead}  ${optionText(option)}`);
      write(within, depth + 1);
    }
  };
  write(steps, 0);
  return [...lines, ""].join("\n");
}

function optionText({ name, cost: price, rows: count, chosen, reason }: TraceOption): string {
  const parts = [`${chosen ? "✓" : "–"} ${name}`];
  if (price !== undefined) parts.push(`cost ${cost(price)}`);
  if (count !== undefined) parts.push(`${rows(count)} ${count === 1 ? "row" : "rows"}`);
  if (reason !== undefined) parts.push(reason);
  return parts.join(" · ");
}

function drawSteps(steps: readonly TraceStep[], depth: number): HTMLElement[] {
  if (depth > deepest) return [el("p", { class: "dim" }, ["Deeper decisions are in the trace."])];
  const left = steps.length - mostSteps;
  const drawn = steps.slice(0, mostSteps).map((step) => drawStep(step, depth));
  return left > 0 ? [...drawn, el("p", { class: "dim" }, [`and ${left} more`])] : drawn;
}

function drawStep(step: TraceStep, depth: number): HTMLElement {
  const { title, text, table, options, steps } = step;
  const head = [
    el("b", {}, [foreign(title)]),
    table !== undefined &&
      !title.includes(table) &&
      el("span", { class: "badge" }, [foreign(table)]),
    text !== undefined && el("span", { class: "outcome" }, [foreign(text)]),
  ];
  if (options.length === 0 && steps.length === 0) return el("p", { class: "decision flat" }, head);
  const part = el("details", { class: "decision" }, [
    el("summary", {}, head),
    options.length > 0 && optionsTable(title, options),
    ...drawSteps(steps, depth + 1),
  ]);
  part.open = depth <= openTo;
  return part;
}

function optionsTable(title: string, options: readonly TraceOption[]): HTMLElement {
  const columns = [
    { name: "Cost", has: options.some((option) => option.cost !== undefined) },
    { name: "Rows", has: options.some((option) => option.rows !== undefined) },
    { name: "Why", has: options.some((option) => option.reason !== undefined) },
  ].filter(({ has }) => has);
  const cells: Record<string, (option: TraceOption) => HTMLElement> = {
    Cost: (option) =>
      el("td", { class: "number" }, [option.cost === undefined ? "" : cost(option.cost)]),
    Rows: (option) =>
      el("td", { class: "number" }, [option.rows === undefined ? "" : rows(option.rows)]),
    Why: (option) => el("td", { class: "why" }, [foreign(option.reason ?? "")]),
  };
  const shown = options.slice(0, mostOptions);
  const left = options.length - shown.length;
  return el("div", { class: "options" }, [
    el("table", { class: "small-table", "aria-label": `Options: ${elide(title, 100)}` }, [
      el("thead", {}, [
        el("tr", {}, [
          el("th", {}, ["Option"]),
          ...columns.map(({ name }) =>
            el("th", { class: name === "Why" ? "why" : "number" }, [name]),
          ),
        ]),
      ]),
      el(
        "tbody",
        {},
        shown.map((option) =>
          el("tr", { class: option.chosen ? "chosen" : "lost" }, [
            el("td", {}, [
              option.chosen && el("span", { class: "badge severity-ok" }, [icon("ok"), "chosen"]),
              foreign(option.name),
            ]),
            ...columns.map(({ name }) => cells[name]?.(option)),
          ]),
        ),
      ),
    ]),
    left > 0 && el("p", { class: "dim" }, [`and ${plural(left, "option", "options")} more`]),
  ]);
}
