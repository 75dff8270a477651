// Elements of the view of the busiest statements: what became of them, how a row looks, all about one of them, and what
// stands in place of an empty list.
import type {
  PlanAttempt,
  Unavailable,
  WorkloadStatement,
} from "../../protocol/generated/ts/protocol.js";
import { type Badge, drawBadge } from "../shared/badge.js";
import { detailsHeading, factList } from "../shared/details.js";
import { button, el, elide, foreign } from "../shared/dom.js";
import { drawFindings } from "../shared/findings.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import type { RowLook } from "../shared/list_table.js";
import { drawUnavailable } from "../shared/unavailable.js";
import { attemptText, type ColumnId, factsOf, type Only, type Said } from "./layout.js";

/** A statement may be as long as the server allows; what is left out is copied. */
const longest = 20_000;

const noPlan: Badge = { icon: "warning", severity: "warning", label: "no plan" };

export function lookOf(
  { way, worst, statistics }: WorkloadStatement,
  id: string,
  allMs: number,
): RowLook<ColumnId> {
  const severity = worst?.severity;
  const { totalMs } = statistics ?? {};
  return {
    id,
    badges: {
      ...(way === undefined && { plan: noPlan }),
      ...(severity && { worst: { icon: severity, severity, label: severity } }),
    },
    ...(totalMs !== undefined && allMs > 0 && { shares: { total: totalMs / allMs } }),
  };
}

/** A sentence whose parts are filters; the one in use is pressed. */
export function drawOutcome(
  said: readonly Said[],
  current: Only,
  choose: (only: Only) => void,
): HTMLElement[] {
  return said.map(({ text, only }) => {
    if (only === undefined) return el("span", {}, [text]);
    const pressed = only === current;
    const attributes = { class: "said", "aria-pressed": pressed, title: elide(text, 600) };
    const label = foreign(elide(text, 70));
    label.removeAttribute("title");
    const chip = button("", () => choose(pressed ? "" : only), attributes);
    chip.replaceChildren(label);
    return chip;
  });
}

export interface DetailEvents {
  openPlan(): void;
  copy(text: string): void;
  close(): void;
}

/** Everything about one statement; `rank` counts from 1. */
export function drawDetails(
  statement: WorkloadStatement,
  rank: number,
  allMs: number,
  events: DetailEvents,
): HTMLElement {
  const { sql, way, findings = 0, attempts } = statement;
  const rest = sql.length - longest;
  return el("section", { class: "details" }, [
    detailsHeading([`Statement ${rank}`, way === undefined && drawBadge(noPlan)], () =>
      events.close(),
    ),
    el("div", { class: "buttons" }, [
      button("Open plan", () => events.openPlan(), { class: "primary" }, icon("join")),
      button("Copy", () => events.copy(sql), {}, icon("copy")),
    ]),
    el("pre", { class: "sql", tabindex: 0, dir: "ltr", "aria-label": "Statement" }, [
      elide(sql, longest),
    ]),
    rest > 0 &&
      el("p", { class: "dim" }, [`${plural(rest, "character", "characters")} more: Copy has all.`]),
    el("h3", {}, ["Worst finding"]),
    drawWorst(statement, events),
    findings > 1 &&
      el("p", { class: "dim" }, [
        `${plural(findings - 1, "other finding", "other findings")}: open the plan to see them.`,
      ]),
    el("h3", {}, ["Tries"]),
    drawAttempts(attempts),
    factList(factsOf(statement, allMs)),
  ]);
}

function drawWorst({ way, worst }: WorkloadStatement, events: DetailEvents): HTMLElement {
  if (worst === undefined) {
    const why = way === undefined ? "There is no plan to judge." : "No rule found anything wrong.";
    return el("p", { class: "dim" }, [why]);
  }
  return drawFindings([worst], { copy: (text) => events.copy(text), actions: () => [] });
}

function drawAttempts(attempts: readonly PlanAttempt[]): HTMLElement {
  if (attempts.length === 0) return el("p", { class: "dim" }, ["None: its plan was at hand."]);
  return el(
    "ol",
    { class: "attempts" },
    attempts.map((attempt) => {
      const { failure } = attempt;
      const mark =
        failure === undefined ? icon("ok", "severity-ok") : icon("critical", "severity-critical");
      return el("li", {}, [
        el("span", { class: "attempt" }, [
          mark,
          el("span", { class: "visually-hidden" }, [
            failure === undefined ? "worked: " : "failed: ",
          ]),
          attemptText(attempt),
        ]),
        failure && el("p", { dir: "auto" }, [elide(failure.message, 1000)]),
        failure?.engineCode !== undefined &&
          el("p", { class: "dim" }, ["Code ", foreign(failure.engineCode)]),
        failure?.hint !== undefined && el("p", { dir: "auto" }, [elide(failure.hint, 1000)]),
      ]);
    }),
  );
}

/** Why the server tells nothing of its statements, and the statement that changes that. */
export function drawMissing(missing: Unavailable, copy: (text: string) => void): HTMLElement {
  return el("section", { class: "missing", "aria-label": "Not available" }, [
    el("h2", {}, ["The server does not tell on which statements it spends its time"]),
    el("ul", {}, [el("li", {}, drawUnavailable(missing, copy))]),
  ]);
}
