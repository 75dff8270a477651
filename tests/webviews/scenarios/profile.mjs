// Profiles: a run with stages of every kind, waits, counters and a trace; a second, faster one; one that lacks almost
// everything.

const stage = (name, kind, startMs, durationMs, level, more = {}) => ({
  name,
  kind,
  startMs,
  durationMs,
  level,
  ...more,
});

const trace = {
  steps: [
    {
      title: "The condition was simplified",
      text: "oi.quantity > 1 stays as it was written",
      options: [],
      steps: [],
    },
    {
      title: "How to read order_items",
      text: "All rows are read in order",
      table: "oi",
      options: [
        { name: "table scan", cost: 31000, rows: 2000000, chosen: true, reason: "cheapest" },
        {
          name: "order_items_order_id",
          cost: 88100.5,
          rows: 1204000,
          chosen: false,
          reason: "costs 2.8 times as much: too many rows match",
        },
        { name: "order_items_pkey", chosen: false, reason: "its columns are not in the condition" },
      ],
      steps: [
        {
          title: "Ranges of order_items_order_id",
          options: [{ name: "quantity > 1", rows: 1204000, chosen: false, reason: "not in it" }],
          steps: [],
        },
      ],
    },
    {
      title: "In which order to join",
      text: "oi, o, customers",
      options: [
        { name: "oi → o → customers", cost: 47000, rows: 91000, chosen: true },
        { name: "o → oi → customers", cost: 99200, chosen: false, reason: "pruned: dearer" },
      ],
      steps: [],
    },
  ],
  raw: JSON.stringify({ steps: [{ join_optimization: { table: "oi" } }] }, null, 2),
  missingBytes: 2048,
};

/** `f` is how much of the first run's time they take; only that one sorts. */
const stagesOf = (f) => [
  stage("Planning", "planning", 0, 12.5, 0),
  stage("Execution", "stage", 12.5, 1831 * f, 0),
  stage("Seq Scan order_items", "step", 13, 890.2 * f, 1, {
    nodeId: 4,
    approximate: true,
    extra: [
      { name: "Rows", value: "1,204,000" },
      { name: "Pages read", value: "16,800" },
    ],
  }),
  stage("Read from disk", "io", 20, 412 * f, 2, { approximate: true }),
  stage("Hash Join", "step", 13 + 890.2 * f, 402.5 * f, 1, { nodeId: 3 }),
  stage("Waiting for a lock on orders", "lock", 1300 * f, 61 * f, 1),
  stage("LWLock:BufferMapping", "wait", 1400 * f, 20 * f, 1),
  ...(f === 1 ? [stage("Sort", "step", 1600, 12.4, 1, { nodeId: 1 })] : []),
  stage("Sending the rows", "command", 1835 * f, 8 * f, 0),
];

/** The n-th run of a statement; the second one is faster. */
export function measuredRun(sql, plan, round = 0) {
  const f = round === 0 ? 1 : 0.4;
  return {
    engine: "postgres",
    version: "18.0",
    sql,
    stages: stagesOf(f),
    totals: {
      totalMs: 1851.2 * f,
      serverMs: 1844.1 * f,
      planningMs: 12.5,
      lockMs: 61 * f,
      cpuMs: 1210 * f,
      rows: 20,
      rowsExamined: 2082100,
    },
    metrics: [
      { name: "shared_blks_hit", group: "Buffers", unit: "count", value: 1200 + round * 15000 },
      { name: "shared_blks_read", group: "Buffers", unit: "count", value: 16800 * f },
      { name: "temp_bytes", group: "Temporary files", unit: "bytes", value: 1048576 },
      { name: "blk_read_time", group: "Time", unit: "ms", value: 412 * f },
      { name: "xact_commit", group: "Time", unit: "count", value: 31, wide: true },
      ...(round === 0
        ? [{ name: "checkpoints_timed", group: "Server", unit: "count", value: 1, wide: true }]
        : []),
    ],
    waits: [
      { event: "IO / DataFileRead", samples: 22, ms: 412 * f, share: 0.22 },
      { event: "CPU", samples: 61, ms: 1210 * f, share: 0.66 },
      ...(round === 0 ? [{ event: "Lock / relation", ms: 61, share: 0.03 }] : []),
    ],
    trace,
    plan,
    findings: plan.findings,
    unavailable: [
      {
        what: "Statement statistics",
        reason: "The extension pg_stat_statements is not installed.",
        fix: "CREATE EXTENSION pg_stat_statements;",
      },
      {
        what: "Times of reading",
        reason: "The setting track_io_timing is off.",
        fix: "SET track_io_timing = on;",
        canEnable: true,
      },
    ],
    notices: ["Changes to data were rolled back."],
  };
}

/** A server that measures nothing by itself. */
export function poorRun(sql) {
  return {
    engine: "mysql",
    version: "8.4",
    sql,
    stages: [],
    totals: { totalMs: 12 },
    metrics: [],
    waits: [],
    findings: [],
    unavailable: [
      {
        what: "Stages",
        reason: "The instruments stage/% are off.",
        fix: "UPDATE performance_schema.setup_instruments SET ENABLED = 'YES' WHERE NAME LIKE 'stage/%'",
        canEnable: true,
      },
      { what: "Trace", reason: "The privilege SELECT on performance_schema is missing." },
    ],
    notices: [],
  };
}

/** A run of very many stages, nested. */
export function longRun(sql, plan, count) {
  const stages = [...Array(count).keys()].map((i) =>
    stage(`stage ${i}`, i % 2 ? "step" : "stage", i, count - i, i % 30),
  );
  return { ...measuredRun(sql, plan), stages, totals: { totalMs: count } };
}

const way = (method, more = {}) => ({ method, ...more });
const copies = "It creates a scratch schema with empty copies of two tables, and drops it.";

/** What a server can do to try an index, by the name of a test's setting. */
export const whatIfWays = {
  free: [way("hypothetical")],
  touching: [
    way("hypothetical", {
      unavailable: "The extension hypopg is not installed.",
      fix: "CREATE EXTENSION hypopg;",
    }),
    way("copy", { touches: copies }),
  ],
  none: [
    way("hypothetical", {
      unavailable: "The extension hypopg is not installed.",
      fix: "CREATE EXTENSION hypopg;",
    }),
    way("copy", { unavailable: "The privilege CREATE on the database is missing." }),
  ],
};
