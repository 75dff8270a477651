// Snapshots with a blocking chain, an idle session, an own connection and hostile texts.
import { answers } from "./answer.mjs";
import { hostile } from "./hostile.mjs";

function sessions(tick) {
  const base = {
    blockedBy: [],
    own: false,
    extra: [],
    active: true,
    state: "active",
    database: "shop",
    host: "10.0.0.7",
  };
  return [
    {
      ...base,
      id: "101",
      user: "report",
      application: "nightly",
      seconds: 754 + tick,
      sql: "SELECT customer_id, sum(total)\nFROM orders\nGROUP BY 1",
      explainable: true,
      wait: "IO: DataFileRead",
      transactionSeconds: 760 + tick,
    },
    {
      ...base,
      id: "102",
      user: "shop",
      application: "web",
      seconds: 12 + tick,
      sql: "UPDATE products SET price = price * 1.1 WHERE id = 7",
      wait: "Lock: transactionid",
      blockedBy: ["103"],
    },
    {
      ...base,
      id: "104",
      user: "shop",
      application: "web",
      seconds: 9 + tick,
      sql: "DELETE FROM products WHERE id = 7",
      wait: "Lock: tuple",
      blockedBy: ["102"],
    },
    {
      ...base,
      id: "103",
      user: "anna",
      application: "psql",
      seconds: 95 + tick,
      active: false,
      state: "idle in transaction",
      sql: "SELECT * FROM products WHERE id = 7 FOR UPDATE",
      transactionSeconds: 96 + tick,
    },
    {
      ...base,
      id: "105",
      user: "shop",
      application: "web",
      seconds: 3,
      active: false,
      state: "idle",
      sql: "COMMIT",
    },
    {
      ...base,
      id: "106",
      user: "mydba",
      application: "MyDBA",
      seconds: 0.01,
      own: true,
      sql: "SELECT * FROM pg_stat_activity",
    },
    ...hostile().map((text, i) => ({
      ...base,
      id: String(200 + i),
      user: text,
      application: text,
      state: text,
      sql: text,
      wait: text,
      seconds: 1,
      extra: [{ name: text, value: text }],
    })),
  ];
}

const killAbilities = {
  full: { killKinds: ["query", "connection"] },
  connections: {
    killKinds: ["connection"],
    killLimitation: "The server cannot end a command and keep its connection.",
  },
};

export function processesScenario(host) {
  let tick = 0;
  const watches = new Map();
  let gone = new Set();
  const snapshot = () => ({
    time: new Date(Date.UTC(2026, 0, 1, 12, 0, tick)).toISOString(),
    processes: sessions(tick).filter(
      (process) => !gone.has(process.id) && (host.settings.kind !== "own" || process.own),
    ),
    ...killAbilities[host.settings.kills ?? "full"],
    limitation: host.settings.limited
      ? "Only your own sessions are listed; the role pg_read_all_stats shows all."
      : undefined,
  });
  const handlers = {
    "process/watch"({ id, params }) {
      if (host.settings.kind === "error") {
        return host.fail(id, "The connection was lost.", {
          code: "connectionLost",
          hint: "Connect again.",
          retryable: true,
        });
      }
      const send = () => {
        tick++;
        host.item(params.stream.id, snapshot());
      };
      send();
      watches.set(id, setInterval(send, params.intervalMs));
    },
    "process/list": ({ id }) => host.respond(id, snapshot()),
    "host/confirm": ({ id }) => host.respond(id, true),
    "process/kill"({ id, params }) {
      const killed = params.id !== "105";
      if (killed) gone.add(params.id);
      host.respond(id, { killed });
    },
  };
  const answer = answers(host);
  return {
    params: { sessionId: "s1", connectionName: "Sample shop" },
    request: (message) =>
      message.method in answer
        ? answer[message.method](message.id, message.params)
        : handlers[message.method]?.(message),
    cancel(id) {
      clearInterval(watches.get(id));
      watches.delete(id);
    },
    watches,
  };
}
