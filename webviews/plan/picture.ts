// The drawn plan as a picture for a file: shapes made once from a layout, written as SVG or painted on a canvas for
// PNG. An image of the SVG would need a source that the page's policy forbids. Everything but `paintPng` is pure.
import { linkVertical } from "d3-shape";
import type { Colours } from "./colours.js";
import { type Box, type Layout, nodeHeight, nodeWidth, type PlacedNode } from "./layout.js";
import type { PlanModel } from "./model.js";
import { linkWidth, rowsText, subjectText } from "./words.js";

export type Shape =
  | {
      kind: "rect";
      x: number;
      y: number;
      width: number;
      height: number;
      fill: string;
      stroke?: string;
      dashed?: boolean;
    }
  | { kind: "path"; d: string; stroke: string; width: number }
  | {
      kind: "text";
      x: number;
      y: number;
      text: string;
      fill: string;
      size: number;
      bold?: boolean;
    };

export interface Picture {
  readonly bounds: Box;
  readonly background: string;
  readonly shapes: readonly Shape[];
}

const margin = 20;
const font = "sans-serif";

/** So much of a text as fits: letters of a sans-serif are about 0.56 of their size wide. */
function fitted(text: string, width: number, size: number): string {
  const most = Math.max(1, Math.floor(width / (size * 0.56)));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

export function drawPicture(layout: Layout, model: PlanModel, colours: Colours): Picture {
  const { left, top, right, bottom } = layout.bounds;
  const shapes = layout.nodes.flatMap((placed) => linkShape(placed, colours));
  for (const placed of layout.nodes) shapes.push(...cardShapes(placed, model, colours));
  return {
    bounds: {
      left: left - margin,
      top: top - margin,
      right: right + margin,
      bottom: bottom + margin,
    },
    background: colours.background,
    shapes,
  };
}

function linkShape(placed: PlacedNode, colours: Colours): Shape[] {
  const { parent } = placed;
  if (parent === undefined) return [];
  const d = linkVertical<PlacedNode, [number, number]>()
    .source(({ x, y }) => [x + nodeWidth / 2, y])
    .target(() => [parent.x + nodeWidth / 2, parent.y + nodeHeight])(placed);
  if (d === null) return [];
  return [{ kind: "path", d, stroke: colours.link, width: linkWidth(placed.node) }];
}

function cardShapes({ node, x, y }: PlacedNode, model: PlanModel, colours: Colours): Shape[] {
  const { heat, severity } = model.facts(node.id);
  const colour = heat.below ? colours.below : (colours.heat[heat.level] as string);
  const inner = nodeWidth - 24;
  const line = (row: number, text: string, fill: string, more = {}): Shape => ({
    kind: "text",
    x: x + 12,
    y: y + 20 + row * 21,
    text,
    fill,
    size: 13,
    ...more,
  });
  const title = severity === undefined ? node.operation : `${node.operation}  [${severity}]`;
  const numbers = [rowsText(node), heat.text].filter((text) => text !== "").join("   ");
  return [
    {
      kind: "rect",
      x,
      y,
      width: nodeWidth,
      height: nodeHeight,
      fill: colours.card,
      stroke: colours.border,
      dashed: node.neverExecuted === true,
    },
    {
      kind: "rect",
      x,
      y: y + nodeHeight - 5,
      width: nodeWidth * heat.share,
      height: 5,
      fill: colour,
    },
    line(0, fitted(title, inner, 13), colours.text, { bold: true }),
    line(1, fitted(subjectText(node), inner, 12), colours.dim, { size: 12 }),
    line(2, fitted(numbers, inner, 12), colours.text, { size: 12 }),
  ];
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for XML: escaped, without the control characters that XML 1.0 does not allow at all. */
function xml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "�")
    .replace(/[&<>"]/g, (sign) => escapes[sign] as string);
}

const round = (value: number) => Math.round(value * 10) / 10;

function shapeXml(shape: Shape): string {
  if (shape.kind === "path") {
    const width = round(shape.width);
    return `<path d="${xml(shape.d)}" fill="none" stroke="${xml(shape.stroke)}" stroke-width="${width}"/>`;
  }
  if (shape.kind === "text") {
    const weight = shape.bold === true ? ' font-weight="600"' : "";
    const place = `x="${round(shape.x)}" y="${round(shape.y)}"`;
    return `<text ${place} font-size="${shape.size}"${weight} fill="${xml(shape.fill)}">${xml(shape.text)}</text>`;
  }
  const size = `width="${round(shape.width)}" height="${round(shape.height)}"`;
  const stroke = shape.stroke === undefined ? "" : ` rx="4" stroke="${xml(shape.stroke)}"`;
  const dashes = shape.dashed === true ? ' stroke-dasharray="4 3"' : "";
  return `<rect x="${round(shape.x)}" y="${round(shape.y)}" ${size} fill="${xml(shape.fill)}"${stroke}${dashes}/>`;
}

export function toSvg({ bounds, background, shapes }: Picture): string {
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top].map(Math.ceil);
  const box = `${Math.floor(bounds.left)} ${Math.floor(bounds.top)} ${width} ${height}`;
  const paper: Shape = {
    kind: "rect",
    x: bounds.left,
    y: bounds.top,
    width: bounds.right - bounds.left,
    height: bounds.bottom - bounds.top,
    fill: background,
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box}" font-family="${font}">`,
    ...[paper, ...shapes].map(shapeXml),
    "</svg>\n",
  ].join("\n");
}

/** Chromium makes no larger canvas than this: 16,384 pixels a side. Larger plans get smaller, not cut. */
const mostPixels = 16_000;

/** A PNG as base64, twice as fine as the screen where it can be. */
export function paintPng({ bounds, background, shapes }: Picture): string {
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
  const scale = Math.min(2, mostPixels / width, mostPixels / height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext("2d");
  if (context === null) return "";
  context.fillStyle = background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, -bounds.left * scale, -bounds.top * scale);
  for (const shape of shapes) paintShape(context, shape);
  return canvas.toDataURL("image/png").split(",")[1] ?? "";
}

function paintShape(context: CanvasRenderingContext2D, shape: Shape): void {
  if (shape.kind === "path") {
    context.strokeStyle = shape.stroke;
    context.lineWidth = shape.width;
    context.stroke(new Path2D(shape.d));
  } else if (shape.kind === "text") {
    context.fillStyle = shape.fill;
    context.font = `${shape.bold === true ? "600 " : ""}${shape.size}px ${font}`;
    context.fillText(shape.text, shape.x, shape.y);
  } else {
    context.fillStyle = shape.fill;
    context.fillRect(shape.x, shape.y, shape.width, shape.height);
    if (shape.stroke === undefined) return;
    context.strokeStyle = shape.stroke;
    context.lineWidth = 1;
    context.setLineDash(shape.dashed === true ? [4, 3] : []);
    context.strokeRect(shape.x, shape.y, shape.width, shape.height);
    context.setLineDash([]);
  }
}
