// The drawn tree without a DOM: where nodes and links are, which of them a viewport sees, where the arrows lead.
import { hierarchy, tree as tidyTree } from "d3-hierarchy";
import type { PlanNode } from "../../protocol/generated/ts/protocol.js";

export const nodeWidth = 256;
export const nodeHeight = 82;
const gapX = 28;
const gapY = 46;

export interface PlacedNode {
  node: PlanNode;
  parent: PlacedNode | undefined;
  depth: number;
  /** Left upper corner. */
  x: number;
  y: number;
  collapsed: boolean;
  /** Nodes hidden below a collapsed one. */
  hiddenNodes: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Layout {
  nodes: PlacedNode[];
  byId: Map<number, PlacedNode>;
  bounds: Box;
}

/** Places the nodes that are not below a collapsed one: root on top, inputs below, first to last. */
export function layoutTree(root: PlanNode, collapsed: ReadonlySet<number>): Layout {
  const visible = hierarchy(root, (node) => (collapsed.has(node.id) ? [] : node.children));
  const placed = tidyTree<PlanNode>()
    .nodeSize([nodeWidth + gapX, nodeHeight + gapY])
    .separation(() => 1)(visible);
  const byId = new Map<number, PlacedNode>();
  const nodes: PlacedNode[] = [];
  placed.eachBefore((point) => {
    const node = point.data;
    const isCollapsed = collapsed.has(node.id) && node.children.length > 0;
    const result: PlacedNode = {
      node,
      parent: point.parent === null ? undefined : byId.get(point.parent.data.id),
      depth: point.depth,
      x: point.x - nodeWidth / 2,
      y: point.y,
      collapsed: isCollapsed,
      hiddenNodes: isCollapsed ? countNodes(node) - 1 : 0,
    };
    byId.set(node.id, result);
    nodes.push(result);
  });
  return { nodes, byId, bounds: boundsOf(nodes) };
}

function boundsOf(nodes: readonly PlacedNode[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of nodes) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + nodeWidth);
    box.bottom = Math.max(box.bottom, y + nodeHeight);
  }
  return box;
}

function countNodes(root: PlanNode): number {
  return 1 + root.children.reduce((sum, child) => sum + countNodes(child), 0);
}

export interface View {
  x: number;
  y: number;
  k: number;
}

/** The world's part that a screen of this size shows under a zoom. */
export function worldBox(view: View, width: number, height: number, margin: number): Box {
  return {
    left: (0 - view.x) / view.k - margin,
    top: (0 - view.y) / view.k - margin,
    right: (width - view.x) / view.k + margin,
    bottom: (height - view.y) / view.k + margin,
  };
}

export function nodesIn(layout: Layout, box: Box): PlacedNode[] {
  return layout.nodes.filter(
    ({ x, y }) =>
      x < box.right && x + nodeWidth > box.left && y < box.bottom && y + nodeHeight > box.top,
  );
}

/** Links whose bounding box meets the view: also those between two nodes that are both outside. */
export function linksIn(layout: Layout, box: Box): PlacedNode[] {
  return layout.nodes.filter((child) => {
    const parent = child.parent;
    if (parent === undefined) return false;
    const left = Math.min(child.x, parent.x);
    const right = Math.max(child.x, parent.x) + nodeWidth;
    return left < box.right && right > box.left && parent.y < box.bottom && child.y > box.top;
  });
}

/** The zoom that shows everything, never larger than life. */
export function fitView(bounds: Box, width: number, height: number): View {
  const pad = 24;
  const worldWidth = bounds.right - bounds.left;
  const worldHeight = bounds.bottom - bounds.top;
  const k = Math.min(1, (width - 2 * pad) / worldWidth, (height - 2 * pad) / worldHeight);
  const x = (width - worldWidth * k) / 2 - bounds.left * k;
  return { x, y: pad - bounds.top * k, k };
}

/** At the start: everything if it is readable then, else the root at a readable size. */
export function firstView(bounds: Box, width: number, height: number): View {
  const fit = fitView(bounds, width, height);
  const readable = 0.8;
  if (fit.k >= readable) return fit;
  return { x: width / 2, y: 24, k: readable }; // the root's centre is at 0
}

/** The pan that brings a node into view, moving as little as needed. */
export function panToShow(view: View, at: PlacedNode, width: number, height: number): View {
  const pad = 20;
  const left = at.x * view.k + view.x;
  const top = at.y * view.k + view.y;
  const right = left + nodeWidth * view.k;
  const bottom = top + nodeHeight * view.k;
  let { x, y } = view;
  if (left < pad) x += pad - left;
  else if (right > width - pad) x -= right - (width - pad);
  if (top < pad) y += pad - top;
  else if (bottom > height - pad) y -= bottom - (height - pad);
  return { x, y, k: view.k };
}

export type Direction = "up" | "down" | "left" | "right";

/** The node at a point of the world. */
export function nodeAt(layout: Layout, x: number, y: number): PlacedNode | undefined {
  return layout.nodes.find(
    (n) => x >= n.x && x <= n.x + nodeWidth && y >= n.y && y <= n.y + nodeHeight,
  );
}

/** Where an arrow key leads: up to the parent, down to the first input, sideways along the same depth. */
export function neighbour(layout: Layout, from: PlacedNode, direction: Direction): PlacedNode {
  if (direction === "up") return from.parent ?? from;
  if (direction === "down") return layout.nodes.find((n) => n.parent === from) ?? from;
  const level = layout.nodes.filter((n) => n.depth === from.depth).sort((a, b) => a.x - b.x);
  const at = level.indexOf(from);
  return level[direction === "left" ? at - 1 : at + 1] ?? from;
}
