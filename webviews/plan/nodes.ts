// The steps of a plan in a flat list, with what is asked of their place: parent, depth, how many lie below.
// Built once a plan, without recursion, so that a plan of any depth and size costs the same a step.
import type { PlanNode } from "../../protocol/generated/ts/protocol.js";

export interface Step {
  readonly node: PlanNode;
  readonly parent: Step | undefined;
  /** The root's is 0. */
  readonly depth: number;
  /** Place in `PlanNodes.steps`; those below follow at once. */
  readonly order: number;
  /** Steps below, however deep. */
  below: number;
}

export class PlanNodes {
  /** In pre-order. */
  readonly steps: Step[] = [];
  private readonly byId_ = new Map<number, Step>();

  constructor(readonly root: PlanNode) {
    const open: { node: PlanNode; parent: Step | undefined }[] = [
      { node: root, parent: undefined },
    ];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, parent } = next;
      const depth = parent === undefined ? 0 : parent.depth + 1;
      const step: Step = { node, parent, depth, order: this.steps.length, below: 0 };
      this.steps.push(step);
      this.byId_.set(node.id, step);
      for (let i = node.children.length - 1; i >= 0; --i)
        open.push({ node: node.children[i] as PlanNode, parent: step });
    }
    for (let i = this.steps.length - 1; i > 0; --i) {
      const { parent, below } = this.steps[i] as Step;
      if (parent !== undefined) parent.below += below + 1;
    }
  }

  get(id: number): Step | undefined {
    return this.byId_.get(id);
  }

  /** A step and all below it, in pre-order. */
  subtree(step: Step): Step[] {
    return this.steps.slice(step.order, step.order + step.below + 1);
  }

  /** Those above a step, the nearest first. */
  ancestors(step: Step): Step[] {
    const above: Step[] = [];
    for (let at = step.parent; at !== undefined; at = at.parent) above.push(at);
    return above;
  }

  /** Those that are not below a collapsed one, in pre-order. */
  visible(collapsed: ReadonlySet<number>): Step[] {
    const seen: Step[] = [];
    for (let i = 0; i < this.steps.length; ++i) {
      const step = this.steps[i] as Step;
      seen.push(step);
      if (collapsed.has(step.node.id)) i += step.below;
    }
    return seen;
  }

  /** The steps whose texts contain the words, whatever their case, in pre-order. */
  search(text: string): number[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === "") return [];
    const says = ({ node }: Step) =>
      [
        node.operation,
        node.subplan,
        node.relation,
        node.alias,
        node.index,
        node.condition,
        node.filter,
      ].some((said) => said?.toLowerCase().includes(wanted));
    return this.steps.filter(says).map(({ node }) => node.id);
  }
}
