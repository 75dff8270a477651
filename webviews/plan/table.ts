// The plan as a table: one line a step, indented, columns that no step fills left out.
import type { ExplainResult, PlanNode } from "../../protocol/generated/ts/protocol.js";
import { el, foreign } from "../shared/dom.js";
import { cost, duration, grouped, percent, ratio, rows } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { type NodeFacts, nodeFacts, objectText, visit } from "./layout.js";
import { severityBadge } from "./side.js";

interface TableColumn {
  title: string;
  text(node: PlanNode, facts: NodeFacts): string;
}

const given = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? "" : format(value);

const columns: TableColumn[] = [
  { title: "Rows planned", text: (node) => given(node.estimatedRows, rows) },
  {
    title: "Rows",
    text: (node) => (node.neverExecuted === true ? "never" : given(node.actualRows, rows)),
  },
  { title: "Estimate", text: estimateText },
  { title: "Removed", text: (node) => given(node.rowsRemoved, rows) },
  { title: "Loops", text: (node) => given(node.loops, grouped) },
  { title: "Own time", text: (node) => given(node.selfMs, duration) },
  { title: "Time", text: (node) => given(node.totalMs, duration) },
  { title: "Own cost", text: (node) => given(node.selfCost, cost) },
  { title: "Cost", text: (node) => given(node.totalCost, cost) },
  { title: "Share", text: (_node, facts) => (facts.share === 0 ? "" : percent(facts.share)) },
];

function estimateText(node: PlanNode): string {
  if (node.actualRows === undefined || node.estimatedRows === undefined) return "";
  return ratio(node.estimatedRows, node.actualRows).text.replace(" than planned", "");
}

export function drawTable(result: ExplainResult, choose: (id: number) => void): HTMLElement {
  const facts = nodeFacts(result);
  const nodes: { node: PlanNode; depth: number }[] = [];
  visit(result.tree.root, (node, depth) => nodes.push({ node, depth }));
  const factsOf = (node: PlanNode) => facts.get(node.id) as NodeFacts;
  const shown = columns.filter((c) => nodes.some(({ node }) => c.text(node, factsOf(node)) !== ""));
  const head = ["Step", "Object", ...shown.map((column) => column.title)];
  const body = nodes.map(({ node, depth }) => drawRow(node, depth, factsOf(node), shown, choose));
  return el("div", { class: "table-view" }, [
    el("table", {}, [
      el("thead", {}, [
        el(
          "tr",
          {},
          head.map((title) => el("th", { "data-title": title }, [title])),
        ),
      ]),
      el("tbody", {}, body),
    ]),
  ]);
}

function drawRow(
  node: PlanNode,
  depth: number,
  facts: NodeFacts,
  shown: readonly TableColumn[],
  choose: (id: number) => void,
): HTMLElement {
  const indent = el("span", { class: "indent" });
  indent.style.width = `${depth * 16}px`;
  const step = el(
    "button",
    { class: "link step", type: "button" },
    [icon(node.category), foreign(node.operation)],
    {
      click: () => choose(node.id),
    },
  );
  const badge = facts.severity === undefined ? null : severityBadge(facts.severity);
  return el("tr", { "data-node": node.id }, [
    el("td", { class: "step-cell" }, [el("div", {}, [indent, step, badge])]),
    el("td", { class: "object-cell" }, [foreign(objectText(node))]),
    ...shown.map((column) => el("td", { class: "number" }, [column.text(node, facts)])),
  ]);
}
