// How heavy each step is by a number that the user chose. Heat is a level from 0 to 4 with the number in words and
// the part of the whole, so that colour is never the only sign. Pure.
import type { PlanBuffers, PlanNode } from "../../protocol/generated/ts/protocol.js";
import { cost, duration, grouped, percent, rows } from "../shared/format.js";
import type { PlanNodes } from "./nodes.js";

export type MetricId = "time" | "cost" | "rows" | "estimate" | "read" | "pages";

export interface Metric {
  readonly id: MetricId;
  readonly label: string;
  /** Of the step without its inputs; absent when the server did not say. */
  value(node: PlanNode): number | undefined;
  text(value: number): string;
}

export interface Heat {
  /** 0 cool to 4 hot. */
  readonly level: number;
  /** 0 to 1: how long its bar is. */
  readonly share: number;
  readonly text: string;
  /** Fewer rows than planned: as wrong as more of them, and another mistake. */
  readonly below: boolean;
}

const readPages = ({ sharedRead = 0, localRead = 0, tempRead = 0 }: PlanBuffers) =>
  sharedRead + localRead + tempRead;
const touchedPages = (pages: PlanBuffers) =>
  readPages(pages) + (pages.sharedHit ?? 0) + (pages.localHit ?? 0);
const pagesText = (count: number) => `${rows(count)} ${count === 1 ? "page" : "pages"}`;

export const metrics: readonly Metric[] = [
  { id: "time", label: "Own time", value: (node) => node.selfMs, text: duration },
  { id: "cost", label: "Own cost", value: (node) => node.selfCost, text: (v) => `cost ${cost(v)}` },
  {
    id: "rows",
    label: "Rows out",
    value: (node) => node.actualRows ?? node.estimatedRows,
    text: (count) => `${rows(count)} ${count === 1 ? "row" : "rows"}`,
  },
  { id: "estimate", label: "Estimate off", value: (node) => node.estimateRatio, text: factorText },
  {
    id: "read",
    label: "Pages read",
    value: ({ selfBuffers }) => selfBuffers && readPages(selfBuffers),
    text: pagesText,
  },
  {
    id: "pages",
    label: "Pages touched",
    value: ({ selfBuffers }) => selfBuffers && touchedPages(selfBuffers),
    text: pagesText,
  },
];

export const metric = (id: MetricId): Metric => metrics.find((m) => m.id === id) as Metric;

/** `▲ 13×`: thirteen times more rows than planned; `▼` fewer. */
export function factorText(ratio: number): string {
  const factor = ratio < 1 ? 1 / ratio : ratio;
  if (factor < 1.1) return "as planned";
  const size = factor < 10 ? String(Math.round(factor * 10) / 10) : grouped(Math.round(factor));
  return `${ratio < 1 ? "▼" : "▲"} ${size}×`;
}

/** Those by which some step differs from nothing. */
export function knownMetrics(nodes: PlanNodes): Metric[] {
  return metrics.filter((by) => nodes.steps.some(({ node }) => (by.value(node) ?? 0) > 0));
}

/** The lower bounds of the levels 1 to 4: parts of the whole, or factors. */
export const shareLevels = [0.02, 0.1, 0.25, 0.5] as const;
export const factorLevels = [2, 10, 100, 1000] as const;

const levelOf = (value: number, bounds: readonly number[]) =>
  bounds.filter((bound) => value >= bound).length;

/** Words for each level, coolest first. */
export function legend(id: MetricId): string[] {
  if (id === "estimate") {
    return ["< 2×", ...factorLevels.map((bound) => `≥ ${grouped(bound)}×`)];
  }
  return ["< 2 %", ...shareLevels.map((bound) => `≥ ${percent(bound)}`)];
}

const cold: Heat = { level: 0, share: 0, text: "", below: false };

export function heats(nodes: PlanNodes, by: Metric): Map<number, Heat> {
  const values = nodes.steps.map(({ node }) => Math.max(0, by.value(node) ?? 0));
  // Rows pass through many steps: their sum means nothing, the most of them does.
  const whole =
    by.id === "rows"
      ? values.reduce((a, b) => Math.max(a, b), 0)
      : values.reduce((a, b) => a + b, 0);
  const made = new Map<number, Heat>();
  nodes.steps.forEach(({ node }, i) => {
    const value = by.value(node);
    if (value === undefined) made.set(node.id, cold);
    else if (by.id === "estimate") made.set(node.id, estimateHeat(value));
    else
      made.set(node.id, shareHeat(by, node, whole > 0 ? (values[i] as number) / whole : 0, value));
  });
  return made;
}

function shareHeat(by: Metric, node: PlanNode, share: number, value: number): Heat {
  const about = node.approximate === true && by.id !== "cost" ? "≈ " : "";
  const part = by.id === "rows" ? "" : ` · ${percent(share)}`;
  const text = about + by.text(value) + part;
  return { level: levelOf(share, shareLevels), share: Math.min(1, share), text, below: false };
}

function estimateHeat(ratio: number): Heat {
  const factor = ratio < 1 ? 1 / ratio : ratio;
  const level = levelOf(factor, factorLevels);
  const share = Math.min(1, Math.log10(factor) / 4);
  return { level, share, text: factorText(ratio), below: level > 0 && ratio < 1 };
}

/** For each step the sum of the metric over it and all below, in pre-order; of estimates the worst factor. */
export function inclusive(nodes: PlanNodes, by: Metric): number[] {
  const off = by.id === "estimate";
  const own = (node: PlanNode) => {
    const value = by.value(node);
    if (value === undefined) return 0;
    return off ? Math.max(value, 1 / value) : Math.max(0, value);
  };
  const sums = nodes.steps.map(({ node }) => own(node));
  for (let i = sums.length - 1; i > 0; --i) {
    const above = nodes.steps[i]?.parent?.order ?? 0;
    const [a, b] = [sums[above] as number, sums[i] as number];
    sums[above] = off ? Math.max(a, b) : a + b;
  }
  return sums;
}

/**
 * The steps below which nothing matters: with all below them less than this part of the whole (0 to 1), and none
 * of `marked` among them. Of estimates: none off by a factor of 2.
 */
export function harmless(
  nodes: PlanNodes,
  by: Metric,
  part: number,
  marked: ReadonlySet<number>,
): number[] {
  const sums = inclusive(nodes, by);
  const limit = by.id === "estimate" ? factorLevels[0] : part * (sums[0] ?? 0);
  const found: number[] = [];
  for (let i = 1; i < nodes.steps.length; ++i) {
    const step = nodes.steps[i];
    if (step === undefined || step.below === 0 || (sums[i] as number) >= limit) continue;
    if (nodes.subtree(step).some(({ node }) => marked.has(node.id))) continue;
    found.push(step.node.id);
    i += step.below;
  }
  return found;
}
