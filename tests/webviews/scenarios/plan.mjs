// Plans: a small measured one with findings, one of 1,000 steps, one made of hostile names.
import { hostile } from "./hostile.mjs";
import { planAnswers } from "./plan_actions.mjs";

const sql = `SELECT c.name, sum(oi.quantity * oi.price) AS größe
FROM order_items oi
JOIN orders o ON o.id = oi.order_id
LEFT JOIN customers c ON c.id = o.customer_id
WHERE oi.quantity > 1 AND o.created_at >= '2026-01-01'
GROUP BY c.name ORDER BY 2 DESC LIMIT 20`;

/** Where the statement names a table, in bytes. */
function spanOf(relation) {
  const at = sql.indexOf(`${relation} `);
  if (relation === undefined || at < 0) return undefined;
  const start = new TextEncoder().encode(sql.slice(0, at)).length;
  return { start, end: start + relation.length };
}

const ratioOf = ({ actualRows, estimatedRows }) =>
  actualRows === undefined || estimatedRows === undefined
    ? undefined
    : Math.max(actualRows, 1) / Math.max(estimatedRows, 1);

let nextId = 0;
const node = (operation, category, fields, children = []) => ({
  id: nextId++,
  operation,
  category,
  extra: [],
  children: children.map((make) => make()),
  span: spanOf(fields.relation),
  estimateRatio: ratioOf(fields),
  ...fields,
});

const certain = { confidence: "certain", remedies: [] };
const citation = (title) => ({ anchor: "x/y#z", title, url: "https://example.org/docs" });

function smallPlan() {
  nextId = 0;
  const root = node(
    "Limit",
    "limit",
    {
      estimatedRows: 20,
      actualRows: 20,
      selfMs: 0.02,
      totalMs: 1843.2,
      selfCost: 0.1,
      totalCost: 48211.4,
      loops: 1,
    },
    [
      () =>
        node(
          "Sort",
          "sort",
          {
            estimatedRows: 1200,
            actualRows: 20,
            selfMs: 12.4,
            totalMs: 1843.1,
            selfCost: 40,
            totalCost: 48211.3,
            loops: 1,
            extra: [
              { name: "Sort Key", value: "sum(oi.quantity * oi.price) DESC" },
              { name: "Sort Method", value: "top-N heapsort" },
            ],
          },
          [
            () =>
              node(
                "Hash Aggregate",
                "aggregate",
                {
                  estimatedRows: 1200,
                  actualRows: 48210,
                  selfMs: 210.8,
                  totalMs: 1830,
                  selfCost: 900,
                  totalCost: 48100,
                  loops: 1,
                },
                [
                  () =>
                    node(
                      "Hash Join",
                      "join",
                      {
                        condition: "(oi.order_id = o.id)",
                        estimatedRows: 91000,
                        actualRows: 1204000,
                        selfMs: 402.5,
                        totalMs: 1620,
                        selfCost: 8000,
                        totalCost: 47000,
                        loops: 1,
                      },
                      [
                        () =>
                          node("Seq Scan", "scan", {
                            relation: "order_items",
                            alias: "oi",
                            filter: "(quantity > 1)",
                            estimatedRows: 300000,
                            actualRows: 1204000,
                            rowsRemoved: 796000,
                            selfMs: 890.2,
                            totalMs: 890.2,
                            selfCost: 31000,
                            totalCost: 31000,
                            loops: 3,
                            approximate: true,
                            actualRead: 2000000,
                            workersPlanned: 2,
                            workersLaunched: 2,
                            workers: [0, 1].map((number) => ({
                              number,
                              actualRows: 401000 + number,
                              loops: 1,
                              totalMs: 870 + number,
                              extra: [],
                            })),
                            buffers: { sharedHit: 1200, sharedRead: 16800, readMs: 412 },
                            selfBuffers: { sharedHit: 1200, sharedRead: 16800, readMs: 412 },
                          }),
                        () =>
                          node(
                            "Hash",
                            "materialize",
                            {
                              estimatedRows: 82000,
                              actualRows: 82100,
                              selfMs: 31,
                              totalMs: 310,
                              selfCost: 300,
                              totalCost: 7700,
                              loops: 1,
                              memoryBytes: 4200000,
                              diskBytes: 1048576,
                            },
                            [
                              () =>
                                node("Index Scan", "indexScan", {
                                  relation: "orders",
                                  alias: "o",
                                  index: "orders_created_at_idx",
                                  condition: "(created_at >= '2026-01-01')",
                                  estimatedRows: 82000,
                                  actualRows: 82100,
                                  selfMs: 279,
                                  totalMs: 279,
                                  selfCost: 7400,
                                  totalCost: 7400,
                                  loops: 1,
                                }),
                              () =>
                                node("Index Only Scan", "indexOnlyScan", {
                                  relation: "customers",
                                  index: "customers_pkey",
                                  neverExecuted: true,
                                  estimatedRows: 1,
                                }),
                            ],
                          ),
                      ],
                    ),
                ],
              ),
          ],
        ),
    ],
  );
  const findings = [
    {
      id: "full-table-scan",
      severity: "critical",
      title: "order_items is read in full: 2,000,000 rows to keep 1,204,000",
      message: "The step reads every row of the table and throws 40 % of them away.",
      advice:
        "An index on (quantity) helps only when few rows match; here a covering index for the join is the better choice.",
      nodeId: 4,
      evidence: [
        { name: "Rows removed", value: "796000" },
        { name: "Threshold", value: "100000" },
      ],
      confidence: "certain",
      impact: { ms: 890.2, share: 0.48, rows: 796000 },
      remedies: [
        {
          title: "Create an index on order_items (quantity)",
          sql: "CREATE INDEX CONCURRENTLY ON order_items (quantity);",
          createsIndex: true,
          tradeOff: "Each write to order_items gets slower, and it takes about 40 MiB.",
        },
      ],
      citation: citation("Using EXPLAIN"),
    },
    {
      id: "row-estimate-off",
      severity: "warning",
      title: "13× more rows than planned out of the join",
      message: "The planner expected 91,000 rows and got 1.2 million.",
      advice: "Refresh the statistics of order_items.",
      nodeId: 3,
      evidence: [],
      confidence: "likely",
      impact: { share: 0.2 },
      remedies: [],
      citation: citation("Row estimation"),
    },
    {
      id: "top-n",
      severity: "info",
      title: "Only 20 rows are kept",
      message: "Fine.",
      advice: "Nothing to do.",
      nodeId: 1,
      evidence: [],
      ...certain,
      citation: citation("LIMIT"),
    },
  ];
  return { root, findings };
}

function largePlan(count) {
  nextId = 0;
  const build = (budget, depth) => {
    const children = [];
    let left = budget - 1;
    const fan = depth % 3 === 0 ? 3 : 1 + (depth % 2);
    for (let i = 0; i < fan && left > 0; ++i) {
      const part = i === fan - 1 ? left : Math.ceil(left / fan);
      left -= part;
      children.push(() => build(part, depth + 1));
    }
    const fields = {
      relation: `table_${budget}`,
      estimatedRows: budget * 10,
      selfCost: budget % 7,
      totalCost: budget,
    };
    return node(
      children.length > 0 ? "Nested Loop" : "Seq Scan",
      children.length > 0 ? "join" : "scan",
      fields,
      children,
    );
  };
  return { root: build(count, 0), findings: [] };
}

function hostilePlan() {
  nextId = 0;
  const texts = hostile();
  const root = node(
    "Append",
    "set",
    {},
    texts.map(
      (text) => () =>
        node(text, "scan", {
          relation: text,
          index: text,
          condition: text,
          filter: text,
          estimatedRows: 3,
          extra: [{ name: text, value: text }],
        }),
    ),
  );
  const findings = texts.map((text, i) => ({
    id: "x",
    severity: "warning",
    title: text,
    message: text,
    advice: text,
    nodeId: i + 1,
    evidence: [{ name: text, value: text }],
    confidence: "possible",
    remedies: [{ title: text, sql: text, tradeOff: text }],
    citation: { anchor: "x", title: text, url: "javascript:window.hacked=1" },
  }));
  return { root, findings };
}

function countNodes(root) {
  return 1 + root.children.reduce((sum, child) => sum + countNodes(child), 0);
}

/** As the helper writes it: a branch for each step, a line without one for its filter. */
function textOf(root) {
  const lines = [];
  const write = (step, lead, branch, below) => {
    lines.push(`${lead}${branch}${step.operation} ${step.relation ?? ""}`.trimEnd());
    if (step.filter !== undefined) lines.push(`${lead}${below}   filter: ${step.filter}`);
    step.children.forEach((child, i) => {
      const isLast = i === step.children.length - 1;
      write(child, lead + below, isLast ? "└─ " : "├─ ", isLast ? "   " : "│  ");
    });
  };
  write(root, "", "", "");
  return lines.join("\n");
}

/** A server's answer in which every step is named once. */
const rawOf = ({ operation, relation, children }) => ({
  "Node Type": operation,
  ...(relation === undefined ? {} : { "Relation Name": relation }),
  Plans: children.map(rawOf),
});

function explained({ root, findings }, analyzed) {
  const count = (severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    engine: "postgres",
    version: "18.0",
    tree: {
      engine: "postgres",
      version: "18.0",
      sql,
      analyzed,
      root,
      settings: [{ name: "work_mem", value: "4MB" }],
      jit: { functions: 24, totalMs: 61.2, generationMs: 3.1, emissionMs: 40 },
      triggers: [{ name: "orders_audit", relation: "orders", calls: 12, totalMs: 1.5 }],
      serialization: { totalMs: 0.4, bytes: 2300 },
      relations: [
        {
          name: "order_items",
          schema: "shop",
          rows: 2000000,
          bytes: 180000000,
          modifications: 620000,
          indexes: [{ name: "order_items_pkey", columns: ["id"], unique: true }],
        },
      ],
      earlier: [
        {
          id: 7,
          shape: "a1",
          analyzed: true,
          version: "17.2",
          firstSeen: "2026-01-02T03:04:05Z",
          lastSeen: "2026-02-03T04:05:06Z",
          count: 12,
          executionMs: 61.5,
          pinned: true,
        },
      ],
      notices: ["The statistics of order_items are old."],
      format: "json",
      raw: JSON.stringify([{ Plan: rawOf(root) }]),
      warnings: [],
      planningMs: 0.8,
      executionMs: analyzed ? 1844.1 : undefined,
    },
    findings,
    summary: {
      nodes: countNodes(root),
      totalCost: root.totalCost,
      rows: root.actualRows ?? root.estimatedRows,
      critical: count("critical"),
      warning: count("warning"),
      info: count("info"),
    },
    text: textOf(root),
  };
}

const same = (beforeId, afterId, text) => ({
  kind: "same",
  beforeId,
  afterId,
  text,
  differences: [],
});

/** The small plan before, and after an index: another access path, no sort, one step more. */
function comparedPlans() {
  const before = explained(smallPlan(), true).tree;
  const after = structuredClone(before);
  const [sort] = after.root.children;
  after.root.children = sort.children;
  after.root.totalMs = 460.8;
  const join = after.root.children[0].children[0];
  Object.assign(join.children[0], {
    operation: "Index Scan",
    category: "indexScan",
    index: "order_items_quantity",
    selfMs: 61.5,
    totalMs: 61.5,
    selfCost: 4100,
  });
  let id = 0;
  const renumber = (step) => {
    step.id = id++;
    step.children.forEach(renumber);
  };
  renumber(after.root);
  const changes = [
    {
      kind: "changed",
      beforeId: 0,
      afterId: 0,
      text: "Limit: totalMs 1843.2 → 460.8",
      differences: [{ name: "totalMs", before: "1843.2", after: "460.8", ratio: 0.25 }],
    },
    { kind: "removed", beforeId: 1, text: "Sort is gone", differences: [] },
    { ...same(2, 1, "Hash Aggregate stands elsewhere"), kind: "moved" },
    same(3, 2, "Hash Join"),
    {
      kind: "replaced",
      beforeId: 4,
      afterId: 3,
      text: "Seq Scan on order_items became Index Scan using order_items_quantity",
      differences: [
        { name: "selfMs", before: "890.2", after: "61.5", ratio: 0.069 },
        { name: "index", after: "order_items_quantity" },
      ],
    },
    same(5, 4, "Hash"),
    same(6, 5, "Index Scan on orders"),
    same(7, 6, "Index Only Scan on customers"),
  ];
  const verdict = {
    outcome: "better",
    measured: true,
    sameShape: false,
    factor: 4,
    text: "4.0 times faster: time 1843 ms → 460.8 ms.",
  };
  return { comparison: { changes, verdict }, before, after };
}

/** A plan that took a second and had been fast with another one. */
function withRegression(result) {
  result.findings.push({
    id: "plan-regression",
    severity: "warning",
    title: "Slower than with an earlier plan",
    message: "This statement took 1.84 s, and 61.5 ms with another plan.",
    advice: "Compare the two plans.",
    evidence: [],
    ...certain,
    citation: citation("Plans"),
  });
  return result;
}

export function planScenario(host) {
  const { kind = "small" } = host.settings;
  const plan =
    kind === "large"
      ? largePlan(host.settings.steps ?? 1000)
      : kind === "hostile"
        ? hostilePlan()
        : smallPlan();
  const isMeasured = (analyze) => analyze || (kind === "small" && host.settings.estimated !== true);
  const current = (analyze) => {
    const result = explained(kind === "small" ? smallPlan() : plan, isMeasured(analyze));
    return host.settings.regression === true ? withRegression(result) : result;
  };
  const answer = planAnswers(host, { sql, current, compared: comparedPlans() });
  const about = { connectionName: "Sample shop", ...host.settings.about };
  return {
    /** A plan of so many steps, for measuring. */
    large: (steps) => explained(largePlan(steps), false),
    params:
      kind === "compare"
        ? { ...comparedPlans(), comparison: undefined, connectionName: "Sample shop" }
        : kind === "saved"
          ? { text: host.settings.text ?? "a log", name: "slow.log" }
          : { sessionId: "s1", sql, analyze: false, ...about, ...host.settings.params },
    request({ id, method, params }) {
      const { facets } = host.settings;
      if (facets !== undefined && "sessionId" in params)
        host.connection({ ...about, sessionId: "s1", facets });
      if (kind === "waiting") return; // until a test answers
      if (method === "host/confirm") return host.respond(id, host.settings.confirm !== false);
      if (method === "plan/open" && params.text === "hello")
        return host.fail(id, "this text holds no query plan", { hint: "Give EXPLAIN's output." });
      if (method === "plan/open")
        return host.respond(id, {
          plans: [smallPlan(), hostilePlan()].map((one) => explained(one, true)),
        });
      if (kind === "error")
        return host.fail(id, 'relation "missing" does not exist', {
          code: "server",
          engineCode: "42P01",
          hint: "Create it first.",
        });
      answer[method]?.(id, params);
    },
  };
}
