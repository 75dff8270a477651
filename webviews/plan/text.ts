// The plan as text, line by line: the helper's text tree or the server's answer. Lines of the selected step stand
// out; clicking a line of a step selects it.
import { el } from "../shared/dom.js";
import type { PlanEvents, PlanMode, PlanModel } from "./model.js";
import { RowsView } from "./rows_view.js";
import { rawText, sourceLine, textOwners } from "./source_lines.js";

/** Longer lines would be laid out for nobody; copies and files hold them whole. */
const longestLine = 4000;

export interface TextSource {
  readonly label: string;
  readonly text: string;
  /** The step of each line, where one is known. */
  ownerOf(line: number): number | undefined;
  /** The lines of a step, first to last. */
  linesOf(id: number): { first: number; last: number } | undefined;
}

/** The helper's text tree. */
export function treeText(text: string, model: PlanModel): TextSource {
  const owners = textOwners(text.split("\n"), model.nodes);
  const lines = new Map<number, { first: number; last: number }>();
  owners.forEach((owner, line) => {
    if (owner === undefined) return;
    lines.set(owner, { first: lines.get(owner)?.first ?? line, last: line });
  });
  return {
    label: "Plan as text",
    text,
    ownerOf: (line) => owners[line],
    linesOf: (id) => lines.get(id),
  };
}

/** The server's own answer. */
export function serverText(model: PlanModel): TextSource {
  const text = rawText(model.tree);
  const lines = text.split("\n");
  return {
    label: "What the server answered",
    text,
    ownerOf: () => undefined,
    linesOf: (id) => {
      const line = sourceLine(lines, model.nodes, id);
      return line === undefined ? undefined : { first: line, last: line };
    },
  };
}

export class TextMode implements PlanMode {
  readonly element: HTMLElement;
  private readonly lines_: readonly string[];
  private readonly rows_: RowsView;
  private selected_: { first: number; last: number } | undefined;

  constructor(
    private readonly model_: PlanModel,
    private readonly source_: TextSource,
    private readonly events_: PlanEvents,
  ) {
    this.lines_ = source_.text.split("\n");
    const draw = (line: number) => this.drawLine(line);
    this.rows_ = new RowsView(
      { rowHeight: 19, count: () => this.lines_.length, draw },
      "plan-text",
    );
    this.element = this.rows_.element;
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "region");
    this.element.setAttribute("aria-label", source_.label);
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  update(focus: boolean): void {
    this.selected_ = this.source_.linesOf(this.model_.selected);
    this.rows_.redraw();
    if (this.selected_ !== undefined) this.rows_.reveal(this.selected_.first);
    if (focus) this.element.focus({ preventScroll: true });
  }

  private drawLine(line: number): HTMLElement {
    const lines = this.selected_;
    const owner = this.source_.ownerOf(line);
    const names = ["line"];
    const isSelected = lines !== undefined && line >= lines.first && line <= lines.last;
    if (isSelected) names.push("selected");
    if (owner !== undefined) names.push("owned");
    if (owner !== undefined && this.model_.found.has(owner)) names.push("found");
    const text = (this.lines_[line] as string).slice(0, longestLine);
    return el(
      "div",
      { class: names.join(" "), dir: "ltr", "aria-current": isSelected ? "true" : undefined },
      [text === "" ? " " : text],
      { click: () => owner !== undefined && this.events_.select(owner, true) },
    );
  }

  /** Up and down go from step to step where lines have steps; else they scroll as everywhere. */
  private key(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "/") this.events_.search();
    else if (step !== 0 && this.selected_ !== undefined) {
      const next = this.model_.nodes.steps[this.model_.selectedStep.order + step];
      if (next !== undefined) this.events_.select(next.node.id, true);
    } else return;
    event.preventDefault();
  }
}
