// The plan as a table: one line a step, indented, columns that no step fills left out. A tree grid: up and down go
// from step to step, left and right fold and unfold.
import type { PlanNode } from "../../protocol/generated/ts/protocol.js";
import { el, foreign } from "../shared/dom.js";
import { cost, duration, grouped, rows } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { changeBadge, heatClass } from "./card.js";
import { severityBadge } from "../shared/badge.js";
import { factorText } from "./heat.js";
import type { PlanEvents, PlanMode, PlanModel } from "./model.js";
import type { Step } from "./nodes.js";
import { RowsView } from "./rows_view.js";
import { subjectText } from "./words.js";

interface Column {
  readonly title: string;
  text(node: PlanNode): string;
}

const given = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? "" : format(value);
/** What was measured, marked when it was averaged. */
const measured = (
  node: PlanNode,
  value: number | undefined,
  format: (value: number) => string,
): string => given(value, (v) => (node.approximate === true ? "≈ " : "") + format(v));

const columns: readonly Column[] = [
  { title: "Rows planned", text: (node) => given(node.estimatedRows, rows) },
  {
    title: "Rows",
    text: (node) => (node.neverExecuted === true ? "never" : measured(node, node.actualRows, rows)),
  },
  { title: "Estimate", text: (node) => given(node.estimateRatio, factorText) },
  { title: "Rows read", text: (node) => measured(node, node.actualRead, rows) },
  { title: "Removed", text: (node) => measured(node, node.rowsRemoved, rows) },
  { title: "Loops", text: (node) => given(node.loops, grouped) },
  { title: "Own time", text: (node) => measured(node, node.selfMs, duration) },
  { title: "Time", text: (node) => measured(node, node.totalMs, duration) },
  { title: "Own cost", text: (node) => given(node.selfCost, cost) },
  { title: "Cost", text: (node) => given(node.totalCost, cost) },
  { title: "Pages hit", text: (node) => given(node.buffers?.sharedHit, rows) },
  { title: "Pages read", text: (node) => given(node.buffers?.sharedRead, rows) },
];

export class TableMode implements PlanMode {
  readonly element: HTMLElement;
  private readonly columns_: readonly Column[];
  private readonly rows_: RowsView;
  private steps_: Step[] = [];

  constructor(
    private readonly model_: PlanModel,
    private readonly events_: PlanEvents,
  ) {
    const { steps } = model_.nodes;
    this.columns_ = columns.filter((column) => steps.some(({ node }) => column.text(node) !== ""));
    const draw = (row: number) => this.drawRow(row);
    this.rows_ = new RowsView(
      { rowHeight: 26, count: () => this.steps_.length, draw },
      "table-view",
      this.head(),
    );
    this.element = this.rows_.element;
    this.element.setAttribute("role", "treegrid");
    this.element.setAttribute("aria-label", "Plan as table");
    this.element.setAttribute("aria-colcount", String(this.columns_.length + 3));
    this.element.style.setProperty("--columns", String(this.columns_.length));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  update(focus: boolean): void {
    this.steps_ = this.model_.nodes.visible(this.model_.collapsed);
    this.element.setAttribute("aria-rowcount", String(this.steps_.length + 1));
    this.rows_.redraw();
    const at = this.steps_.indexOf(this.model_.selectedStep);
    this.rows_.reveal(at);
    if (focus) this.rows_.row(at)?.focus({ preventScroll: true });
  }

  private head(): HTMLElement {
    const titles = ["Step", "Object", "Heat", ...this.columns_.map((c) => c.title)];
    return el(
      "div",
      { class: "table-head", role: "row", "aria-rowindex": 1 },
      titles.map((title) => el("span", { role: "columnheader" }, [title])),
    );
  }

  private drawRow(row: number): HTMLElement {
    const step = this.steps_[row] as Step;
    const { node } = step;
    const facts = this.model_.facts(node.id);
    const isSelected = node.id === this.model_.selected;
    const isCollapsed = this.model_.collapsed.has(node.id);
    const names = ["table-row", heatClass(facts)];
    if (isSelected) names.push("selected");
    if (node.neverExecuted === true) names.push("never");
    if (this.model_.found.has(node.id)) names.push("found");
    const bar = el("span", { class: "heat-bar" });
    bar.style.width = `${facts.heat.share * 100}%`;
    const cell = (className: string, ...children: Parameters<typeof el>[2] & object) =>
      el("span", { role: "gridcell", class: className }, children);
    return el(
      "div",
      {
        class: names.join(" "),
        role: "row",
        tabindex: isSelected ? 0 : -1,
        "aria-level": step.depth + 1,
        "aria-rowindex": row + 2,
        "aria-selected": isSelected,
        "aria-expanded": step.below === 0 ? undefined : !isCollapsed,
        "data-node": node.id,
      },
      [
        cell(
          "step-cell",
          this.indent(step, isCollapsed),
          icon(node.category),
          foreign(node.operation, "operation"),
          isCollapsed && el("span", { class: "dim" }, [`+${step.below}`]),
          changeBadge(this.model_.marks.get(node.id)),
          facts.severity !== undefined && severityBadge(facts.severity),
        ),
        cell("object-cell", foreign(subjectText(node))),
        cell("heat-cell", bar, el("span", {}, [facts.heat.text])),
        ...this.columns_.map((column) => cell("number", column.text(node))),
      ],
      {
        click: () => this.events_.select(node.id, true),
        dblclick: () => this.events_.toggle(node.id),
      },
    );
  }

  private indent(step: Step, isCollapsed: boolean): HTMLElement {
    const twist = step.below === 0 ? null : icon(isCollapsed ? "expand" : "collapse");
    const indent = el("span", { class: "indent" }, [twist], {
      click: (event) => {
        if (step.below === 0) return;
        event.stopPropagation();
        this.events_.toggle(step.node.id);
      },
    });
    // Deeper than this the names would leave the column; the level is told by aria-level and the path upwards.
    indent.style.marginInlineStart = `${Math.min(step.depth, 14) * 14}px`;
    return indent;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { selectedStep: step, collapsed } = this.model_;
    const at = this.steps_.indexOf(step);
    const page = Math.max(1, Math.floor(this.element.clientHeight / 26) - 2);
    const go = (row: number) => {
      const next = this.steps_[Math.max(0, Math.min(this.steps_.length - 1, row))] as Step;
      this.events_.select(next.node.id, true);
    };
    const isOpen = step.below > 0 && !collapsed.has(step.node.id);
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      PageDown: () => go(at + page),
      PageUp: () => go(at - page),
      Home: () => go(0),
      End: () => go(this.steps_.length - 1),
      ArrowRight: () =>
        step.below > 0 && !isOpen ? this.events_.toggle(step.node.id) : go(at + 1),
      ArrowLeft: () =>
        isOpen || step.parent === undefined
          ? this.events_.toggle(step.node.id)
          : this.events_.select(step.parent.node.id, true),
      Enter: () => this.events_.toggle(step.node.id),
      " ": () => this.events_.toggle(step.node.id),
      "/": () => this.events_.search(),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
  }
}
