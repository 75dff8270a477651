import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExplainResult, PlanNode } from "../../../protocol/generated/ts/protocol.js";
import * as plan from "../../../webviews/plan/layout.js";

function step(id: number, children: PlanNode[] = [], more: Partial<PlanNode> = {}): PlanNode {
  return { id, operation: `step ${id}`, category: "other", extra: [], children, ...more };
}

const sample = step(0, [step(1, [step(2), step(3)]), step(4, [step(5)])]);

test("no two nodes overlap and children are below their parent", () => {
  const { nodes } = plan.layoutTree(sample, new Set());
  assert.deepEqual(
    nodes.map((n) => n.node.id),
    [0, 1, 2, 3, 4, 5],
  );
  for (const a of nodes) {
    if (a.parent !== undefined) assert.ok(a.y >= a.parent.y + plan.nodeHeight);
    for (const b of nodes) {
      if (a === b) continue;
      const apart = Math.abs(a.x - b.x) >= plan.nodeWidth || Math.abs(a.y - b.y) >= plan.nodeHeight;
      assert.ok(apart, `${a.node.id} and ${b.node.id}`);
    }
  }
});

test("inputs keep their order from left to right", () => {
  const { byId } = plan.layoutTree(sample, new Set());
  assert.ok((byId.get(2)?.x ?? 0) < (byId.get(3)?.x ?? 0));
  assert.ok((byId.get(1)?.x ?? 0) < (byId.get(4)?.x ?? 0));
});

test("a collapsed node hides what is below it and says how much", () => {
  const layout = plan.layoutTree(sample, new Set([1]));
  assert.deepEqual(
    layout.nodes.map((n) => n.node.id),
    [0, 1, 4, 5],
  );
  assert.equal(layout.byId.get(1)?.hiddenNodes, 2);
  assert.equal(layout.byId.get(1)?.collapsed, true);
});

test("everything fits into the view that was asked for", () => {
  const { bounds, nodes } = plan.layoutTree(sample, new Set());
  const view = plan.fitView(bounds, 400, 300);
  const box = plan.worldBox(view, 400, 300, 0);
  assert.equal(plan.nodesIn({ nodes, bounds, byId: new Map() }, box).length, nodes.length);
  assert.ok(view.k <= 1);
});

test("only nodes and links in view are drawn", () => {
  const wide = step(
    0,
    Array.from({ length: 500 }, (_, i) => step(i + 1)),
  );
  const layout = plan.layoutTree(wide, new Set());
  const middle = layout.byId.get(250) as plan.PlacedNode;
  const box = { left: middle.x, right: middle.x + 600, top: middle.y - 10, bottom: middle.y + 100 };
  assert.ok(plan.nodesIn(layout, box).length <= 4);
  const between = {
    left: middle.x - 10,
    right: middle.x,
    top: middle.y - 20,
    bottom: middle.y - 10,
  };
  assert.ok(plan.linksIn(layout, between).length > 100, "links that pass by are drawn");
});

test("arrows move along the tree", () => {
  const layout = plan.layoutTree(sample, new Set());
  const at = (id: number) => layout.byId.get(id) as plan.PlacedNode;
  const go = (id: number, direction: plan.Direction) =>
    plan.neighbour(layout, at(id), direction).node.id;
  assert.equal(go(3, "up"), 1);
  assert.equal(go(0, "up"), 0);
  assert.equal(go(1, "down"), 2);
  assert.equal(go(3, "right"), 5, "over the gap between families");
  assert.equal(go(5, "left"), 3);
  assert.equal(go(2, "left"), 2);
});

test("a pan moves no more than needed", () => {
  const layout = plan.layoutTree(sample, new Set());
  const root = layout.byId.get(0) as plan.PlacedNode;
  const view = { x: 500, y: 50, k: 1 };
  assert.deepEqual(plan.panToShow(view, root, 1000, 800), view);
  assert.deepEqual(plan.panToShow({ ...view, y: -500 }, root, 1000, 800), { x: 500, y: 20, k: 1 });
});

test("severity is the worst finding of a node, share its part of the time", () => {
  const citation = { anchor: "a", title: "t", url: "u" };
  const finding = (severity: "info" | "warning" | "critical", nodeId: number) => ({
    id: "x",
    severity,
    title: "",
    message: "",
    advice: "",
    evidence: [],
    citation,
    nodeId,
  });
  const root = step(0, [step(1, [], { selfMs: 75 })], { selfMs: 25 });
  const result = {
    tree: { root, analyzed: true },
    findings: [finding("info", 1), finding("critical", 1), finding("warning", 1)],
  } as unknown as ExplainResult;
  const facts = plan.nodeFacts(result);
  assert.equal(facts.get(1)?.severity, "critical");
  assert.equal(facts.get(0)?.severity, undefined);
  assert.equal(facts.get(1)?.share, 0.75);
});

test("search looks into every text of a step", () => {
  const root = step(0, [
    step(1, [], { filter: "(Price > 5)" }),
    step(2, [], { relation: "price_list" }),
  ]);
  assert.deepEqual(plan.searchNodes(root, "PRICE"), [1, 2]);
  assert.deepEqual(plan.searchNodes(root, " "), []);
  assert.deepEqual(plan.ancestors(sample, 3), [0, 1]);
});

test("raw JSON is indented unless that would change a number", () => {
  const tree = (raw: string) => ({ format: "json", raw }) as ExplainResult["tree"];
  assert.equal(plan.rawText(tree('{"a":1}')), '{\n  "a": 1\n}');
  const exact = '{"a":12345678901234567890}';
  assert.equal(plan.rawText(tree(exact)), exact);
  assert.equal(plan.rawText(tree("{broken")), "{broken");
});
