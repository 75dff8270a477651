// The drawn plan: nodes as HTML cards and links as SVG paths on one surface that d3-zoom moves. Only what the
// viewport sees has elements, so a thousand steps cost what fifty do.
import { type Selection, select } from "d3-selection";
import { linkVertical } from "d3-shape";
import { type D3ZoomEvent, zoom, type ZoomBehavior, zoomIdentity } from "d3-zoom";
import type { ExplainResult, PlanNode } from "../../protocol/generated/ts/protocol.js";
import { el, foreign, iconButton } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import {
  ancestors,
  type Direction,
  effortText,
  firstView,
  fitView,
  type Layout,
  layoutTree,
  linksIn,
  linkWidth,
  neighbour,
  nodeFacts,
  type NodeFacts,
  nodeHeight,
  nodesIn,
  nodeWidth,
  objectText,
  panToShow,
  type PlacedNode,
  rowsText,
  type View,
  worldBox,
} from "./layout.js";
import { severityBadge } from "./side.js";
import { Tooltip } from "./tooltip.js";

export interface TreeEvents {
  select(node: PlanNode): void;
  search(): void;
}

const directions: Record<string, Direction> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

export class PlanTreeView {
  readonly element: HTMLElement;
  private readonly world_ = el("div", { class: "world" });
  private readonly links_: Selection<SVGGElement, unknown, null, undefined>;
  private readonly surface_ = el("div", {
    class: "surface",
    role: "tree",
    "aria-label": "Plan",
  });
  private readonly zoom_: ZoomBehavior<HTMLDivElement, unknown>;
  private readonly tooltip_ = new Tooltip();
  private readonly cards_ = new Map<number, HTMLElement>();
  private readonly collapsed_ = new Set<number>();
  private readonly facts_: Map<number, NodeFacts>;
  private found_ = new Set<number>();
  private layout_: Layout;
  private view_: View = { x: 0, y: 0, k: 1 };
  private selected_: number;
  private placed_ = false;

  constructor(
    private readonly result_: ExplainResult,
    private readonly events_: TreeEvents,
  ) {
    const root = result_.tree.root;
    this.selected_ = root.id;
    this.facts_ = nodeFacts(result_);
    this.layout_ = layoutTree(root, this.collapsed_);
    const surface = select<HTMLDivElement, unknown>(this.surface_);
    const svg = surface.append("svg").attr("class", "links").attr("aria-hidden", "true");
    this.links_ = svg.append("g");
    this.surface_.append(this.world_, this.tooltip_.element);
    this.zoom_ = zoom<HTMLDivElement, unknown>()
      .scaleExtent([0.05, 2.5])
      .on("zoom", (event: D3ZoomEvent<HTMLDivElement, unknown>) => this.zoomed(event.transform));
    surface.call(this.zoom_).on("dblclick.zoom", null);
    this.element = el("div", { class: "tree-view" }, [this.surface_, this.buttons()]);
    this.surface_.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.resized()).observe(this.surface_);
  }

  /** Selects a node, opens what hides it, brings it into view. */
  show(id: number, focus: boolean): void {
    const hiding = ancestors(this.result_.tree.root, id).filter((a) => this.collapsed_.delete(a));
    if (hiding.length > 0) this.relayout();
    const at = this.layout_.byId.get(id);
    if (at === undefined) return;
    this.selected_ = id;
    const { clientWidth, clientHeight } = this.surface_;
    if (clientWidth > 0) this.moveTo(panToShow(this.view_, at, clientWidth, clientHeight));
    this.paint();
    if (focus) this.cards_.get(id)?.focus({ preventScroll: true });
    this.events_.select(at.node);
  }

  get selected(): number {
    return this.selected_;
  }

  setFound(ids: readonly number[]): void {
    this.found_ = new Set(ids);
    this.repaint();
  }

  fit(): void {
    const { clientWidth, clientHeight } = this.surface_;
    this.moveTo(fitView(this.layout_.bounds, clientWidth, clientHeight));
  }

  private buttons(): HTMLElement {
    const scale = (factor: number) => () =>
      select<HTMLDivElement, unknown>(this.surface_).call((s) => this.zoom_.scaleBy(s, factor));
    return el("div", { class: "zoom-buttons" }, [
      iconButton("Zoom in (+)", icon("plus"), scale(1.3)),
      iconButton("Zoom out (−)", icon("minus"), scale(1 / 1.3)),
      iconButton("Fit (0)", icon("fit"), () => this.fit()),
    ]);
  }

  private resized(): void {
    const { clientWidth, clientHeight } = this.surface_;
    if (clientWidth === 0) return;
    if (!this.placed_) {
      this.placed_ = true;
      this.moveTo(firstView(this.layout_.bounds, clientWidth, clientHeight));
    }
    this.paint();
  }

  private moveTo(view: View): void {
    const transform = zoomIdentity.translate(view.x, view.y).scale(view.k);
    select<HTMLDivElement, unknown>(this.surface_).call((s) => this.zoom_.transform(s, transform));
  }

  private zoomed(view: View): void {
    this.view_ = { x: view.x, y: view.y, k: view.k };
    this.world_.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
    this.links_.attr("transform", `translate(${view.x},${view.y}) scale(${view.k})`);
    this.tooltip_.hide();
    this.paint();
  }

  private relayout(): void {
    this.layout_ = layoutTree(this.result_.tree.root, this.collapsed_);
    this.repaint();
  }

  private repaint(): void {
    for (const card of this.cards_.values()) card.remove();
    this.cards_.clear();
    this.paint();
  }

  private paint(): void {
    const { clientWidth, clientHeight } = this.surface_;
    if (clientWidth === 0) return;
    const box = worldBox(this.view_, clientWidth, clientHeight, 100 / this.view_.k);
    this.paintLinks(linksIn(this.layout_, box));
    const seen = nodesIn(this.layout_, box);
    const ids = new Set(seen.map((placed) => placed.node.id));
    for (const [id, card] of this.cards_) {
      if (ids.has(id)) continue;
      if (card === document.activeElement) continue; // keep the keyboard's place while panning
      card.remove();
      this.cards_.delete(id);
    }
    for (const placed of seen) this.paintCard(placed);
  }

  private paintLinks(children: PlacedNode[]): void {
    const path = linkVertical<PlacedNode, [number, number]>()
      .source((child) => [child.x + nodeWidth / 2, child.y])
      .target((child) => [
        (child.parent as PlacedNode).x + nodeWidth / 2,
        (child.parent as PlacedNode).y + nodeHeight,
      ]);
    this.links_
      .selectAll<SVGPathElement, PlacedNode>("path")
      .data(children, (child) => String(child.node.id))
      .join("path")
      .attr("d", (child) => path(child))
      .attr("stroke-width", (child) => linkWidth(child.node));
  }

  private paintCard(placed: PlacedNode): void {
    const { node } = placed;
    let card = this.cards_.get(node.id);
    if (card === undefined) {
      card = this.createCard(placed);
      this.cards_.set(node.id, card);
      this.world_.append(card);
    }
    const isSelected = node.id === this.selected_;
    card.classList.toggle("selected", isSelected);
    card.setAttribute("aria-selected", String(isSelected));
    card.tabIndex = isSelected ? 0 : -1;
  }

  private createCard(placed: PlacedNode): HTMLElement {
    const { node } = placed;
    const facts = this.facts_.get(node.id) as NodeFacts;
    const severity = facts.severity;
    const names = ["card", `is-${severity ?? "fine"}`];
    if (node.neverExecuted === true) names.push("never");
    if (this.found_.has(node.id)) names.push("found");
    const card = el(
      "div",
      {
        class: names.join(" "),
        role: "treeitem",
        "aria-level": placed.depth + 1,
        "aria-expanded": node.children.length === 0 ? undefined : !placed.collapsed,
        "aria-label": this.label(node, facts),
        "data-node": node.id,
      },
      [
        el("div", { class: "card-head" }, [
          icon(node.category),
          foreign(node.operation, "operation"),
          severity !== undefined && severityBadge(severity),
        ]),
        el("div", { class: "card-object" }, [foreign(objectText(node))]),
        el("div", { class: "card-numbers" }, [
          el("span", {}, [rowsText(node)]),
          el("span", {}, [effortText(node, facts.share)]),
        ]),
      ],
      {
        click: () => this.show(node.id, true),
        dblclick: () => this.toggle(node.id),
        pointerenter: () => this.tooltip_.show(node, facts, card),
        pointerleave: () => this.tooltip_.hide(),
      },
    );
    card.style.transform = `translate(${placed.x}px, ${placed.y}px)`;
    const bar = el("div", { class: "share" });
    bar.style.width = `${facts.share * 100}%`;
    card.append(bar);
    if (node.children.length > 0) card.append(this.toggleButton(placed));
    return card;
  }

  private toggleButton(placed: PlacedNode): HTMLElement {
    const label = placed.collapsed
      ? `Show ${placed.hiddenNodes} steps below`
      : "Hide the steps below";
    const text = placed.collapsed ? `+${placed.hiddenNodes}` : "−";
    return el("button", { class: "toggle", type: "button", tabindex: -1, title: label }, [text], {
      click: (event) => {
        event.stopPropagation();
        this.toggle(placed.node.id);
      },
    });
  }

  private label(node: PlanNode, facts: NodeFacts): string {
    const parts = [node.operation, objectText(node), rowsText(node), effortText(node, facts.share)];
    for (const finding of facts.findings) parts.push(`${finding.severity}: ${finding.title}`);
    return parts
      .filter((part) => part !== "")
      .join(", ")
      .slice(0, 500);
  }

  private toggle(id: number): void {
    const at = this.layout_.byId.get(id);
    if (at === undefined || at.node.children.length === 0) return;
    if (!this.collapsed_.delete(id)) this.collapsed_.add(id);
    // The node under the pointer stays where it is while the rest moves.
    const before = { x: at.x * this.view_.k + this.view_.x, y: at.y * this.view_.k + this.view_.y };
    this.relayout();
    const after = this.layout_.byId.get(id) as PlacedNode;
    const { k } = this.view_;
    this.moveTo({ x: before.x - after.x * k, y: before.y - after.y * k, k });
    this.show(id, true);
  }

  private key(event: KeyboardEvent): void {
    const from = this.layout_.byId.get(this.selected_);
    const direction = directions[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || from === undefined) return;
    if (direction !== undefined) this.show(neighbour(this.layout_, from, direction).node.id, true);
    else if (event.key === "Enter" || event.key === " ") this.toggle(this.selected_);
    else if (event.key === "Home") this.show(this.result_.tree.root.id, true);
    else if (event.key === "/") this.events_.search();
    else if (event.key === "0") this.fit();
    else if (event.key === "+" || event.key === "=") this.scaleBy(1.3);
    else if (event.key === "-") this.scaleBy(1 / 1.3);
    else return;
    event.preventDefault();
  }

  private scaleBy(factor: number): void {
    select<HTMLDivElement, unknown>(this.surface_).call((s) => this.zoom_.scaleBy(s, factor));
  }
}
