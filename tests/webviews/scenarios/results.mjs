// A helper with a table of `rows` synthetic rows, streamed under credit and read from a "spool" afterwards.
import { encodeFrame } from "../frames.mjs";
import { hostile } from "./hostile.mjs";

const columns = [
  { name: "id", type: "bigint", kind: "number" },
  { name: "name", type: "varchar(80)", kind: "text" },
  { name: "price", type: "numeric(10,2)", kind: "number" },
  { name: "paid", type: "boolean", kind: "boolean" },
  { name: "created_at", type: "timestamptz", kind: "time" },
  { name: "attributes", type: "jsonb", kind: "json" },
  { name: "note", type: "text", kind: "text" },
];

const frameRows = 2500;
const notes = [null, "", "NULL", "two\nlines", "שלום עולם (abc)", "🙂 emoji", "x".repeat(400)];

function syntheticRow(i) {
  return [
    String(i),
    `customer ${i}`,
    ((i * 37) % 100000) / 100 + "",
    i % 3 === 0 ? "false" : "true",
    `2026-03-${String((i % 28) + 1).padStart(2, "0")} 12:00:00+00`,
    `{"colour": "blue", "size": ${i % 9}}`,
    notes[i % notes.length],
  ];
}

/** People with a password, which the helper hides until it is revealed. */
function usersTable() {
  const revealed = new Set();
  const password = { name: "password", type: "text", kind: "text", sensitive: "secret" };
  const email = { name: "email", type: "text", kind: "text", sensitive: "personal" };
  return {
    revealed,
    rows: 60,
    columns: [
      { name: "id", type: "int", kind: "number" },
      { ...email, sensitiveBecause: "it looks like somebody's mail address" },
      { ...password, sensitiveBecause: "it looks like a password", redacted: true },
    ],
    row: (i) => [String(i), `u${i}@example.org`, revealed.has(2) ? `hunter${i}` : "•••"],
  };
}

const tables = { hostile: hostileTable, users: usersTable };

export function resultsScenario(host) {
  const { rows = 1000, kind = "table" } = host.settings;
  const runs = new Map(); // request id -> run
  const byStream = new Map();
  const table = tables[kind]?.() ?? { columns, row: syntheticRow, rows };
  let views = 0;
  const viewOrder = new Map();

  const slice = (first, count, row = table.row) =>
    Array.from({ length: count }, (_, i) => row(first + i));

  /** As the helper: only frames cost credit, and a last frame that has none stays in the spool. */
  function pump(run) {
    if (run.done || run.cancelled) return;
    if (run.readAll && run.at < table.rows) {
      run.at = table.rows;
      host.item(run.stream, { kind: "progress", resultSet: 0, rows: table.rows, bytes: 1 });
    }
    while (run.at < table.rows && run.credit > 0) {
      run.credit--;
      const count = Math.min(run.at === 0 ? 50 : frameRows, table.rows - run.at);
      host.frame(run.stream, encodeFrame({ firstRow: run.at, rows: slice(run.at, count) }));
      run.at += count;
    }
    if (table.rows - run.at < frameRows) finish(run);
  }

  function finish(run) {
    run.done = true;
    host.item(run.stream, {
      kind: "resultSetEnd",
      resultSet: 0,
      rows: table.rows,
      elapsedMs: 1234,
    });
    host.respond(run.id, { resultSets: 1, rows: table.rows, elapsedMs: 1234 });
  }

  const handlers = {
    "query/run"({ id, params }) {
      if (kind === "error") {
        const data = {
          code: "syntax",
          engineCode: "42703",
          position: 13,
          hint: 'Perhaps you meant "name".',
        };
        return host.fail(id, 'column "nmae" does not exist', data);
      }
      if (kind === "many") return runMany(host, id, params.stream.id);
      if (kind === "refused") return refuse(host, id);
      if (kind === "changes") return runChange(host, id, params);
      if (kind === "silent")
        return runs.set(id, { id, stream: params.stream.id, credit: 0, done: true });
      const run = {
        id,
        stream: params.stream.id,
        credit: params.stream.credit,
        at: 0,
        done: false,
      };
      runs.set(id, run);
      byStream.set(run.stream, run);
      const head = {
        resultSet: 0,
        resultId: "r1",
        statement: 0,
        sql: params.sql,
        columns: table.columns,
      };
      host.item(run.stream, { kind: "resultSet", ...head });
      pump(run);
    },
    "result/rows"({ id, params }) {
      const { first, viewId } = params;
      const count = Math.max(0, Math.min(params.count, table.rows - first));
      const order = viewId === undefined ? (i) => i : viewOrder.get(viewId);
      const read = slice(first, count, (i) => table.row(order(i)));
      for (let at = 0; at < count; at += 1000) {
        host.frame(
          params.stream.id,
          encodeFrame({ firstRow: first + at, rows: read.slice(at, at + 1000) }),
        );
      }
      host.respond(id, { first, count });
    },
    "result/view"({ id, params }) {
      if (kind === "sortsForever" && params.sort.length > 0) return;
      const viewId = `v${++views}`;
      const descending = params.sort[0]?.descending === true;
      viewOrder.set(viewId, descending ? (i) => table.rows - 1 - i : (i) => i);
      const shown = params.filters.length > 0 ? Math.floor(table.rows / 2) : table.rows;
      host.respond(id, { viewId, rows: shown });
    },
    "result/readAll"({ id }) {
      host.respond(id, {});
      for (const run of runs.values()) {
        run.readAll = true;
        pump(run);
      }
    },
    "result/cell"({ id }) {
      const text = "whole ".repeat(20000);
      host.respond(id, { text, bytes: text.length, truncated: false });
    },
    "result/reveal"({ id, params }) {
      table.revealed.add(params.column);
      host.respond(id, {});
    },
    "result/close": ({ id }) => host.respond(id, {}),
    "transaction/end": ({ id }) => host.respond(id, {}),
  };

  return {
    params: {
      sessionId: "s1",
      sql: "SELECT id,\n  nmae FROM customers",
      title: "customers",
      connectionName: "Sample shop",
      explainable: true,
      ...host.settings.about,
    },
    request: (message) => handlers[message.method]?.(message),
    credit({ id, n }) {
      const run = byStream.get(id);
      if (run === undefined) return;
      run.credit += n;
      pump(run);
    },
    cancel(id) {
      const run = runs.get(id);
      if (run !== undefined) run.cancelled = true;
    },
  };
}

/** Every hostile text as a column name and as a value. */
function hostileTable() {
  const texts = hostile();
  return {
    columns: texts.map((name) => ({ name, type: "text", kind: "text" })),
    rows: texts.length,
    row: (i) => texts.map((_, column) => texts[(i + column) % texts.length]),
  };
}

/** Three statements, notices, and one without rows. */
function runMany(host, id, stream) {
  const set = (resultSet, sql, cols) =>
    host.item(stream, {
      kind: "resultSet",
      resultSet,
      resultId: `m${resultSet}`,
      statement: resultSet,
      sql,
      columns: cols,
    });
  const end = (resultSet, rest) =>
    host.item(stream, { kind: "resultSetEnd", resultSet, elapsedMs: 3.2, ...rest });
  host.item(stream, {
    kind: "notice",
    severity: "NOTICE",
    message: 'table "x" does not exist, skipping',
  });
  set(0, "UPDATE orders SET paid = true WHERE id = 7", []);
  end(0, { rows: 0, affected: 1, command: "UPDATE" });
  set(1, "SELECT id FROM customers LIMIT 3", columns.slice(0, 2));
  const rows = [0, 1, 2].map((i) => syntheticRow(i).slice(0, 2));
  host.frame(stream, encodeFrame({ resultSet: 1, firstRow: 0, rows }));
  end(1, { rows: 3, command: "SELECT", truncated: "limit" });
  set(2, "SELECT 1 WHERE false", columns.slice(0, 1));
  end(2, { rows: 0, command: "SELECT" });
  host.respond(id, { resultSets: 3, rows: 3, elapsedMs: 12 });
}

function refuse(host, id) {
  const message = "DROP TABLE is blocked in production: orders is removed with all that is in it";
  const hint = "Allow destructive statements in the connection, or run it on another one.";
  host.fail(id, message, { code: "refused", hint });
}

/** A statement that changes rows: tried, held or done as the page asks for, with an inverse. */
function runChange(host, id, { stream, sql, mode }) {
  const undo = {
    title: "Create the index again",
    sql: "CREATE INDEX total ON orders (total)",
    caution: "Its statistics are gathered anew.",
  };
  const head = { resultSet: 0, resultId: "c0", statement: 0, sql, columns: [] };
  host.item(stream.id, { kind: "resultSet", ...head });
  host.item(stream.id, {
    kind: "resultSetEnd",
    resultSet: 0,
    rows: 0,
    affected: 12,
    command: "UPDATE",
    elapsedMs: 3,
    ...(mode === "dryRun" ? { rolledBack: true } : { undo }),
  });
  if (host.settings.tooMany) {
    const message = "blocked: it changes 12 rows, and the limit is 10";
    return host.fail(id, message, { code: "refused", hint: "Change fewer rows at a time." });
  }
  const held = host.settings.held && { affected: 12, rollbackInMs: host.settings.held };
  host.respond(id, { resultSets: 1, rows: 0, elapsedMs: 3, ...(held ? { held } : {}) });
}
