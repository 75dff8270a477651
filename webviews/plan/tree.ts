// The drawn plan: nodes as HTML cards and links as SVG paths on one surface that d3-zoom moves. Only what the
// viewport sees has elements, so ten thousand steps cost what fifty do; from afar, where nobody could read a card,
// nodes are spots on a canvas.
import { type Selection, select } from "d3-selection";
import { linkVertical } from "d3-shape";
import { type D3ZoomEvent, zoom, type ZoomBehavior, zoomIdentity } from "d3-zoom";
import { el, iconButton } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { drawCard } from "./card.js";
import {
  type Direction,
  firstView,
  fitView,
  type Layout,
  layoutTree,
  linksIn,
  neighbour,
  nodeAt,
  nodeHeight,
  nodesIn,
  nodeWidth,
  panToShow,
  type PlacedNode,
  type View,
  worldBox,
} from "./layout.js";
import type { PlanEvents, PlanMode, PlanModel } from "./model.js";
import { afterFrame, Minimap, paintSpots } from "./overview.js";
import { Tooltip } from "./tooltip.js";
import { linkWidth } from "./words.js";

const directions: Record<string, Direction> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** Below this zoom cards become spots. */
const readable = 0.3;

/** In less room the map would hide the plan. */
const leastForMap = { width: 520, height: 240 };

export class TreeMode implements PlanMode {
  readonly element: HTMLElement;
  private readonly world_ = el("div", { class: "world", role: "presentation" });
  private readonly spots_ = el("canvas", { class: "spots", "aria-hidden": "true" });
  private readonly links_: Selection<SVGGElement, unknown, null, undefined>;
  private readonly surface_: HTMLDivElement;
  private readonly zoom_: ZoomBehavior<HTMLDivElement, unknown>;
  private readonly tooltip_ = new Tooltip();
  private readonly map_ = new Minimap(
    (x, y) => this.centre(x, y),
    (x, y) => this.pan(x, y),
  );
  private readonly cards_ = new Map<number, HTMLElement>();
  private layout_: Layout;
  private laidOutFor_: ReadonlySet<number>;
  private view_: View = { x: 0, y: 0, k: 1 };
  private placed_ = false;
  /** Of the surface, as the observer last told: asking the element would lay out the page each time. */
  private size_ = { width: 0, height: 0 };
  private mapDue_ = true;
  private drawnRevision_ = 0;

  constructor(
    private readonly model_: PlanModel,
    private readonly events_: PlanEvents,
    label = "Plan",
  ) {
    this.laidOutFor_ = model_.collapsed;
    this.layout_ = layoutTree(model_.tree.root, model_.collapsed);
    this.surface_ = el("div", { class: "surface", role: "tree", "aria-label": label });
    const surface = select<HTMLDivElement, unknown>(this.surface_);
    const svg = surface.append("svg").attr("class", "links").attr("aria-hidden", "true");
    this.links_ = svg.append("g");
    this.surface_.append(this.spots_, this.world_, this.tooltip_.element);
    this.zoom_ = zoom<HTMLDivElement, unknown>().on(
      "zoom",
      (event: D3ZoomEvent<HTMLDivElement, unknown>) => this.zoomed(event.transform),
    );
    surface.call(this.zoom_).on("dblclick.zoom", null);
    this.element = el("div", { class: "tree-view" }, [
      this.surface_,
      this.map_.element,
      this.buttons(),
    ]);
    this.surface_.addEventListener("keydown", (event) => this.key(event));
    this.spots_.addEventListener("click", (event) => this.clickSpot(event));
    new ResizeObserver(() => this.resized()).observe(this.surface_);
  }

  update(focus: boolean): void {
    if (this.laidOutFor_ !== this.model_.collapsed) this.relayout();
    const at = this.layout_.byId.get(this.model_.selected);
    const { width, height } = this.size_;
    if (this.drawnRevision_ !== this.model_.revision) {
      this.drawnRevision_ = this.model_.revision;
      for (const card of this.cards_.values()) card.remove();
      this.cards_.clear();
    }
    this.mapDue_ = true;
    if (at !== undefined && width > 0 && this.placed_)
      this.moveTo(panToShow(this.view_, at, width, height));
    if (focus) this.cards_.get(this.model_.selected)?.focus({ preventScroll: true });
  }

  /** Where everything is, for a picture of it. */
  get layout(): Layout {
    return this.layout_;
  }

  private buttons(): HTMLElement {
    return el("div", { class: "zoom-buttons" }, [
      iconButton("Zoom in (+)", icon("plus"), () => this.scaleBy(1.3)),
      iconButton("Zoom out (−)", icon("minus"), () => this.scaleBy(1 / 1.3)),
      iconButton("Fit (0)", icon("fit"), () => this.fit()),
    ]);
  }

  private fit(): void {
    const { width, height } = this.size_;
    this.moveTo(fitView(this.layout_.bounds, width, height));
  }

  private resized(): void {
    const { clientWidth: width, clientHeight: height } = this.surface_;
    const { width: before } = this.size_;
    this.size_ = { width, height };
    if (width === 0) return;
    const fit = fitView(this.layout_.bounds, width, height);
    this.zoom_.scaleExtent([Math.min(0.05, fit.k), 2.5]);
    // What is in the middle stays there: something came beside the tree, or went.
    const aside = before === 0 ? 0 : (width - before) / 2;
    if (this.placed_) return this.moveTo({ ...this.view_, x: this.view_.x + aside });
    this.placed_ = true;
    const first = firstView(this.layout_.bounds, width, height);
    const selected = this.layout_.byId.get(this.model_.selected) as PlacedNode;
    this.moveTo(panToShow(first, selected, width, height));
  }

  private moveTo(view: View): void {
    const transform = zoomIdentity.translate(view.x, view.y).scale(view.k);
    select<HTMLDivElement, unknown>(this.surface_).call((s) => this.zoom_.transform(s, transform));
  }

  private centre(x: number, y: number): void {
    const { k } = this.view_;
    const { width, height } = this.size_;
    this.moveTo({ x: width / 2 - x * k, y: height / 2 - y * k, k });
  }

  private pan(x: number, y: number): void {
    const { width, height } = this.size_;
    const { view_: view } = this;
    this.moveTo({ x: view.x + x * width, y: view.y + y * height, k: view.k });
  }

  private zoomed(view: View): void {
    this.view_ = { x: view.x, y: view.y, k: view.k };
    this.world_.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
    this.links_.attr("transform", `translate(${view.x},${view.y}) scale(${view.k})`);
    this.tooltip_.hide();
    this.paint();
  }

  /** The selected node stays where it is while the rest moves. */
  private relayout(): void {
    const before = this.layout_.byId.get(this.model_.selected);
    this.laidOutFor_ = this.model_.collapsed;
    this.layout_ = layoutTree(this.model_.tree.root, this.model_.collapsed);
    const after = this.layout_.byId.get(this.model_.selected);
    if (before === undefined || after === undefined || !this.placed_) return;
    const { x, y, k } = this.view_;
    this.moveTo({ x: x + (before.x - after.x) * k, y: y + (before.y - after.y) * k, k });
  }

  private paint(): void {
    const { width, height } = this.size_;
    if (width === 0) return;
    const far = this.view_.k < readable;
    const box = worldBox(this.view_, width, height, far ? 0 : 100 / this.view_.k);
    const seen = nodesIn(this.layout_, box);
    this.spots_.hidden = !far;
    if (far) {
      const { x, y, k } = this.view_;
      paintSpots(this.spots_, { width, height }, seen, this.model_, { x, y, kx: k, ky: k });
    }
    this.paintLinks(far ? [] : linksIn(this.layout_, box));
    this.paintCards(far ? [] : seen);
    this.paintMap(worldBox(this.view_, width, height, 0));
  }

  private paintMap(seen: ReturnType<typeof worldBox>): void {
    const { width, height } = this.size_;
    if (width < leastForMap.width || height < leastForMap.height) {
      this.map_.element.hidden = true;
      return;
    }
    this.map_.frame(this.layout_.bounds, seen);
    if (this.map_.element.hidden || !this.mapDue_) return;
    this.mapDue_ = false;
    afterFrame(() => {
      this.map_.paint(this.layout_, this.model_);
      this.map_.frame(
        this.layout_.bounds,
        worldBox(this.view_, this.size_.width, this.size_.height, 0),
      );
    });
  }

  private paintCards(seen: readonly PlacedNode[]): void {
    // The selected one is always there: it is where the keyboard is.
    const selected = this.layout_.byId.get(this.model_.selected);
    const shown = new Map(seen.map((placed) => [placed.node.id, placed]));
    if (selected !== undefined) shown.set(selected.node.id, selected);
    for (const [id, card] of this.cards_) {
      if (shown.has(id)) continue;
      card.remove();
      this.cards_.delete(id);
    }
    for (const placed of shown.values()) this.paintCard(placed);
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
      .attr("class", ({ node: { role } }) =>
        role === "subplan" || role === "initplan" ? role : "",
      )
      .attr("stroke-width", (child) => linkWidth(child.node));
  }

  private paintCard(placed: PlacedNode): void {
    const { id } = placed.node;
    let card = this.cards_.get(id);
    if (card === undefined) {
      card = this.createCard(placed);
      this.cards_.set(id, card);
      this.world_.append(card);
    }
    const isSelected = id === this.model_.selected;
    card.classList.toggle("selected", isSelected);
    card.setAttribute("aria-selected", String(isSelected));
    card.tabIndex = isSelected ? 0 : -1;
  }

  private createCard(placed: PlacedNode): HTMLElement {
    const { id } = placed.node;
    return drawCard(placed, this.model_, {
      select: () => this.events_.select(id, true),
      toggle: () => this.events_.toggle(id),
      enter: (card) => this.tooltip_.show(placed.node, this.model_, card),
      leave: () => this.tooltip_.hide(),
    });
  }

  private clickSpot(event: MouseEvent): void {
    const { x, y, k } = this.view_;
    const at = nodeAt(this.layout_, (event.offsetX - x) / k, (event.offsetY - y) / k);
    if (at !== undefined) this.events_.select(at.node.id, true);
  }

  private key(event: KeyboardEvent): void {
    const { selected } = this.model_;
    const from = this.layout_.byId.get(selected);
    const direction = directions[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || from === undefined) return;
    if (direction !== undefined)
      this.events_.select(neighbour(this.layout_, from, direction).node.id, true);
    else if (event.key === "Enter" || event.key === " ") this.events_.toggle(selected);
    else if (event.key === "Home") this.events_.select(this.model_.tree.root.id, true);
    else if (event.key === "End")
      this.events_.select((this.layout_.nodes.at(-1) as PlacedNode).node.id, true);
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
