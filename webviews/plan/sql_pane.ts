// The statement of the plan. The names of what steps read are buttons that select them; those of the selected step,
// or of the steps below it when it reads nothing itself, stand out.
import { el, elide } from "../shared/dom.js";
import type { PlanEvents, PlanModel } from "./model.js";
import { sqlParts } from "./source_lines.js";

const longestPart = 20_000;

export class SqlPane {
  readonly element: HTMLElement;
  private readonly names_: { element: HTMLElement; ids: readonly number[] }[] = [];

  constructor(
    private readonly model_: PlanModel,
    private readonly events_: PlanEvents,
  ) {
    const parts = sqlParts(model_.tree.sql, model_.nodes).map(({ text, ids }) =>
      ids.length === 0 ? elide(text, longestPart) : this.name(text, ids),
    );
    this.element = el("section", { class: "sql-pane", "aria-label": "Statement" }, [
      el("pre", { dir: "ltr", tabindex: 0, "aria-label": "Statement" }, parts),
    ]);
  }

  update(): void {
    const step = this.model_.selectedStep;
    const own = new Set([step.node.id]);
    const all =
      step.node.span === undefined
        ? new Set(this.model_.nodes.subtree(step).map(({ node }) => node.id))
        : own;
    for (const { element, ids } of this.names_) {
      const isOwn = ids.some((id) => own.has(id));
      element.classList.toggle("selected", isOwn);
      element.classList.toggle("below", !isOwn && ids.some((id) => all.has(id)));
      element.setAttribute("aria-pressed", String(isOwn));
      if (isOwn) element.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  /** A name that several steps bear leads to the next of them each time. */
  private name(text: string, ids: readonly number[]): HTMLElement {
    const element = el("button", { class: "sql-name", type: "button" }, [elide(text, 400)], {
      click: () => {
        const at = ids.indexOf(this.model_.selected);
        this.events_.select(ids[(at + 1) % ids.length] as number, false);
      },
    });
    this.names_.push({ element, ids });
    return element;
  }
}
