// The gate as an editor meets it: what is asked, what is blocked, what is tried, held and rolled
// back. SQLite always, servers where there are any.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Client, guardSettings } from "./client.mjs";

const rowsInTable = 5000;
const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rowsInTable})`;
const fill = {
  sqlite: `${numbers} INSERT INTO guarded SELECT i, 0 FROM n`,
  postgres: `INSERT INTO guarded SELECT i, 0 FROM generate_series(1, ${rowsInTable}) AS i`,
  mysql: `INSERT INTO guarded ${numbers} SELECT i, 0 FROM n`,
  mariadb: `INSERT INTO guarded ${numbers} SELECT i, 0 FROM n`,
};

let folder;
before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-guard-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const urls = {
  sqlite: () => `sqlite:${folder}/t.db?mode=rwc`,
  postgres: () => process.env.MYDBA_TEST_POSTGRES,
  mysql: () => process.env.MYDBA_TEST_MYSQL,
  mariadb: () => process.env.MYDBA_TEST_MARIADB,
};

/** A client with 5,000 rows on session `s`, which counts questions and answers them by `answer`. */
class Desk {
  asked = [];
  answer = () => ({ choice: "run" });

  static async open(engine, options = "") {
    const desk = new Desk();
    desk.engine = engine;
    desk.client = new Client();
    const url = urls[engine]();
    await desk.client.open("setup", url);
    if (engine === "mysql" || engine === "mariadb")
      await desk.client
        .rows("setup", "SET SESSION cte_max_recursion_depth = 100000")
        .catch(() => desk.client.rows("setup", "SET SESSION max_recursive_iterations = 100000"));
    await desk.client.rows("setup", "DROP TABLE IF EXISTS guarded");
    await desk.client.rows("setup", "CREATE TABLE guarded (id int PRIMARY KEY, v int)");
    await desk.client.rows("setup", fill[engine]);
    const joined = options && `${url.includes("?") ? "&" : "?"}${options}`;
    await desk.client.open("s", url + joined);
    desk.client.confirm = (question) => {
      desk.asked.push(question);
      return desk.answer(question);
    };
    return desk;
  }

  /** Runs on the session; the answer and the events. */
  async run(sql, extra = {}) {
    const events = [];
    const params = { sessionId: "s", sql, ...extra };
    const result = await this.client.stream("query/run", params, 1 << 30, ({ item }) => {
      if (item) events.push(item);
    });
    return { result, ends: events.filter(({ kind }) => kind === "resultSetEnd"), events };
  }

  async count(where, sessionId = "s") {
    const sql = `SELECT count(*) FROM guarded WHERE ${where}`;
    return Number((await this.client.rows(sessionId, sql))[0][0]);
  }

  refused = (promise, pattern) =>
    assert.rejects(promise, (error) => {
      assert.equal(error.data.code, "refused");
      assert.match(error.message, pattern);
      return true;
    });

  async close() {
    this.client.confirm = () => ({ choice: "run" });
    await this.client.request("connection/close", { sessionId: "s" });
    await this.client.rows("setup", "DROP TABLE IF EXISTS guarded");
    assert.equal(await this.client.end(), 0);
  }
}

const everywhere = (name, work, engines = Object.keys(urls)) => {
  for (const engine of engines) {
    const missing = engine !== "sqlite" && !urls[engine]();
    test(`${engine}: ${name}`, { skip: missing && `no ${engine} server` }, () => work(engine));
  }
};

everywhere(
  "a destructive statement is asked about and runs only when it is agreed to",
  async (engine) => {
    const desk = await Desk.open(engine);
    desk.answer = () => ({ choice: "cancel" });
    await desk.refused(desk.run("DELETE FROM guarded"), /not confirmed/);
    assert.equal(await desk.count("true"), rowsInTable);
    assert.equal(desk.asked.length, 1);
    const [question] = desk.asked;
    assert.equal(question.environment, "dev");
    assert.equal(question.risk, "critical");
    assert.equal(question.phrase, undefined);
    assert.match(question.title, /guarded/);
    assert.match(question.detail, /guarded/);
    // An editor that cannot ask is no agreement.
    desk.answer = () => undefined;
    await desk.refused(desk.run("DROP TABLE guarded"), /this editor cannot ask/);
    desk.answer = () => ({ choice: "run" });
    await desk.run("DROP TABLE guarded");
    await assert.rejects(desk.count("true"));
    await desk.close();
  },
);

everywhere(
  "each statement of a text is asked about by itself, a blocked one stops all",
  async (engine) => {
    const desk = await Desk.open(engine);
    await desk.run(
      "DELETE FROM guarded WHERE id = 1; UPDATE guarded SET v = 1; DROP TABLE guarded",
    );
    // The UPDATE perhaps twice: before it is known how many rows it changes, and after.
    assert.deepEqual(
      [...new Set(desk.asked.map(({ sql }) => sql.split(" ")[0]))],
      ["UPDATE", "DROP"],
    );
    await desk.close();
    const prod = await Desk.open(engine, "environment=prod");
    await prod.refused(prod.run("SELECT 1; DELETE FROM guarded"), /^blocked: /);
    assert.equal(prod.asked.length, 0);
    assert.equal(await prod.count("true"), rowsInTable);
    await prod.close();
  },
);

everywhere("production wants it typed", async (engine) => {
  const desk = await Desk.open(engine, "environment=prod&allowDestructive=true");
  desk.answer = () => ({ choice: "run", typed: "yes" });
  await desk.refused(desk.run("DROP TABLE guarded"), /is not "guarded"/);
  assert.equal(await desk.count("true"), rowsInTable);
  desk.answer = ({ phrase }) => ({ choice: "run", typed: phrase });
  await desk.run("DROP TABLE guarded");
  assert.equal(desk.asked.at(-1).phrase, "guarded");
  await desk.close();
});

everywhere(
  "cancelling while the dialog is open ends within 200 ms, and nothing runs",
  async (engine) => {
    const desk = await Desk.open(engine);
    const opened = new Promise((resolve) => {
      desk.answer = () => {
        resolve();
        return new Promise(() => {});
      };
    });
    const run = desk.client.stream(
      "query/run",
      { sessionId: "s", sql: "DROP TABLE guarded" },
      1,
      () => {},
    );
    await opened;
    const start = performance.now();
    desk.client.cancel(run);
    await assert.rejects(run, (error) => error.data.code === "cancelled");
    assert.ok(performance.now() - start < 200);
    assert.equal(await desk.count("true"), rowsInTable);
    await desk.close();
  },
);

everywhere("the time that a person takes is not the statement's", async (engine) => {
  const desk = await Desk.open(engine);
  const timeoutMs = 300;
  // The person takes as long as another statement that began later and whose time is over.
  desk.answer = async () => {
    // MySQL would multiply the tables' counts without a condition.
    const endless =
      "SELECT count(*) FROM guarded a, guarded b, guarded c WHERE a.v + b.v + c.v > 0";
    const other = desk.run(endless, { sessionId: "setup", timeoutMs });
    await assert.rejects(other, (error) => error.data.code === "timeout");
    return { choice: "run" };
  };
  await desk.run("DELETE FROM guarded", { timeoutMs });
  assert.equal(await desk.count("true"), 0);
  await desk.close();
});

everywhere(
  "more rows than the limit are rolled back and asked about, in production blocked",
  async (engine) => {
    const update = "UPDATE guarded SET v = 1 WHERE id > 0";
    const desk = await Desk.open(engine);
    desk.answer = () => ({ choice: "cancel" });
    await desk.refused(desk.run(update), /not confirmed/);
    assert.match(desk.asked[0].reasons.join(), /5,000 rows/);
    assert.match(desk.asked[0].impact[0], /^It was run, changed 5,000 rows and was rolled back/);
    assert.equal(await desk.count("v = 1"), 0);
    desk.answer = () => ({ choice: "run" });
    const { ends } = await desk.run(update);
    assert.deepEqual(
      ends.map(({ rolledBack, affected }) => [rolledBack, affected]),
      [
        [true, rowsInTable],
        [undefined, rowsInTable],
      ],
    );
    assert.equal(desk.asked.length, 2);
    assert.equal(await desk.count("v = 1"), rowsInTable);
    await desk.run("UPDATE guarded SET v = 2 WHERE id <= 1000");
    assert.equal(desk.asked.length, 2, "within the limit");
    await desk.close();

    const prod = await Desk.open(engine, "environment=prod");
    await prod.refused(prod.run(update), /^blocked: .*5,000 rows.*1,000/);
    assert.equal(await prod.count("v = 1"), 0);
    await prod.close();
  },
);

everywhere("a dry run is followed by the question again, with what it changed", async (engine) => {
  const desk = await Desk.open(engine);
  desk.answer = () => ({ choice: desk.asked.length === 1 ? "dryRun" : "run" });
  const { ends } = await desk.run("DELETE FROM guarded");
  assert.equal(desk.asked.length, 2);
  assert.equal(desk.asked[0].canDryRun, true);
  assert.match(desk.asked[1].impact[0], /^The dry run changed 5,000 rows and was rolled back\.$/);
  assert.equal(ends.length, 1);
  assert.equal(await desk.count("true"), 0);
  await desk.close();
});

everywhere("dryRunFirst tries before it asks", async (engine) => {
  const desk = await Desk.open(engine);
  await desk.client.request("guard/configure", { ...guardSettings, dryRunFirst: true });
  desk.answer = () => ({ choice: "cancel" });
  await desk.refused(desk.run("DELETE FROM guarded"), /not confirmed/);
  assert.match(desk.asked[0].impact[0], /5,000 rows/);
  assert.equal(await desk.count("true"), rowsInTable);
  await desk.close();
});

everywhere("a run in mode dryRun changes nothing, and says so", async (engine) => {
  const desk = await Desk.open(engine);
  const text = "UPDATE guarded SET v = 7 WHERE id = 1; DELETE FROM guarded WHERE v = 7";
  const { ends } = await desk.run(text, { mode: "dryRun" });
  assert.deepEqual(
    ends.map(({ rolledBack, affected }) => [rolledBack, affected]),
    [
      [true, 1],
      [true, 1],
    ],
  );
  assert.equal(desk.asked.length, 0);
  assert.equal(await desk.count("v = 0"), rowsInTable);
  const ddl = desk.run("DROP TABLE guarded", { mode: "dryRun" });
  if (engine === "postgres" || engine === "sqlite") await ddl;
  else await desk.refused(ddl, /commits drop by itself/);
  for (const outside of ["VACUUM", "COMMIT", "SELECT no_such_function()"])
    await desk.refused(desk.run(outside, { mode: "dryRun" }), /cannot be rolled back|may not take/);
  assert.equal(await desk.count("true"), rowsInTable);
  await desk.close();
});

everywhere("a held transaction waits for its end, and nothing slips out of it", async (engine) => {
  const desk = await Desk.open(engine);
  desk.answer = ({ canHold }) => ({ choice: canHold ? "hold" : "cancel" });
  const { result } = await desk.run("UPDATE guarded SET v = 3");
  assert.equal(result.held.affected, rowsInTable);
  assert.ok(result.held.rollbackInMs > 0 && result.held.rollbackInMs <= 60_000);
  assert.equal(await desk.count("v = 3"), rowsInTable, "inside");
  if (engine !== "sqlite") assert.equal(await desk.count("v = 3", "setup"), 0, "outside");
  const inside = await desk.run("UPDATE guarded SET v = 4 WHERE id = 1");
  assert.ok(inside.result.held);
  assert.match(
    inside.events.find(({ kind }) => kind === "notice").message,
    /inside the transaction/,
  );
  await desk.refused(desk.run("COMMIT"), /cannot be rolled back/);
  await desk.client.request("transaction/end", { sessionId: "s", commit: false });
  assert.equal(await desk.count("v = 0"), rowsInTable);
  await desk.refused(
    desk.client.request("transaction/end", { sessionId: "s", commit: true }),
    /no transaction waits/,
  );
  const again = await desk.run("UPDATE guarded SET v = 5 WHERE id = 1", { mode: "hold" });
  assert.equal(again.result.held.affected, 1);
  await desk.client.request("transaction/end", { sessionId: "s", commit: true });
  assert.equal(await desk.count("v = 5", "setup"), 1);
  await desk.close();
});

everywhere(
  "a transaction of the user's own is left open, and what is too much goes back alone",
  async (engine) => {
    const desk = await Desk.open(engine);
    desk.answer = () => ({ choice: "cancel" });
    await desk.run("BEGIN");
    await desk.run("UPDATE guarded SET v = 1 WHERE id = 1");
    await desk.refused(desk.run("UPDATE guarded SET v = 1 WHERE id > 0"), /not confirmed/);
    assert.equal(desk.asked[0].canHold, false);
    assert.equal(await desk.count("v = 1"), 1);
    await desk.refused(desk.run("SELECT 1", { mode: "hold" }), /open already/);
    await desk.run("COMMIT");
    assert.equal(await desk.count("v = 1", "setup"), 1);
    await desk.close();
  },
);

test("the user's settings loosen dev, not production", async () => {
  const desk = await Desk.open("sqlite");
  await desk.client.request("guard/configure", { ...guardSettings, safeMode: false });
  await desk.run("UPDATE guarded SET v = 1");
  assert.equal(desk.asked.length, 0);
  await desk.client.open("prod", `${urls.sqlite()}&environment=prod`);
  await desk.refused(desk.client.rows("prod", "DELETE FROM guarded"), /^blocked: /);
  await desk.client.request("connection/close", { sessionId: "prod" });
  await desk.close();
});

test(
  "a read of which the server expects many rows is told in production",
  { skip: urls.postgres() ? false : "no postgres server" },
  async () => {
    const desk = await Desk.open("postgres", "environment=prod");
    const many = "SELECT 1 FROM guarded a, guarded b";
    const { events } = await desk.run(many, { limit: 1 });
    assert.match(events.find(({ kind }) => kind === "notice").message, /expects [\d,]+ rows/);
    await desk.close();
  },
);

test("guard/check finds in the units of editors", async () => {
  const client = new Client();
  const text = "SELECT '🦭';\n-- é\nDELETE FROM é; DROP TABLE t";
  const { findings } = await client.request("guard/check", { text, dialect: "sqlite" });
  assert.deepEqual(
    findings.map(({ id, decision, start, end }) => [id, decision, text.slice(start, end)]),
    [
      ["delete-without-where", "confirm", "DELETE"],
      ["drop", "confirm", "t"],
    ],
  );
  const prod = await client.request("guard/check", {
    text,
    dialect: "sqlite",
    environment: "prod",
  });
  assert.equal(prod.findings[0].decision, "block");
  const big = "DELETE FROM t;\n".repeat(100_000);
  assert.equal((await client.request("guard/check", { text: big })).findings.length, 100_000);
  assert.equal(await client.end(), 0);
});
