// The side panel: findings of the whole plan, and everything known of the selected step.
import type {
  Finding,
  NamedValue,
  PlanNode,
  Severity,
} from "../../protocol/generated/ts/protocol.js";
import { el, elide, foreign } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import type { NodeFacts } from "./layout.js";
import { nodeNumbers } from "./numbers.js";

export function severityBadge(severity: Severity): HTMLElement {
  return el("span", { class: `badge severity-${severity}` }, [icon(severity), severity]);
}

/** The findings, worst first; choosing one selects its step. */
export function drawFindings(
  findings: readonly Finding[],
  choose: (nodeId: number) => void,
): HTMLElement {
  const title = el("h2", {}, [
    findings.length === 0 ? "Findings" : plural(findings.length, "finding", "findings"),
  ]);
  if (findings.length === 0) {
    const text = "No rule found anything wrong with this plan.";
    return el("section", { class: "findings" }, [
      title,
      el("p", { class: "dim" }, [icon("ok", "severity-ok"), " ", text]),
    ]);
  }
  return el("section", { class: "findings" }, [
    title,
    el(
      "ul",
      {},
      findings.map((finding) => el("li", {}, [drawFinding(finding, choose)])),
    ),
  ]);
}

function drawFinding(finding: Finding, choose: (nodeId: number) => void): HTMLElement {
  const { nodeId } = finding;
  const head = [
    severityBadge(finding.severity),
    el("span", { class: "finding-title" }, [elide(finding.title, 300)]),
  ];
  const line =
    nodeId === undefined
      ? el("div", { class: "finding-head" }, head)
      : el("button", { class: "finding-head", type: "button", "data-finding": nodeId }, head, {
          click: () => choose(nodeId),
        });
  return el("div", { class: "finding" }, [line, findingDetails(finding)]);
}

function findingDetails(finding: Finding): HTMLElement {
  const evidence = finding.evidence.length === 0 ? null : drawValues(finding.evidence);
  return el("details", {}, [
    el("summary", {}, ["Why, and what to do"]),
    el("p", { dir: "auto" }, [elide(finding.message, 4000)]),
    el("p", { dir: "auto" }, [elide(finding.advice, 4000)]),
    evidence,
    el("p", { class: "dim" }, ["Source: ", citationLink(finding)]),
  ]);
}

function citationLink(finding: Finding): HTMLElement {
  const { url, title } = finding.citation;
  // Only a web address becomes a link: the editor opens it in the browser after asking.
  if (!/^https:\/\//.test(url)) return foreign(title);
  return el("a", { href: url }, [elide(title, 200)]);
}

/** Everything about one step. */
export function drawDetails(node: PlanNode, facts: NodeFacts): HTMLElement {
  const texts: NamedValue[] = [];
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== "") texts.push({ name, value });
  };
  add("Table", node.relation);
  add("Alias", node.alias);
  add("Index", node.index);
  add("Condition", node.condition);
  add("Filter", node.filter);
  return el("section", { class: "details" }, [
    el("h2", {}, [icon(node.category), foreign(node.operation)]),
    ...facts.findings.map((finding) =>
      el("p", { class: "finding-line" }, [
        severityBadge(finding.severity),
        " ",
        elide(finding.title, 300),
      ]),
    ),
    texts.length > 0 && drawValues(texts),
    drawValues(nodeNumbers(node, facts.share)),
    node.extra.length > 0 && el("h3", {}, ["Everything else the server said"]),
    node.extra.length > 0 && drawValues(node.extra),
  ]);
}

function drawValues(values: readonly NamedValue[]): HTMLElement {
  return el(
    "dl",
    {},
    values.flatMap(({ name, value }) => [
      el("dt", {}, [foreign(name)]),
      el("dd", { class: value.length > 60 ? "long" : "" }, [el("bdi", {}, [elide(value, 4000)])]),
    ]),
  );
}
