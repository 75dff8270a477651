import assert from "node:assert/strict";
import { test } from "node:test";
import type {
  ExplainResult,
  Finding,
  PlanNode,
  PlanTree,
} from "../../../protocol/generated/ts/protocol.js";
import {
  changesBy,
  comparisonText,
  countKinds,
  factorWords,
} from "../../../webviews/plan/compare.js";
import * as heat from "../../../webviews/plan/heat.js";
import { barsIn, layoutIcicle } from "../../../webviews/plan/icicle_layout.js";
import * as plan from "../../../webviews/plan/layout.js";
import { PlanModel } from "../../../webviews/plan/model.js";
import { PlanNodes } from "../../../webviews/plan/nodes.js";
import { bufferFacts, groupsOf } from "../../../webviews/plan/numbers.js";
import { drawPicture, toSvg } from "../../../webviews/plan/picture.js";
import { rawText, sourceLine, sqlParts, textOwners } from "../../../webviews/plan/source_lines.js";
import { weighedHead, weighedRows } from "../../../webviews/plan/weighed.js";

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

const treeOf = (root: PlanNode, more = {}) =>
  ({ root, sql: "", analyzed: true, format: "json", raw: "", ...more }) as PlanTree;

test("severity is the worst finding of a node, heat its part of the time", () => {
  const citation = { anchor: "a", title: "t", url: "u" };
  const finding = (severity: "info" | "warning" | "critical", nodeId: number): Finding => ({
    id: "x",
    severity,
    title: "",
    message: "",
    advice: "",
    confidence: "certain",
    remedies: [],
    evidence: [],
    citation,
    nodeId,
  });
  const root = step(0, [step(1, [], { selfMs: 75 })], { selfMs: 25 });
  const findings = [finding("info", 1), finding("critical", 1), finding("warning", 1)];
  const model = new PlanModel(treeOf(root), findings, "time");
  assert.equal(model.facts(1).severity, "critical");
  assert.equal(model.facts(0).severity, undefined);
  const hot = model.facts(1).heat;
  assert.deepEqual([hot.level, hot.share, hot.text], [4, 0.75, "75 ms · 75 %"]);
});

test("an estimate is hot in both directions, and says which", () => {
  const root = step(0, [step(1, [], { estimateRatio: 0.01 })], { estimateRatio: 13.2 });
  const made = heat.heats(new PlanNodes(root), heat.metric("estimate"));
  assert.deepEqual(
    [made.get(0)?.text, made.get(0)?.below, made.get(0)?.level],
    ["▲ 13×", false, 2],
  );
  assert.deepEqual(
    [made.get(1)?.text, made.get(1)?.below, made.get(1)?.level],
    ["▼ 100×", true, 3],
  );
});

test("a metric that no step knows is not offered", () => {
  const nodes = new PlanNodes(step(0, [step(1, [], { selfCost: 3 })], { selfBuffers: {} }));
  assert.deepEqual(
    heat.knownMetrics(nodes).map(({ id }) => id),
    ["cost"],
  );
});

test("harmless is what is small with all below it and has no finding", () => {
  const small = step(1, [step(2, [], { selfMs: 1 })], { selfMs: 1 });
  const large = step(3, [step(4, [step(5, [], { selfMs: 1 })], { selfMs: 96 })]);
  const nodes = new PlanNodes(step(0, [small, large], { selfMs: 1 }));
  const time = heat.metric("time");
  assert.deepEqual(heat.harmless(nodes, time, 0.05, new Set()), [1]);
  assert.deepEqual(heat.harmless(nodes, time, 0.05, new Set([2])), []);
  assert.deepEqual(heat.harmless(nodes, time, 0.01, new Set()), []);
});

test("a plan as deep as it is large is read without recursion", () => {
  let root = step(20_000);
  for (let id = 19_999; id >= 0; --id) root = step(id, [root]);
  const nodes = new PlanNodes(root);
  assert.equal(nodes.steps.length, 20_001);
  assert.equal(nodes.steps[0]?.below, 20_000);
  assert.equal(nodes.get(20_000)?.depth, 20_000);
});

test("selecting below a collapsed step opens it, folding above the selection moves it up", () => {
  const model = new PlanModel(treeOf(sample), [], undefined);
  model.toggle(1);
  assert.deepEqual(
    model.nodes.visible(model.collapsed).map(({ node }) => node.id),
    [0, 1, 4, 5],
  );
  model.select(3);
  assert.equal(model.collapsed.size, 0);
  model.toggle(0);
  assert.equal(model.selected, 0);
});

test("bars of the icicle lie within their parent's, one beside another", () => {
  const root = step(0, [step(1, [], { selfMs: 30 }), step(2, [], { selfMs: 50 })], { selfMs: 20 });
  const nodes = new PlanNodes(root);
  const bars = layoutIcicle(nodes, heat.metric("time"), nodes.get(0) as never);
  assert.deepEqual(
    bars.map(({ left, width }) => [left, width]),
    [
      [0, 1],
      [0, 0.3],
      [0.3, 0.5],
    ],
  );
  const below = layoutIcicle(nodes, heat.metric("time"), nodes.get(2) as never);
  assert.deepEqual(
    below.map(({ step: { node }, width, share }) => [node.id, width, share]),
    [
      [0, 1, 1],
      [2, 1, 0.5],
    ],
  );
  const seen = barsIn(bars, { first: 0, last: 1 }, 0.4, 1);
  assert.equal(seen.length, 3, "the selected one is kept however narrow");
  assert.equal(barsIn(bars, { first: 0, last: 1 }, 0.4, 0).length, 2);
});

test("lines of the text tree belong to steps, lines of another text to none", () => {
  const nodes = new PlanNodes(sample);
  const lines = [
    "0",
    "  on: x",
    "├─ 1",
    "│  ├─ 2",
    "│  │     filter",
    "│  └─ 3",
    "└─ 4",
    "   └─ 5",
  ];
  assert.deepEqual(textOwners(lines, nodes), [0, 0, 1, 2, 2, 3, 4, 5]);
  assert.deepEqual(textOwners(["0", "└─ 1"], nodes), [undefined, undefined]);
});

test("a step is found in the server's answer only where that is sure", () => {
  const root = step(0, [step(1, [], { relation: "t" }), step(2, [], { relation: "t" })]);
  const nodes = new PlanNodes(root);
  const lines = ['"Node Type": "step 0"', '"Relation Name": "t",', '"Relation Name": "t",'];
  assert.equal(sourceLine(lines, nodes, 2), 2);
  assert.equal(sourceLine([...lines, '"Schema": "t"'], nodes, 2), undefined);
  assert.equal(sourceLine(lines, nodes, 0), 0);
});

test("spans of the statement count bytes", () => {
  const sql = "SELECT 'größe' FROM größen, t";
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const start = bytes("SELECT 'größe' FROM ");
  const span = { start, end: start + bytes("größen") };
  const nodes = new PlanNodes(
    step(0, [
      step(1, [], { span }),
      step(2, [], { span }),
      step(3, [], { span: { start: start + 1, end: start + 2 } }),
      step(4, [], { span: { start: 5, end: 5000 } }),
    ]),
  );
  assert.deepEqual(sqlParts(sql, nodes), [
    { text: "SELECT 'größe' FROM ", ids: [] },
    { text: "größen", ids: [1, 2] },
    { text: ", t", ids: [] },
  ]);
});

test("groups say only what is known; averaged numbers are marked", () => {
  const node = step(0, [], { selfMs: 2, actualRows: 12, approximate: true, estimatedRows: 10 });
  const said = groupsOf(node).map(({ title, facts }) => [title, facts.map((f) => f.value)]);
  assert.deepEqual(said, [
    ["Rows", ["≈ 12", "10"]],
    ["Time and cost", ["≈ 2 ms"]],
  ]);
  assert.deepEqual(bufferFacts({ sharedHit: 1200, sharedRead: 0, readMs: 3 }, ", own"), [
    { name: "Shared, own", value: "1,200 hit" },
    { name: "Time to read, own", value: "3 ms" },
  ]);
});

test("a picture of hostile names is well-formed", () => {
  const root = step(0, [], { operation: '<script>&"\u0001', relation: "]]>" });
  const model = new PlanModel(treeOf(root), [], undefined);
  const colours = {
    background: '"/><evil',
    card: "#fff",
    border: "#000",
    text: "#000",
    dim: "#000",
    link: "#000",
    selected: "#000",
    found: "#000",
    heat: ["#111", "#222", "#333", "#444", "#555"],
    below: "#666",
  };
  const svg = toSvg(drawPicture(plan.layoutTree(root, new Set()), model, colours));
  assert.ok(!/<(script|evil)|\u0001/.test(svg));
  assert.ok(svg.includes("&lt;script&gt;&amp;&quot;"));
});

test("search looks into every text of a step", () => {
  const root = step(0, [
    step(1, [], { filter: "(Price > 5)" }),
    step(2, [], { relation: "price_list" }),
  ]);
  assert.deepEqual(new PlanNodes(root).search("PRICE"), [1, 2]);
  assert.deepEqual(new PlanNodes(root).search(" "), []);
});

test("raw JSON is indented unless that would change a number", () => {
  const tree = (raw: string) => ({ format: "json", raw }) as ExplainResult["tree"];
  assert.equal(rawText(tree('{"a":1}')), '{\n  "a": 1\n}');
  const exact = '{"a":12345678901234567890}';
  assert.equal(rawText(tree(exact)), exact);
  assert.equal(rawText(tree("{broken")), "{broken");
});

test("a comparison finds the change of a step of either plan", () => {
  const change = (kind: PlanChange["kind"], beforeId?: number, afterId?: number): PlanChange => ({
    kind,
    text: `${kind} ${beforeId ?? "-"} ${afterId ?? "-"}`,
    differences: [],
    ...(beforeId === undefined ? {} : { beforeId }),
    ...(afterId === undefined ? {} : { afterId }),
  });
  const changes = [change("same", 0, 0), change("removed", 1), change("added", undefined, 1)];
  const verdict = { outcome: "same", measured: false, sameShape: false, text: "So so." } as const;
  const comparison = { changes, verdict };
  assert.equal(changesBy(comparison, "before").get(1)?.kind, "removed");
  assert.equal(changesBy(comparison, "after").get(1)?.kind, "added");
  assert.deepEqual(
    countKinds(changes).map(({ kind }) => kind),
    ["added", "removed", "same"],
  );
  assert.equal(
    comparisonText(comparison),
    "So so.\n- removed: removed 1 -\n- added: added - 1\n- 1 step as before\n",
  );
  assert.deepEqual([4, 0.25, 1, 0].map(factorWords), ["× 4", "÷ 4", "=", ""]);
});

test("ways that were weighed are compared with the one in use", () => {
  const table = weighedRows([
    { name: "range of placed", cost: 448.26, rows: 1280, chosen: true, reason: "2020 <= placed" },
    { name: "range of customer", cost: 466.46, rows: 1332, chosen: false, reason: "costs more" },
    { name: "table scan", cost: 6064.35, rows: 59740, chosen: false },
    { name: "ref status", cost: 400, chosen: false, reason: "a heuristic" },
    { name: "range of PRIMARY", chosen: false, reason: "no condition fits" },
  ]);
  assert.deepEqual(table, [
    ["range of placed", "448", "", "1,280", "in use"],
    ["range of customer", "466", "+4 %", "1,332", "costs more"],
    ["table scan", "6,064", "×14", "59,740", ""],
    ["ref status", "400", "−11 %", "", "a heuristic"],
    ["range of PRIMARY", "", "", "", "no condition fits"],
  ]);
  assert.ok(table.every((row) => row.length === weighedHead.length));
  const free = weighedRows([
    { name: "const", cost: 0, chosen: true },
    { name: "table scan", cost: 1, chosen: false },
  ]);
  assert.equal(free[1]?.[2], "");
  assert.equal(weighedRows(Array(500).fill({ name: "x", chosen: false })).length, 60);
});
