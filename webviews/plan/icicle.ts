// The plan as an icicle (a flame graph from above): a bar a step, as wide as its part of time, cost, rows or pages
// with all that lies below it. A double click or Enter fills the width with a step, Escape goes back to the whole.
import { el, foreign } from "../shared/dom.js";
import { percent } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { heatClass, stepLabel } from "./card.js";
import { metric, type MetricId } from "./heat.js";
import { type Bar, barsIn, layoutIcicle, widthMetrics } from "./icicle_layout.js";
import type { PlanEvents, PlanMode, PlanModel } from "./model.js";
import type { Step } from "./nodes.js";

const barHeight = 28;
/** Pixels: narrower bars are seen by nobody, and a large plan has thousands of them. */
const narrowest = 2;
/** Pixels: narrower bars have no room for words. */
const narrow = 26;

export class IcicleMode implements PlanMode {
  readonly element: HTMLElement;
  private readonly bars_ = el("div", { class: "icicle-bars", role: "tree", "aria-label": "Plan" });
  private readonly scroller_ = el("div", { class: "icicle-scroller" }, [this.bars_]);
  private readonly path_ = el("div", { class: "icicle-head" });
  private readonly drawn_ = new Map<number, HTMLElement>();
  private layout_: Bar[] = [];
  private top_: Step;
  private drawnRevision_ = -1;

  constructor(
    private readonly model_: PlanModel,
    private readonly events_: PlanEvents,
    private by_: MetricId,
    private readonly chosen_: (by: MetricId) => void,
  ) {
    this.top_ = model_.nodes.steps[0] as Step;
    this.element = el("div", { class: "icicle-view" }, [this.path_, this.scroller_]);
    this.scroller_.addEventListener("scroll", () => this.paint());
    new ResizeObserver(() => this.paint()).observe(this.scroller_);
    this.bars_.addEventListener("keydown", (event) => this.key(event));
    this.relayout();
  }

  update(focus: boolean): void {
    const { selectedStep } = this.model_;
    const isOutside =
      !this.model_.nodes.subtree(this.top_).includes(selectedStep) &&
      !this.model_.nodes.ancestors(this.top_).includes(selectedStep);
    if (isOutside) this.zoomTo(this.model_.nodes.steps[0] as Step);
    if (this.drawnRevision_ !== this.model_.revision) this.clear();
    this.drawnRevision_ = this.model_.revision;
    this.reveal(selectedStep);
    this.paint();
    if (focus) this.drawn_.get(this.model_.selected)?.focus({ preventScroll: true });
  }

  private relayout(): void {
    this.layout_ = layoutIcicle(this.model_.nodes, metric(this.by_), this.top_);
    const deepest = this.layout_.reduce((most, { level }) => Math.max(most, level), 0);
    this.bars_.style.height = `${(deepest + 1) * barHeight}px`;
    this.drawHead();
    this.clear();
    this.paint();
  }

  private clear(): void {
    for (const bar of this.drawn_.values()) bar.remove();
    this.drawn_.clear();
  }

  private zoomTo(step: Step): void {
    this.top_ = step;
    this.relayout();
  }

  private drawHead(): void {
    const options = widthMetrics
      .filter(({ id }) => this.model_.metrics.some((known) => known.id === id))
      .map(({ id, label }) => el("option", { value: id, selected: id === this.by_ }, [label]));
    const choice = el("select", { "aria-label": "Bars as wide as" }, options, {
      change: () => {
        this.by_ = choice.value as MetricId;
        this.chosen_(this.by_);
        this.relayout();
      },
    });
    const whole = el("button", { type: "button" }, ["Whole plan"], {
      click: () => this.zoomTo(this.model_.nodes.steps[0] as Step),
    });
    whole.disabled = this.top_.parent === undefined;
    const measure = options.length > 1 ? [el("label", {}, ["Width ", choice])] : [];
    this.path_.replaceChildren(...measure, whole);
  }

  private reveal({ depth }: Step): void {
    const { scrollTop, clientHeight } = this.scroller_;
    const at = depth * barHeight;
    if (at < scrollTop) this.scroller_.scrollTop = at;
    else if (at + barHeight > scrollTop + clientHeight)
      this.scroller_.scrollTop = at + barHeight - clientHeight;
  }

  private paint(): void {
    const { scrollTop, clientHeight, clientWidth } = this.scroller_;
    if (clientWidth === 0) return;
    const levels = {
      first: Math.floor(scrollTop / barHeight) - 1,
      last: Math.ceil((scrollTop + clientHeight) / barHeight) + 1,
    };
    const seen = barsIn(this.layout_, levels, narrowest / clientWidth, this.model_.selected);
    const ids = new Set(seen.map(({ step }) => step.node.id));
    for (const [id, element] of this.drawn_) {
      if (ids.has(id)) continue;
      element.remove();
      this.drawn_.delete(id);
    }
    for (const bar of seen) this.paintBar(bar);
  }

  private paintBar(bar: Bar): void {
    const { id } = bar.step.node;
    let element = this.drawn_.get(id);
    if (element === undefined) {
      element = this.createBar(bar);
      this.drawn_.set(id, element);
      this.bars_.append(element);
    }
    const isSelected = id === this.model_.selected;
    element.classList.toggle("selected", isSelected);
    element.setAttribute("aria-selected", String(isSelected));
    element.tabIndex = isSelected ? 0 : -1;
  }

  private createBar({ step, left, width, level, share }: Bar): HTMLElement {
    const { node } = step;
    const facts = this.model_.facts(node.id);
    const names = ["icicle-bar", heatClass(facts)];
    if (node.neverExecuted === true) names.push("never");
    if (this.model_.found.has(node.id)) names.push("found");
    const isNarrow = width * this.scroller_.clientWidth < narrow;
    if (isNarrow) names.push("narrow");
    const { severity } = facts;
    const name =
      node.relation === undefined ? node.operation : `${node.operation} ${node.relation}`;
    const bar = el(
      "div",
      {
        class: names.join(" "),
        role: "treeitem",
        "aria-level": step.depth + 1,
        "aria-posinset": (step.parent?.node.children.indexOf(node) ?? 0) + 1,
        "aria-setsize": step.parent?.node.children.length ?? 1,
        "aria-expanded": step.below === 0 ? undefined : true,
        "aria-label": `${stepLabel(step, this.model_)}, ${percent(share)} with inputs`,
        title: `${name} · ${percent(share)} with inputs · ${facts.heat.text}`.slice(0, 400),
        "data-node": node.id,
      },
      isNarrow
        ? []
        : [
            severity !== undefined && icon(severity, `severity-${severity}`),
            foreign(name),
            el("span", { class: "bar-share" }, [percent(share)]),
          ],
      {
        click: () => this.events_.select(node.id, true),
        dblclick: () => this.zoomTo(step),
      },
    );
    bar.style.left = `${left * 100}%`;
    bar.style.width = `${width * 100}%`;
    bar.style.top = `${level * barHeight}px`;
    return bar;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { selectedStep: step } = this.model_;
    const siblings = step.parent?.node.children ?? [step.node];
    const at = siblings.indexOf(step.node);
    const go = (node: { id: number } | undefined) =>
      node !== undefined && this.events_.select(node.id, true);
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(step.node.children[0]),
      ArrowUp: () => go(step.parent?.node),
      ArrowLeft: () => go(siblings[at - 1]),
      ArrowRight: () => go(siblings[at + 1]),
      Home: () => go(this.model_.tree.root),
      Enter: () => this.zoomAndFocus(step),
      " ": () => this.zoomAndFocus(step),
      Escape: () => this.zoomAndFocus(this.model_.nodes.steps[0] as Step),
      "/": () => this.events_.search(),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
  }

  private zoomAndFocus(step: Step): void {
    this.zoomTo(step);
    this.drawn_.get(this.model_.selected)?.focus({ preventScroll: true });
  }
}
