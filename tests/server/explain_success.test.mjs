// Valid statements of each engine are explained, six hundred or as many as MYDBA_WORKLOAD says (the whole is 2000): nearly every one must have a plan, and every one
// that has none a reason (issue: reliable collection). The same with placeholders in place of the values.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Client } from "./client.mjs";
import { schema, Workload } from "./workload.mjs";

const count = Number(process.env.MYDBA_WORKLOAD ?? 600);
const digestEvery = 3; // a third of them is enough to tell two per cent, and a minute less
const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workload-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const home = {
  sqlite: ["SELECT 1"],
  postgres: [
    "DROP SCHEMA IF EXISTS workload CASCADE",
    "CREATE SCHEMA workload",
    "SET search_path = workload",
  ],
  mysql: [
    "DROP DATABASE IF EXISTS workload",
    "CREATE DATABASE workload CHARACTER SET utf8mb4",
    "USE workload",
  ],
};
home.mariadb = home.mysql;

/** The statements without a plan of the server, each with why; the counts must say the same. */
async function explainAll(client, statements) {
  const { statements: planned, counts } = await client.request("workload/plans", {
    sessionId: "w",
    statements,
  });
  const failures = planned.filter(({ way }) => way !== "explain" && way !== "cache");
  assert.equal(planned.length, statements.length);
  assert.equal(counts.explain + counts.cache, statements.length - failures.length);
  assert.equal(counts.rowEstimates + counts.failed, failures.length);
  const counted = counts.reasons.reduce((sum, { count }) => sum + count, 0);
  assert.equal(counted, failures.length, JSON.stringify(counts.reasons));
  return failures.map(({ sql, attempts }) => ({ sql, why: attempts[0].failure.message }));
}

async function explainWorkload(t, engine, url) {
  const client = new Client();
  try {
    await client.open("w", url);
    for (const sql of [...home[engine], ...schema(engine)]) await client.rows("w", sql);
    const workload = new Workload(engine, 20261121);
    const made = Array.from({ length: count }, () => workload.next());
    const statements = made.map(({ sql }) => sql);
    const digests = made
      .filter(({ placeholders }, i) => placeholders > 0 && i % digestEvery === 0)
      .map(({ digest }) => digest);
    const plain = await explainAll(client, statements);
    const filled = await explainAll(client, digests);
    for (const [what, failed, all] of [
      ["statements", plain, count],
      ["digests", filled, digests.length],
    ]) {
      t.diagnostic(`${engine}: ${all - failed.length} of ${all} ${what} have a plan`);
      for (const { sql, why } of failed) t.diagnostic(`${why}: ${sql}`);
    }
    assert.ok(plain.length <= count * 0.01, `${plain.length} of ${count} statements have no plan`);
    assert.ok(digests.length > (count / digestEvery) * 0.8, `${digests.length} digests`);
    assert.ok(filled.length <= digests.length * 0.02, `${filled.length} of ${digests.length}`);
  } finally {
    await client.rows("w", home[engine][0]).catch(() => {});
    await client.end();
  }
}

test("valid statements have plans, with values and without", { concurrency: true }, (t) =>
  Promise.all(
    Object.keys(home).map((engine) =>
      t.test(engine, async (part) => {
        const variable = `MYDBA_TEST_${engine.toUpperCase()}`;
        const file = path.join(folder, "w.db");
        if (engine === "sqlite") writeFileSync(file, "");
        const url = engine === "sqlite" ? `sqlite:${file}` : process.env[variable];
        if (!url) return part.skip(`${variable} names no server to test on`);
        await explainWorkload(part, engine, url);
      }),
    ),
  ),
);
