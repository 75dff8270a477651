import assert from "node:assert/strict";
import { test } from "node:test";
import type { Column } from "../../../protocol/generated/ts/protocol.js";
import {
  fetchWindow,
  formatCells,
  parseFilter,
  statusText,
  textPosition,
} from "../../../webviews/results/layout.js";

const columns: Column[] = [
  { name: "id", type: "bigint", kind: "number" },
  { name: "name", type: "text", kind: "text" },
  { name: "name", type: "bool", kind: "boolean" },
];

test("filters are read as they are typed", () => {
  const cases: [string, object | undefined][] = [
    ["", undefined],
    ["  ", undefined],
    ["anna", { op: "contains", value: "anna" }],
    ["!anna", { op: "notContains", value: "anna" }],
    ["= anna", { op: "equals", value: "anna" }],
    ["=", { op: "equals", value: "" }],
    ["!=5", { op: "notEquals", value: "5" }],
    ["<=5", { op: "lessOrEqual", value: "5" }],
    ["> 5", { op: "greater", value: "5" }],
    [">", undefined],
    ["null", { op: "isNull" }],
    ["!NULL", { op: "isNotNull" }],
    ["=null", { op: "equals", value: "null" }],
  ];
  for (const [text, expected] of cases) {
    const filter = parseFilter(2, text);
    assert.deepEqual(filter, expected === undefined ? undefined : { column: 2, ...expected }, text);
  }
});

test("a byte offset becomes line and column", () => {
  const sql = "SELECT 'é🙂',\n  nmae\nFROM t";
  const offset = new TextEncoder().encode("SELECT 'é🙂',\n  ").length;
  assert.deepEqual(textPosition(sql, offset), { line: 2, column: 3, lineText: "  nmae" });
  assert.equal(textPosition(sql, 0).column, 1);
  assert.equal(textPosition(sql, 9999).line, 3);
});

test("texts for the clipboard keep cells apart", () => {
  const cells = [
    ["1", "a\tb", "true"],
    ["9007199254740993", 'say "x", y', null],
    [null, "", "false"],
  ];
  assert.equal(
    formatCells("text", columns, cells),
    '1\t"a\tb"\ttrue\n9007199254740993\tsay "x", y\t\n\t\tfalse',
  );
  assert.ok(formatCells("textWithHeaders", columns, []).startsWith("id\tname\tname"));
  assert.equal(
    formatCells("csv", columns, cells),
    'id,name,name\r\n1,a\tb,true\r\n9007199254740993,"say ""x"", y",\r\n,"",false\r\n',
  );
  const json = JSON.parse(formatCells("json", columns, cells)) as unknown[];
  assert.deepEqual(json[0], { id: 1, name: "a\tb", name_2: true });
  assert.deepEqual(json[1], { id: "9007199254740993", name: 'say "x", y', name_2: null });
});

test("an IN list quotes texts and leaves out NULL and repetitions", () => {
  const list = (kind: Column["kind"], values: (string | null)[]) =>
    formatCells(
      "inList",
      [{ name: "x", type: "", kind }],
      values.map((v) => [v]),
    );
  assert.equal(list("number", ["1", null, "2", "1", "NaN"]), "(1, 2, 'NaN')");
  assert.equal(
    list("text", ["it's", "'); DROP TABLE t; --"]),
    "('it''s', '''); DROP TABLE t; --')",
  );
});

test("the status line says what is known", () => {
  const base = {
    columns: 3,
    rowsRead: 2050,
    end: undefined,
    running: true,
    waiting: false,
    readingAll: false,
    viewRows: undefined,
    elapsedMs: 1530,
  };
  assert.equal(statusText(base), "2,050 rows so far · reading… · 1.53 s");
  assert.match(statusText({ ...base, waiting: true }), /scroll or read all/);
  const end = { resultSet: 0, rows: 1, elapsedMs: 5, truncated: "limit" as const };
  assert.equal(
    statusText({ ...base, rowsRead: 1, end, running: false }),
    "1 row · stopped at the row limit · 5 ms",
  );
  const affected = { resultSet: 0, rows: 0, affected: 1, command: "UPDATE", elapsedMs: 5 };
  assert.equal(
    statusText({ ...base, columns: 0, end: affected, running: false }),
    "1 row affected · 5 ms",
  );
  assert.match(statusText({ ...base, viewRows: 7 }), /^7 of 2,050 rows/);
});

test("a fetch covers what is missing and stays small", () => {
  const window = fetchWindow(1000, 1030, 10_000_000, 100, false);
  assert.equal(window.first, 1000);
  assert.ok(window.count >= 30 && window.count <= 10_000);
  assert.deepEqual(fetchWindow(1000, 1030, 10_000_000, 1_000_000, false), {
    first: 1000,
    count: 30,
  });
  const up = fetchWindow(1000, 1030, 10_000_000, 100, true);
  assert.equal(up.first + up.count, 1030);
  assert.deepEqual(fetchWindow(9_999_990, 10_000_000, 10_000_000, 100, false), {
    first: 9_999_990,
    count: 10,
  });
});
