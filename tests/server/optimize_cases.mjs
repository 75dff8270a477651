// What the tests of optimize_query share: the queries of tests/optimize, and what every answer and
// every result is held against.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const data = path.resolve(import.meta.dirname, "../optimize");
export const read = (file) => readFileSync(path.join(data, file), "utf8");

/** The entries of a file: lines of comment, the first of which is the name, then a statement. */
export const entries = (file) =>
  read(file)
    .split(/\n\n+/)
    .map((block) => block.trim().split("\n"))
    .map((lines) => ({
      remarks: lines.filter((line) => line.startsWith("-- ")).map((line) => line.slice(3)),
      sql: lines
        .filter((line) => !line.startsWith("--"))
        .join("\n")
        .replace(/;$/, ""),
    }))
    .filter(({ sql }) => sql);

/** An ORDER BY of the statement itself stands behind its last parenthesis. */
export const isOrdered = (sql) => /\bORDER BY\b/.test(sql.slice(sql.lastIndexOf(")") + 1));
/** A result in one text; its rows in order where that matters. */
export const digest = (rows, ordered) => {
  const lines = rows.map((row) => JSON.stringify(row));
  return (ordered ? lines : lines.sort()).join("\n");
};

/** What every answer must keep to, whatever is in it. */
export function checkForm(result) {
  for (const proposal of result.proposals) {
    assert.match(proposal.document, /^[a-z]+\/[a-z0-9-]+(#[a-z0-9-]+)?$/);
    assert.match(proposal.url, /^https:/);
    assert.ok(proposal.reason && proposal.title && proposal.why, JSON.stringify(proposal));
    if (proposal.kind !== "rewrite") assert.notEqual(proposal.proof, "proven");
    if (proposal.proof === "proven") {
      assert.equal(proposal.before.rows, proposal.after.rows);
      assert.ok(proposal.after.medianMs < proposal.before.medianMs);
    }
  }
}
