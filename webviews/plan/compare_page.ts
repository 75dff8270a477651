// Two plans of a statement beside each other: the verdict on top, matched steps selected together, and a list of what
// changed.
import type {
  PlanChange,
  PlanChangeKind,
  PlanComparison,
  PlanOutcome,
  PlanTree,
} from "../../protocol/generated/ts/protocol.js";
import { banner, type Mood } from "../shared/banner.js";
import type { Bridge, ViewConnection } from "../shared/bridge.js";
import { connectionMark } from "../shared/connection_mark.js";
import { button, el, elide, foreign, liveRegion, setText } from "../shared/dom.js";
import { cost, duration, plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { changeBadge } from "./card.js";
import {
  changesBy,
  comparisonText,
  countKinds,
  differenceName,
  factorWords,
  marksOf,
  type Side,
} from "./compare.js";
import type { MetricId } from "./heat.js";
import { drawLegend, heatChoice } from "./legend.js";
import { PlanModel } from "./model.js";
import { TreeMode } from "./tree.js";

export interface PlansToCompare extends Partial<ViewConnection> {
  comparison?: PlanComparison;
  before: PlanTree;
  after: PlanTree;
}

/** What stands around two plans when they are an answer of the plan page. */
export interface Around {
  readonly title: string;
  /** What the two are called. */
  readonly sides: readonly [string, string];
  readonly notes: readonly HTMLElement[];
  readonly tools: readonly HTMLElement[];
  readonly comparison?: PlanComparison;
}

const alone: Around = {
  title: "Plan before and after",
  sides: ["Before", "After"],
  notes: [],
  tools: [],
};

interface ComparedPlans extends PlansToCompare {
  comparison: PlanComparison;
}

interface Pane {
  readonly model: PlanModel;
  readonly tree: TreeMode;
  readonly changes: Map<number, PlanChange>;
}

const moods: Record<PlanOutcome, Mood> = {
  better: "ok",
  worse: "warning",
  same: "info",
  unclear: "info",
};

/** More lines than this are for nobody; the trees show every step. */
const mostLines = 500;

export class ComparePage {
  private readonly panes_: Record<Side, Pane>;
  private readonly lines_ = new Map<PlanChange, HTMLElement>();
  private readonly legend_ = el("div", { class: "legend-line" });
  private readonly live_ = liveRegion();

  constructor(
    bridge: Bridge,
    private readonly plans_: ComparedPlans,
    root: HTMLElement,
    { title, sides, notes, tools: given }: Around = alone,
    mark: HTMLElement = connectionMark(bridge, plans_),
  ) {
    const { comparison, before, after } = plans_;
    this.panes_ = { before: this.pane("before"), after: this.pane("after") };
    const { verdict } = comparison;
    const copy = () => bridge.action("copy", { text: comparisonText(comparison) });
    const tools = [
      ...given,
      heatChoice(this.panes_.after.model, (id) => this.chooseMetric(id)),
      button("Copy", copy, {}, icon("copy")),
    ];
    const trees = el("div", { class: "pair" }, [
      this.section(sides[0], before, this.panes_.before),
      this.section(sides[1], after, this.panes_.after),
    ]);
    root.replaceChildren(
      el("div", { class: "bar" }, [el("h1", {}, [title]), el("div", { class: "tools" }, tools)]),
      banner(moods[verdict.outcome], el("span", { class: "verdict" }, [verdict.text])),
      ...notes,
      el("main", {}, [
        el("div", { class: "body" }, [trees, this.legend_]),
        el("aside", { "aria-label": "Changes" }, this.drawChanges()),
      ]),
      el("footer", {}, [el("span", { class: "headline" }, [summary(comparison)]), mark]),
      this.live_,
    );
    this.legend_.replaceChildren(drawLegend(this.panes_.after.model));
    this.select("after", after.root.id, false);
  }

  private pane(side: Side): Pane {
    const { comparison } = this.plans_;
    const marks = marksOf(comparison, side);
    const model = new PlanModel(this.plans_[side], [], undefined, marks);
    const tree = new TreeMode(
      model,
      {
        select: (id, focus) => this.select(side, id, focus),
        toggle: (id) => {
          model.toggle(id);
          tree.update(true);
        },
        search: () => undefined,
      },
      side === "before" ? "Plan before" : "Plan after",
    );
    return { model, tree, changes: changesBy(comparison, side) };
  }

  private section(title: string, tree: PlanTree, pane: Pane): HTMLElement {
    const { root } = tree;
    const facts = [`${tree.engine} ${tree.version}`.trim()];
    if (root.totalMs !== undefined) facts.push(duration(root.totalMs));
    if (root.totalCost !== undefined) facts.push(`cost ${cost(root.totalCost)}`);
    return el("section", { class: "pane", "aria-label": title }, [
      el("h2", {}, [title, " ", el("span", { class: "dim" }, [facts.join(" · ")])]),
      pane.tree.element,
    ]);
  }

  /** Selects a step, the one it became, and the line that tells of them. */
  private select(side: Side, id: number, focus: boolean): void {
    const { model, tree, changes } = this.panes_[side];
    model.select(id);
    tree.update(focus);
    const change = changes.get(id);
    const other = side === "before" ? this.panes_.after : this.panes_.before;
    const match = side === "before" ? change?.afterId : change?.beforeId;
    if (match !== undefined) {
      other.model.select(match);
      other.tree.update(false);
    }
    if (change !== undefined) this.mark(change);
  }

  private mark(change: PlanChange): void {
    for (const [of, line] of this.lines_) {
      const isIt = of === change;
      line.setAttribute("aria-current", String(isIt));
      if (isIt) line.scrollIntoView({ block: "nearest" });
    }
    setText(this.live_, `${change.kind}: ${change.text}`);
  }

  private chooseMetric(id: MetricId): void {
    for (const { model, tree } of Object.values(this.panes_)) {
      model.chooseMetric(id);
      tree.update(false);
    }
    this.legend_.replaceChildren(drawLegend(this.panes_.after.model));
  }

  private drawChanges(): HTMLElement[] {
    const { changes } = this.plans_.comparison;
    const items = changes.slice(0, mostLines).map((change) => ({
      kind: change.kind,
      element: this.drawChange(change),
    }));
    const filters = countKinds(changes).map(({ kind, count }) => {
      const same = items.filter((item) => item.kind === kind);
      return filterButton(kind, count, (shown) => {
        for (const { element } of same) element.hidden = !shown;
      });
    });
    const left = changes.length - items.length;
    return [
      el("h2", {}, ["Changes"]),
      el("div", { class: "filters" }, filters),
      el(
        "ul",
        { class: "changes" },
        items.map(({ element }) => element),
      ),
      ...(left > 0 ? [el("p", { class: "dim" }, [`and ${plural(left, "more", "more")}`])] : []),
    ];
  }

  private drawChange(change: PlanChange): HTMLElement {
    const { kind, text, differences } = change;
    const badge = changeBadge(kind) ?? el("span", { class: "badge" }, [kind]);
    const head = el(
      "button",
      { class: "finding-head", type: "button" },
      [badge, el("span", { class: "finding-title" }, [elide(text, 400)])],
      { click: () => this.choose(change) },
    );
    this.lines_.set(change, head);
    return el("li", { class: "finding" }, [
      head,
      differences.length > 0 &&
        el("details", {}, [
          el("summary", {}, [plural(differences.length, "difference", "differences")]),
          el(
            "dl",
            {},
            differences.flatMap(({ name, before, after, ratio }) => [
              el("dt", {}, [differenceName(name)]),
              el("dd", {}, [
                foreign(before ?? "–"),
                " → ",
                foreign(after ?? "–"),
                ratio === undefined ? null : el("b", {}, [` ${factorWords(ratio)}`]),
              ]),
            ]),
          ),
        ]),
    ]);
  }

  private choose({ beforeId, afterId }: PlanChange): void {
    if (afterId !== undefined) this.select("after", afterId, false);
    else if (beforeId !== undefined) this.select("before", beforeId, false);
  }
}

function summary({ changes }: PlanComparison): string {
  return countKinds(changes)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(" · ");
}

/** Steps that stayed as they were are hidden at first, unless there is nothing else. */
function filterButton(
  kind: PlanChangeKind,
  count: number,
  show: (shown: boolean) => void,
): HTMLElement {
  const set = (shown: boolean) => {
    pressed.setAttribute("aria-pressed", String(shown));
    show(shown);
  };
  const pressed = el("button", { type: "button", class: "filter" }, [`${count} ${kind}`], {
    click: () => set(pressed.getAttribute("aria-pressed") !== "true"),
  });
  set(kind !== "same");
  return pressed;
}
