// What the plan view computes without a DOM: where nodes and links are drawn, which of them a viewport sees,
// how heavy a step is, what a node's lines say. Engine-neutral: it knows only the protocol's PlanTree.
import { hierarchy, tree as tidyTree } from "d3-hierarchy";
import type {
  ExplainResult,
  Finding,
  PlanNode,
  PlanTree,
  Severity,
} from "../../protocol/generated/ts/protocol.js";
import { cost, duration, percent, ratio, rows } from "../shared/format.js";

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

export function countNodes(root: PlanNode): number {
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

/** Where an arrow key leads: up to the parent, down to the first input, sideways along the same depth. */
export function neighbour(layout: Layout, from: PlacedNode, direction: Direction): PlacedNode {
  if (direction === "up") return from.parent ?? from;
  if (direction === "down") return layout.nodes.find((n) => n.parent === from) ?? from;
  const level = layout.nodes.filter((n) => n.depth === from.depth).sort((a, b) => a.x - b.x);
  const at = level.indexOf(from);
  return level[direction === "left" ? at - 1 : at + 1] ?? from;
}

export interface NodeFacts {
  /** Worst finding about the node. */
  severity: Severity | undefined;
  findings: Finding[];
  /** 0 to 1: its own part of the whole plan's time, or cost when not measured. */
  share: number;
}

const rank: Record<Severity, number> = { info: 1, warning: 2, critical: 3 };

export function nodeFacts(result: ExplainResult): Map<number, NodeFacts> {
  const facts = new Map<number, NodeFacts>();
  const measured = result.tree.analyzed;
  const own = (node: PlanNode) => (measured ? node.selfMs : node.selfCost) ?? 0;
  const total = sum(result.tree.root, own);
  visit(result.tree.root, (node) => {
    const findings = result.findings.filter((finding) => finding.nodeId === node.id);
    facts.set(node.id, {
      severity: worst(findings),
      findings,
      share: total > 0 ? Math.min(1, own(node) / total) : 0,
    });
  });
  return facts;
}

export function worst(findings: readonly Finding[]): Severity | undefined {
  let found: Severity | undefined;
  for (const { severity } of findings) {
    if (found === undefined || rank[severity] > rank[found]) found = severity;
  }
  return found;
}

export function visit(
  root: PlanNode,
  see: (node: PlanNode, depth: number) => void,
  depth = 0,
): void {
  see(root, depth);
  for (const child of root.children) visit(child, see, depth + 1);
}

function sum(root: PlanNode, value: (node: PlanNode) => number): number {
  return root.children.reduce((total, child) => total + sum(child, value), value(root));
}

/** Second line of a node: what it reads. */
export function objectText(node: PlanNode): string {
  const relation = node.relation ?? "";
  const alias = node.alias !== undefined && node.alias !== relation ? ` ${node.alias}` : "";
  const index = node.index === undefined ? "" : ` · ${node.index}`;
  return `${relation}${alias}${index}`.replace(/^ (· )?/, "");
}

function countOfRows(count: number): string {
  const text = rows(count);
  return `${text} ${text === "1" ? "row" : "rows"}`;
}

/** Third line: how many rows come out. */
export function rowsText(node: PlanNode): string {
  const { actualRows, estimatedRows } = node;
  if (node.neverExecuted === true) return "never executed";
  if (actualRows === undefined) {
    return estimatedRows === undefined ? "" : `${countOfRows(estimatedRows)} planned`;
  }
  if (estimatedRows === undefined) return countOfRows(actualRows);
  const { factor, text } = ratio(estimatedRows, actualRows);
  return countOfRows(actualRows) + (factor < 2 ? "" : ` · ${text.replace(" than planned", "")}`);
}

/** Fourth line: what it costs by itself. */
export function effortText(node: PlanNode, share: number): string {
  if (node.selfMs !== undefined) return `${duration(node.selfMs)} · ${percent(share)}`;
  if (node.selfCost !== undefined) return `cost ${cost(node.selfCost)} · ${percent(share)}`;
  if (node.totalCost !== undefined) return `total cost ${cost(node.totalCost)}`;
  return "";
}

/** Nodes whose texts contain the words, in plan order. */
export function searchNodes(root: PlanNode, text: string): number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const found: number[] = [];
  visit(root, (node) => {
    const texts = [
      node.operation,
      node.relation,
      node.alias,
      node.index,
      node.condition,
      node.filter,
    ];
    if (texts.some((t) => t !== undefined && t.toLowerCase().includes(wanted))) found.push(node.id);
  });
  return found;
}

/** Ids of the nodes above a node, root first. */
export function ancestors(root: PlanNode, id: number): number[] {
  const path: number[] = [];
  const walk = (node: PlanNode): boolean => {
    if (node.id === id) return true;
    path.push(node.id);
    if (node.children.some(walk)) return true;
    path.pop();
    return false;
  };
  return walk(root) ? path : [];
}

/** Width of a link in pixels: a digit more of rows is a bit more. */
export function linkWidth(node: PlanNode): number {
  const count = node.actualRows ?? node.estimatedRows ?? 1;
  return Math.min(10, 1.2 + Math.log10(Math.max(count, 1)));
}

/** The plan in one line. */
export function headline(result: ExplainResult): string {
  const { summary, tree } = result;
  const parts = [`${summary.nodes} ${summary.nodes === 1 ? "step" : "steps"}`];
  if (summary.rows !== undefined)
    parts.push(`${countOfRows(summary.rows)} ${tree.analyzed ? "out" : "planned"}`);
  if (tree.executionMs !== undefined) parts.push(`executed in ${duration(tree.executionMs)}`);
  if (tree.planningMs !== undefined) parts.push(`planned in ${duration(tree.planningMs)}`);
  if (summary.totalCost !== undefined) parts.push(`cost ${cost(summary.totalCost)}`);
  parts.push(tree.analyzed ? "measured" : "estimates only");
  return parts.join(" · ");
}

/** The server's answer, indented when it is JSON that survives indenting unchanged. */
export function rawText(tree: PlanTree): string {
  if (tree.format !== "json" || tree.raw.includes("\n") || /\d{16,}/.test(tree.raw))
    return tree.raw;
  try {
    return JSON.stringify(JSON.parse(tree.raw), null, 2);
  } catch {
    return tree.raw;
  }
}
