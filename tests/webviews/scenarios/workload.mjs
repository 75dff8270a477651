// The busiest statements with a plan of every kind, two without, and hostile texts as statements, schemas and failures.
import { hostile } from "./hostile.mjs";

const denied = {
  code: "server",
  engineCode: "42501",
  message: "permission denied for table salaries",
  hint: "GRANT SELECT ON hr.salaries TO mydba",
};
const locked = { code: "timeout", message: "the statement took longer than 5 s" };

const scan = {
  ruleId: "full-table-scan",
  severity: "critical",
  title: "order_items is read in full: 2,000,000 rows to keep 1,204",
  message: "The scan of order_items reads every row.",
  advice: "An index on (order_id) finds the rows at once.",
  evidence: [{ name: "rows read", value: "2,000,000" }],
  nodeId: 3,
  confidence: "likely",
  impact: { share: 0.81 },
  remedies: [
    {
      title: "Create an index",
      sql: "CREATE INDEX ON order_items (order_id)",
      tradeOff: "It slows down every INSERT.",
    },
  ],
  citation: { title: "Indexes", url: "https://www.postgresql.org/docs/current/indexes.html" },
};

function statement(i, more) {
  const calls = 1000 - 10 * i;
  const totalMs = 480_000 / (i + 1);
  return {
    sql: `SELECT * FROM orders${i} WHERE id = $1`,
    schema: "shop",
    statistics: { calls, totalMs, meanMs: totalMs / calls, rowsSent: calls * 3 },
    way: "explain",
    values: "generic",
    attempts: [{ way: "explain", ms: 1.5 }],
    cost: 8.45,
    findings: 0,
    ...more,
  };
}

function special() {
  return [
    {
      sql: "SELECT c.name, sum(oi.quantity * oi.price)\nFROM order_items oi\nJOIN customers c USING (id)\nGROUP BY 1",
      values: undefined,
      cost: 48_211.5,
      findings: 3,
      worst: scan,
    },
    { way: "cache", ageSeconds: 12, attempts: [], worst: { ...scan, severity: "warning" } },
    {
      sql: "SELECT count(*) FROM events",
      values: undefined,
      way: "analyze",
      worst: { ...scan, severity: "info", title: "Only 20 rows are kept" },
      findings: 1,
      attempts: [
        { way: "explain", ms: 0.8 },
        { way: "analyze", ms: 812 },
      ],
    },
    {
      sql: "SELECT * FROM salaries WHERE person = $1",
      way: undefined,
      values: undefined,
      cost: undefined,
      findings: undefined,
      attempts: [
        { way: "explain", ms: 0.4, failure: denied },
        { way: "rowEstimates", ms: 0.2, failure: denied },
      ],
    },
    {
      sql: "UPDATE stock SET left = left - $1 WHERE id = $2",
      way: "rowEstimates",
      cost: undefined,
      findings: undefined,
      attempts: [
        { way: "explain", ms: 5000, failure: locked },
        { way: "explain", ms: 5000, waitedMs: 200, failure: locked },
        { way: "rowEstimates", ms: 2.5 },
      ],
    },
    ...hostile().map((text) => ({
      sql: text,
      schema: text,
      way: undefined,
      attempts: [{ way: "explain", ms: 1, failure: { code: "server", message: text, hint: text } }],
    })),
    { sql: `SELECT '${"x".repeat(100_000)}'` },
    { sql: "SELECT 名前 FROM 顧客 WHERE 都市 = '東京'", schema: undefined },
  ];
}

function countsOf(statements) {
  const of = (way) => statements.filter((s) => s.way === way).length;
  const reasons = new Map();
  for (const { way, attempts } of statements) {
    const failure = attempts.find((attempt) => attempt.failure)?.failure;
    if (failure === undefined || way === "explain" || way === "analyze") continue;
    const known = reasons.get(failure.message) ?? { failure, count: 0 };
    reasons.set(failure.message, { ...known, count: known.count + 1 });
  }
  return {
    asked: statements.length,
    cache: of("cache"),
    explain: of("explain"),
    analyze: of("analyze"),
    rowEstimates: of("rowEstimates"),
    failed: statements.filter((s) => s.way === undefined).length,
    repeated: statements.length > 0 ? 3 : 0,
    reasons: [...reasons.values()],
  };
}

const missing = {
  what: "Statistics of statements",
  reason: "The extension pg_stat_statements is not installed in this database.",
  fix: "CREATE EXTENSION pg_stat_statements",
};

export function workloadScenario(host) {
  const { kind } = host.settings;
  let broken = kind === "error";
  const answer = (limit) => {
    const wanted = special();
    const none = kind === "empty" || kind === "unavailable";
    const statements = none
      ? []
      : Array.from({ length: limit }, (_, i) => statement(i, wanted[kind === "tame" ? -1 : i]));
    return {
      statements,
      counts: countsOf(statements),
      since: "2026-01-01T08:00:00Z",
      ...(kind === "unavailable" && { unavailable: missing }),
    };
  };
  const handlers = {
    "workload/plans"({ id, params }) {
      if (kind === "slow") return undefined;
      if (broken) {
        broken = false;
        const data = { code: "connectionLost", hint: "Connect again.", retryable: true };
        return host.fail(id, "The connection was lost.", data);
      }
      return host.respond(id, answer(params.limit));
    },
    "host/confirm": ({ id }) => host.respond(id, host.settings.agrees !== false),
  };
  return {
    params: { sessionId: "s1", connectionName: "Sample shop" },
    request: (message) => handlers[message.method]?.(message),
  };
}
