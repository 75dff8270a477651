// What all ways to look at a plan share: the plan, which step is selected, which are folded away or found, and how
// hot each is. The page changes it and tells the way that is shown; nothing here knows of elements.
import type { Finding, PlanTree, Severity } from "../../protocol/generated/ts/protocol.js";
import { type Heat, heats, knownMetrics, type Metric, type MetricId, metric } from "./heat.js";
import { PlanNodes, type Step } from "./nodes.js";

export interface StepFacts {
  readonly heat: Heat;
  readonly findings: readonly Finding[];
  /** Of the worst finding. */
  readonly severity: Severity | undefined;
}

/** What a way to look at a plan may ask for. */
export interface PlanEvents {
  select(id: number, focus: boolean): void;
  toggle(id: number): void;
  search(): void;
}

/** A way to look at a plan. */
export interface PlanMode {
  readonly element: HTMLElement;
  /** Draws anew after the model changed, the selected step in view. */
  update(focus: boolean): void;
}

const rank: Record<Severity, number> = { info: 1, warning: 2, critical: 3 };
const none: readonly Finding[] = [];

export function worst(findings: readonly Finding[]): Severity | undefined {
  let found: Severity | undefined;
  for (const { severity } of findings) {
    if (found === undefined || rank[severity] > rank[found]) found = severity;
  }
  return found;
}

export class PlanModel {
  readonly nodes: PlanNodes;
  readonly metrics: readonly Metric[];
  selected: number;
  /** Counts the changes of what steps look like; a selection is none. */
  revision = 0;
  private collapsed_: ReadonlySet<number> = new Set();
  private found_: ReadonlySet<number> = new Set();
  private readonly findings_ = new Map<number, Finding[]>();
  private metric_: Metric;
  private heats_: Map<number, Heat>;

  constructor(
    readonly tree: PlanTree,
    findings: readonly Finding[],
    wanted: MetricId | undefined,
    /** A word at each step: what became of it between two plans. */
    readonly marks: ReadonlyMap<number, string> = new Map(),
  ) {
    this.nodes = new PlanNodes(tree.root);
    this.selected = tree.root.id;
    for (const finding of findings) {
      if (finding.nodeId === undefined) continue;
      const list = this.findings_.get(finding.nodeId);
      if (list === undefined) this.findings_.set(finding.nodeId, [finding]);
      else list.push(finding);
    }
    this.metrics = knownMetrics(this.nodes);
    const chosen = this.metrics.find(({ id }) => id === wanted) ?? this.metrics[0];
    this.metric_ = chosen ?? metric("cost");
    this.heats_ = heats(this.nodes, this.metric_);
  }

  get metric(): Metric {
    return this.metric_;
  }

  get collapsed(): ReadonlySet<number> {
    return this.collapsed_;
  }

  get found(): ReadonlySet<number> {
    return this.found_;
  }

  set found(ids: ReadonlySet<number>) {
    this.found_ = ids;
    ++this.revision;
  }

  chooseMetric(id: MetricId): void {
    ++this.revision;
    this.metric_ = metric(id);
    this.heats_ = heats(this.nodes, this.metric_);
  }

  facts(id: number): StepFacts {
    const findings = this.findings_.get(id) ?? none;
    return { heat: this.heats_.get(id) as Heat, findings, severity: worst(findings) };
  }

  step(id: number): Step | undefined {
    return this.nodes.get(id);
  }

  get selectedStep(): Step {
    return this.step(this.selected) as Step;
  }

  /** Steps with a finding of more than information. */
  get marked(): Set<number> {
    const ids = [...this.findings_].filter(([, findings]) => worst(findings) !== "info");
    return new Set(ids.map(([id]) => id));
  }

  /** Selects a step and unfolds what hides it. */
  select(id: number): void {
    const step = this.step(id);
    if (step === undefined) return;
    this.selected = id;
    const hiding = this.nodes.ancestors(step).filter(({ node }) => this.collapsed.has(node.id));
    if (hiding.length === 0) return;
    const left = new Set(this.collapsed);
    for (const { node } of hiding) left.delete(node.id);
    this.collapse(left);
  }

  /** Folds a step's inputs away or shows them again; a selection among them moves up to it. */
  toggle(id: number): void {
    const step = this.step(id);
    if (step === undefined || step.below === 0) return;
    const left = new Set(this.collapsed);
    if (!left.delete(id)) left.add(id);
    this.collapse(left);
  }

  collapse(ids: ReadonlySet<number>): void {
    this.collapsed_ = ids;
    ++this.revision;
    const hidingSelected = this.nodes
      .ancestors(this.selectedStep)
      .filter((s) => ids.has(s.node.id));
    const top = hidingSelected.at(-1);
    if (top !== undefined) this.selected = top.node.id;
  }
}
