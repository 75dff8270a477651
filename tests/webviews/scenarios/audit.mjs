// A log of 450 entries in pages, with every kind of entry at its top and hostile texts among them.
import { hostile } from "./hostile.mjs";

const base = {
  actor: "editor",
  action: "statement",
  connection: "postgres://anna@db.example/shop",
  environment: "prod",
};

function entries() {
  const special = [
    { action: "connect", kind: "session", outcome: "done" },
    {
      kind: "delete",
      sql: "DELETE FROM orders WHERE id = 1",
      fingerprint: "00112233445566aa",
      verdict: "confirm",
      confirmed: "typed",
      outcome: "done",
      rows: 1234,
      elapsedMs: 41.5,
    },
    { kind: "drop", sql: "DROP TABLE orders", actor: "chat", verdict: "block", outcome: "refused" },
    {
      kind: "update",
      sql: "UPDATE products SET price = 1",
      verdict: "confirm",
      confirmed: "declined",
      outcome: "refused",
    },
    { kind: "insert", sql: "INSERT INTO t VALUES (1)", environment: "staging" },
    { kind: "insert", sql: "INSERT INTO nowhere VALUES (1)", outcome: "server 42P01" },
    {
      action: "variable",
      kind: "set",
      variable: "max_connections",
      sql: "SET GLOBAL max_connections = 1",
      outcome: "done",
    },
    { action: "kill", kind: "query", outcome: "done" },
    {
      action: "retention",
      connection: "",
      environment: undefined,
      removed: { through: 70, hash: "00", entries: 70, reason: "older than 365 days" },
    },
    ...hostile().map((text) => ({ kind: text, sql: text, connection: text, outcome: text })),
  ];
  return Array.from({ length: 450 }, (_, i) => ({
    ...base,
    sql: `INSERT INTO t${450 - i} VALUES (1)`,
    kind: "insert",
    environment: "dev",
    outcome: "done",
    rows: 1,
    elapsedMs: 1.25,
    ...(special[i] && {
      environment: "prod",
      rows: undefined,
      elapsedMs: undefined,
      outcome: undefined,
      ...special[i],
    }),
    seq: 1000 - i,
    time: new Date(Date.UTC(2026, 0, 2) - i * 61_000).toISOString(),
  }));
}

export function auditScenario(host) {
  const { kind, verdict } = host.settings;
  const log = kind === "empty" ? [] : entries();
  let broken = kind === "error";
  const handlers = {
    "audit/list"({ id, params: { filter, before = Infinity, limit } }) {
      if (broken) {
        broken = false;
        return host.fail(id, "audit.db: no permission", { code: "io", hint: "Look at its mode." });
      }
      const found = log.filter(
        (entry) =>
          entry.seq < before &&
          (!filter.text || JSON.stringify(entry).includes(filter.text)) &&
          (!filter.actor || entry.actor === filter.actor),
      );
      const page = found.slice(0, limit);
      host.respond(id, {
        entries: page,
        file: "/home/anna/.local/share/mydba/audit.db",
        keptDays: 365,
        keptMegabytes: 100,
        ...(found.length > limit && { next: page.at(-1).seq }),
      });
    },
    "audit/verify"({ id, params }) {
      host.item(params.stream.id, { entries: 200, total: 450 });
      host.respond(id, verdict ?? { valid: true, entries: 450, removed: 70 });
    },
    "audit/export": ({ id, params: { format } }) =>
      host.respond(id, { text: `as ${format}`, entries: 450, truncated: false }),
  };
  return {
    params: {},
    request: (message) => handlers[message.method]?.(message),
    add: (entry) => log.unshift({ ...base, time: new Date().toISOString(), ...entry }),
  };
}
