// What the rules found, worst first: how sure, what it costs, what to do, and behind a disclosure what it rests on.
import type { Finding, Remedy, Severity } from "../../protocol/generated/ts/protocol.js";
import { severityBadge } from "./badge.js";
import { factList } from "./details.js";
import { button, el, elide, foreign } from "./dom.js";
import { duration, percent, plural, rows } from "./format.js";
import { icon, type IconName } from "./icons.js";

/** Something to do about a finding here. */
export interface Action {
  readonly label: string;
  readonly icon: IconName;
  readonly title?: string;
  run(): void;
}

export interface FindingEvents {
  /** Absent where the plan is not beside them. */
  steps?: { choose(nodeId: number): void; nameOf(nodeId: number): string };
  copy(text: string): void;
  /** Of a remedy, or of the finding itself. */
  actions(finding: Finding, remedy?: Remedy): readonly Action[];
}

const severities: readonly Severity[] = ["critical", "warning", "info"];

/** The list with a button for each severity that occurs: unpressed, its findings are hidden. */
export function drawFindings(findings: readonly Finding[], events: FindingEvents): HTMLElement {
  if (findings.length === 0) {
    const text = "No rule found anything wrong with this plan.";
    return el("div", { class: "findings" }, [
      el("p", { class: "dim" }, [icon("ok", "severity-ok"), " ", text]),
    ]);
  }
  const items = findings.map((finding) => ({
    severity: finding.severity,
    element: el("li", {}, [drawFinding(finding, events)]),
  }));
  const occurring = severities
    .map((severity) => items.filter((item) => item.severity === severity))
    .filter((same) => same.length > 0);
  return el("div", { class: "findings" }, [
    occurring.length > 1 && el("div", { class: "filters" }, occurring.map(filterButton)),
    el(
      "ul",
      {},
      items.map(({ element }) => element),
    ),
  ]);
}

function filterButton(items: readonly { severity: Severity; element: HTMLElement }[]): HTMLElement {
  const severity = items[0]?.severity ?? "info";
  const pressed = el(
    "button",
    { type: "button", class: `filter severity-${severity}`, "aria-pressed": true },
    [icon(severity), `${items.length} ${severity}`],
    {
      click: () => {
        const hide = pressed.getAttribute("aria-pressed") === "true";
        pressed.setAttribute("aria-pressed", String(!hide));
        for (const { element } of items) element.hidden = hide;
      },
    },
  );
  return pressed;
}

function drawFinding(finding: Finding, events: FindingEvents): HTMLElement {
  const { steps } = events;
  const nodeId = steps && finding.nodeId;
  const head = [
    severityBadge(finding.severity),
    el("span", { class: "finding-title" }, [elide(finding.title, 300)]),
  ];
  const line =
    nodeId === undefined
      ? el("div", { class: "finding-head" }, head)
      : el("button", { class: "finding-head", type: "button", "data-finding": nodeId }, head, {
          click: () => steps?.choose(nodeId),
        });
  return el("div", { class: "finding" }, [
    line,
    el("p", { class: "finding-weight dim" }, [
      weightText(finding),
      nodeId !== undefined && el("span", {}, [" · at ", foreign(steps?.nameOf(nodeId) ?? "")]),
    ]),
    findingDetails(finding, events),
  ]);
}

/** How sure it is and what it costs: `certain · 890 ms · 48 % of the time · 2 M rows`. */
export function weightText({ confidence, impact = {} }: Finding): string {
  const { ms, share, rows: count } = impact;
  const parts: string[] = [confidence];
  if (ms !== undefined) parts.push(duration(ms));
  if (share !== undefined)
    parts.push(`${percent(share)} of the ${ms === undefined ? "cost" : "time"}`);
  if (count !== undefined) parts.push(`${rows(count)} ${count === 1 ? "row" : "rows"} for nothing`);
  return parts.join(" · ");
}

function findingDetails(finding: Finding, events: FindingEvents): HTMLElement {
  const { evidence, remedies } = finding;
  return el("details", {}, [
    el("summary", {}, ["Why, and what to do"]),
    el("p", { dir: "auto" }, [elide(finding.message, 4000)]),
    el("p", { dir: "auto" }, [elide(finding.advice, 4000)]),
    drawActions(events.actions(finding)),
    ...remedies.map((remedy) => drawRemedy(finding, remedy, events)),
    evidence.length > 0 &&
      el("details", {}, [
        el("summary", {}, [`Evidence: ${plural(evidence.length, "number", "numbers")}`]),
        factList(evidence.map(({ name, value }) => [name, value])),
      ]),
    el("p", { class: "dim" }, ["Source: ", citationLink(finding)]),
  ]);
}

function drawRemedy(finding: Finding, remedy: Remedy, events: FindingEvents): HTMLElement {
  const { title, sql, tradeOff } = remedy;
  const about = elide(title, 80);
  const copy =
    sql !== undefined &&
    button("Copy SQL", () => events.copy(sql), { "aria-label": `Copy SQL: ${about}` });
  return el("div", { class: "remedy" }, [
    el("p", { class: "remedy-title", dir: "auto" }, [elide(title, 300)]),
    sql !== undefined && el("pre", { class: "sql", dir: "ltr", tabindex: 0 }, [elide(sql, 4000)]),
    drawActions(events.actions(finding, remedy), copy, about),
    tradeOff !== "" && el("p", { class: "dim", dir: "auto" }, ["But: ", elide(tradeOff, 1000)]),
  ]);
}

function drawActions(
  actions: readonly Action[],
  copy: HTMLElement | false = false,
  about?: string,
): HTMLElement | false {
  if (actions.length === 0 && copy === false) return false;
  const draw = ({ label, title, icon: name, ...action }: Action) =>
    button(
      label,
      () => action.run(),
      {
        title: title ?? label,
        "aria-label": about === undefined ? undefined : `${label}: ${about}`,
      },
      icon(name),
    );
  return el("div", { class: "actions" }, [...actions.map(draw), copy]);
}

function citationLink(finding: Finding): HTMLElement {
  const { url, title } = finding.citation;
  // Only a web address becomes a link: the editor opens it in the browser after asking.
  if (!/^https:\/\//.test(url)) return foreign(title);
  return el("a", { href: url }, [elide(title, 200)]);
}
