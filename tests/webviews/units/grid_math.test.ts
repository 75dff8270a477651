import assert from "node:assert/strict";
import { test } from "node:test";
import * as grid from "../../../webviews/shared/grid_math.js";

const huge = { rowCount: 10_000_000, rowHeight: 24, viewHeight: 600 };
const small = { rowCount: 1000, rowHeight: 24, viewHeight: 600 };

test("few rows scroll one to one", () => {
  assert.equal(grid.scrollHeight(small), 24_000);
  assert.equal(grid.virtualFromScroll(small, 5000), 5000);
  assert.equal(grid.scrollFromVirtual(small, 5000), 5000);
});

test("ten million rows fit under the browser's cap, first and last row can be reached", () => {
  assert.equal(grid.scrollHeight(huge), grid.maxScrollHeight);
  assert.equal(grid.virtualFromScroll(huge, 0), 0);
  const bottom = grid.virtualFromScroll(huge, grid.maxScrollHeight - 600);
  assert.deepEqual(grid.visibleRows(huge, bottom), { first: 9_999_975, end: 10_000_000 });
});

test("the mapping goes there and back", () => {
  for (const row of [0, 1, 12_345, 5_000_000, 9_999_000]) {
    const top = row * 24;
    const back = grid.virtualFromScroll(huge, grid.scrollFromVirtual(huge, top));
    assert.ok(Math.abs(back - top) < 0.01, `row ${row}: ${back} for ${top}`);
  }
});

test("no position is outside the rows", () => {
  assert.equal(grid.clampTop(small, -5), 0);
  assert.equal(grid.clampTop(small, 1e9), 24_000 - 600);
  assert.equal(grid.clampTop({ ...small, rowCount: 3 }, 40), 0);
  const empty = { ...small, rowCount: 0 };
  assert.deepEqual(grid.visibleRows(empty, 0), { first: 0, end: 0 });
  assert.equal(grid.virtualFromScroll(empty, 100), 0);
});

test("a row is revealed with the least movement", () => {
  assert.equal(grid.topToReveal(small, 0, 3), 0, "already in view");
  assert.equal(grid.topToReveal(small, 240, 3), 72, "above");
  assert.equal(grid.topToReveal(small, 0, 25), 24, "just below");
});

test("columns that touch the view", () => {
  const edges = grid.columnEdges([100, 50, 200]);
  assert.deepEqual(edges, [0, 100, 150, 350]);
  assert.deepEqual(grid.visibleColumns(edges, 0, 100), { first: 0, end: 1 });
  assert.deepEqual(grid.visibleColumns(edges, 99, 2), { first: 0, end: 2 });
  assert.deepEqual(grid.visibleColumns(edges, 150, 1000), { first: 2, end: 3 });
  assert.deepEqual(grid.visibleColumns([0], 0, 100), { first: 0, end: 0 });
});

test("keys stop at the edges", () => {
  const at = { row: 0, column: 2 };
  const move = (m: grid.Move) => grid.moveCell(at, m, 100, 3, 20);
  assert.deepEqual(move("up"), { row: 0, column: 2 });
  assert.deepEqual(move("right"), { row: 0, column: 2 });
  assert.deepEqual(move("pageDown"), { row: 20, column: 2 });
  assert.deepEqual(move("last"), { row: 99, column: 2 });
  assert.deepEqual(move("rowStart"), { row: 0, column: 0 });
  assert.deepEqual(grid.moveCell(at, "down", 0, 0, 1), { row: 0, column: 2 });
});

test("a selection is the rectangle between two cells in any order", () => {
  const range = grid.rangeBetween({ row: 5, column: 0 }, { row: 2, column: 3 });
  assert.deepEqual(range, { firstRow: 2, endRow: 6, firstColumn: 0, endColumn: 4 });
  assert.ok(grid.contains(range, 5, 3));
  assert.ok(!grid.contains(range, 6, 3));
  assert.ok(!grid.contains(undefined, 0, 0));
});
