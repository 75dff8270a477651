// The drawn tree from afar: nodes as coloured spots on a canvas, when cards would be too small to read and too many
// to be elements. The minimap is the same picture, whole, with a frame around what the view shows.
import { el } from "../shared/dom.js";
import { type Colours, themeColours } from "./colours.js";
import {
  type Box,
  type Layout,
  nodeHeight,
  nodesIn,
  nodeWidth,
  type PlacedNode,
} from "./layout.js";
import type { PlanModel } from "./model.js";

/** From the world to the canvas. */
interface Mapping {
  readonly x: number;
  readonly y: number;
  readonly kx: number;
  readonly ky: number;
}

/** Runs what is beside the matter once what matters was painted. */
export function afterFrame(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
}

/** Sizes a canvas for the screen's real pixels and gives its context, cleared. */
function prepare(canvas: HTMLCanvasElement, width: number, height: number) {
  const sharp = window.devicePixelRatio;
  const [w, h] = [Math.round(width * sharp), Math.round(height * sharp)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext("2d");
  context?.setTransform(sharp, 0, 0, sharp, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

/** One path a colour: thousands of fills cost more than thousands of rectangles. */
export function paintSpots(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  nodes: readonly PlacedNode[],
  model: PlanModel,
  at: Mapping,
): void {
  const context = prepare(canvas, size.width, size.height);
  if (context === null) return;
  const colours = themeColours();
  paintLinks(context, nodes, at, colours.link);
  const groups = new Map<string, Path2D>();
  for (const { node, x, y } of nodes) {
    const colour = spotColour(model, node.id, colours);
    let path = groups.get(colour);
    if (path === undefined) groups.set(colour, (path = new Path2D()));
    const [w, h] = [Math.max(1.5, nodeWidth * at.kx), Math.max(1.5, nodeHeight * at.ky)];
    path.rect(x * at.kx + at.x, y * at.ky + at.y, w, h);
  }
  for (const [colour, path] of groups) {
    context.fillStyle = colour;
    context.fill(path);
  }
}

function spotColour(model: PlanModel, id: number, colours: Colours): string {
  if (id === model.selected) return colours.selected;
  if (model.found.has(id)) return colours.found;
  const { heat } = model.facts(id);
  return heat.below ? colours.below : (colours.heat[heat.level] as string);
}

function paintLinks(
  context: CanvasRenderingContext2D,
  nodes: readonly PlacedNode[],
  at: Mapping,
  colour: string,
): void {
  context.beginPath();
  for (const { parent, x, y } of nodes) {
    if (parent === undefined) continue;
    context.moveTo((x + nodeWidth / 2) * at.kx + at.x, y * at.ky + at.y);
    const parentX = (parent.x + nodeWidth / 2) * at.kx + at.x;
    context.lineTo(parentX, (parent.y + nodeHeight) * at.ky + at.y);
  }
  context.strokeStyle = colour;
  context.globalAlpha = 0.5;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = 1;
}

const mapWidth = 168;
const mapHeight = 104;
const pad = 6;
const highestSpot = 14;
/** Of each axis: who sees so much needs no map. */
const mostInView = 0.6;

/** The whole plan in a corner. Each axis has its own scale: plans are far wider than high, or the reverse. */
export class Minimap {
  readonly element: HTMLElement;
  private readonly canvas_ = el("canvas", { "aria-hidden": "true" });
  private readonly frame_ = el("div", { class: "minimap-frame", "aria-hidden": "true" });
  private mapping_: Mapping = { x: 0, y: 0, kx: 1, ky: 1 };
  private bounds_: Box = { left: 0, top: 0, right: 0, bottom: 0 };

  /** `centre` puts a point of the world in the middle of the view, `pan` moves the view by parts of itself. */
  constructor(
    private readonly centre_: (x: number, y: number) => void,
    pan: (x: number, y: number) => void,
  ) {
    const label = "Map of the plan: the arrows move the view";
    const attributes = { class: "minimap", role: "group", tabindex: 0, "aria-label": label };
    this.element = el("div", { ...attributes, hidden: true }, [this.canvas_, this.frame_]);
    this.element.addEventListener("pointerdown", (event) => {
      this.element.setPointerCapture(event.pointerId);
      this.point(event);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) this.point(event);
    });
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [0.5, 0],
      ArrowRight: [-0.5, 0],
      ArrowUp: [0, 0.5],
      ArrowDown: [0, -0.5],
    };
    this.element.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (step === undefined) return;
      pan(...step);
      event.preventDefault();
    });
  }

  paint(layout: Layout, model: PlanModel): void {
    const { left, top, right, bottom } = layout.bounds;
    this.bounds_ = layout.bounds;
    const kx = (mapWidth - 2 * pad) / (right - left);
    const ky = Math.min((mapHeight - 2 * pad) / (bottom - top), highestSpot / nodeHeight);
    this.mapping_ = { x: pad - left * kx, y: pad - top * ky, kx, ky };
    const size = { width: mapWidth, height: mapHeight };
    paintSpots(this.canvas_, size, nodesIn(layout, layout.bounds), model, this.mapping_);
  }

  /** Shows which part of the world is in view; hidden when most of it is. */
  frame(bounds: Box, seen: Box): void {
    const part = (from: number, to: number, least: number, most: number) =>
      (Math.min(to, most) - Math.max(from, least)) / (most - least);
    this.element.hidden =
      part(seen.left, seen.right, bounds.left, bounds.right) > mostInView &&
      part(seen.top, seen.bottom, bounds.top, bounds.bottom) > mostInView;
    const { x, y, kx, ky } = this.mapping_;
    const clip = (value: number, most: number) => Math.max(0, Math.min(most, value));
    const left = clip(seen.left * kx + x, mapWidth - 4);
    const top = clip(seen.top * ky + y, mapHeight - 4);
    this.frame_.style.transform = `translate(${left}px, ${top}px)`;
    this.frame_.style.width = `${Math.max(4, clip(seen.right * kx + x, mapWidth) - left)}px`;
    this.frame_.style.height = `${Math.max(4, clip(seen.bottom * ky + y, mapHeight) - top)}px`;
  }

  private point(event: PointerEvent): void {
    const area = this.canvas_.getBoundingClientRect();
    const { x, y, kx, ky } = this.mapping_;
    const { left, top, right, bottom } = this.bounds_;
    const within = (value: number, least: number, most: number) =>
      Math.max(least, Math.min(most, value));
    this.centre_(
      within((event.clientX - area.left - x) / kx, left, right),
      within((event.clientY - area.top - y) / ky, top, bottom),
    );
  }
}
