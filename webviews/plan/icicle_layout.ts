// The icicle without a DOM: each step a bar below its parent's, as wide as its part of a number with all below it.
// What a step has beyond its inputs is the free space to their right, so its own part is seen too.
import { inclusive, type Metric } from "./heat.js";
import type { PlanNodes, Step } from "./nodes.js";

export interface Bar {
  readonly step: Step;
  /** 0 to 1 of the whole width; may lie outside when another bar is the widest. */
  readonly left: number;
  readonly width: number;
  readonly level: number;
  /** 0 to 1: its part of the whole plan, with all below. */
  readonly share: number;
}

/** By which numbers bars can be as wide: sums over a subtree. A ratio cannot. */
export const widthMetrics = [
  { id: "time", label: "Time" },
  { id: "cost", label: "Cost" },
  { id: "rows", label: "Rows" },
  { id: "pages", label: "Pages" },
] as const;

/** Bars for the plan below `top`, which fills the width, and for those above it, which do too. */
export function layoutIcicle(nodes: PlanNodes, by: Metric, top: Step): Bar[] {
  const sums = inclusive(nodes, by);
  const counted = (sums[0] ?? 0) > 0 ? sums : nodes.steps.map(({ below }) => below + 1);
  const whole = counted[0] ?? 1;
  const bars: Bar[] = nodes
    .ancestors(top)
    .reverse()
    .map((step) => ({
      step,
      left: 0,
      width: 1,
      level: step.depth,
      share: (counted[step.order] ?? 0) / whole,
    }));
  const scale = counted[top.order] ?? 0;
  const next = new Map<Step, number>();
  for (const step of nodes.subtree(top)) {
    const value = counted[step.order] ?? 0;
    const width = step === top ? 1 : scale > 0 ? value / scale : 0;
    const left = step === top ? 0 : (next.get(step.parent as Step) ?? 0);
    if (step !== top) next.set(step.parent as Step, left + width);
    next.set(step, left);
    bars.push({ step, left, width, level: step.depth, share: value / whole });
  }
  return bars;
}

/** The bars that a part of the drawing shows, without those too narrow to see unless they are `kept`. */
export function barsIn(
  bars: readonly Bar[],
  levels: { first: number; last: number },
  narrowest: number,
  kept: number,
): Bar[] {
  return bars.filter(
    ({ step, level, width }) =>
      step.node.id === kept ||
      (level >= levels.first && level <= levels.last && width >= narrowest),
  );
}
