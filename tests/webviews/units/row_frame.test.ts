import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameCache } from "../../../webviews/shared/frame_cache.js";
import { FrameError, RowFrame } from "../../../webviews/shared/row_frame.js";
import { encodeFrame } from "../frames.mjs";

const long = "é".repeat(200); // 400 bytes: a u16 length
const longer = "x".repeat(70_000); // a u32 length

test("cells come back as written, whatever their length", () => {
  const rows = [
    ["1", "", null, "NULL"],
    [long, longer, "🙂", "x".repeat(250)],
    ["x".repeat(251), null, null, ""],
  ];
  const frame = new RowFrame(encodeFrame({ resultSet: 3, firstRow: 7_000_000_000, rows }));
  assert.equal(frame.resultSet, 3);
  assert.equal(frame.firstRow, 7_000_000_000);
  assert.equal(frame.endRow, 7_000_000_003);
  assert.deepEqual(
    [0, 1, 2].map((row) => frame.cells(row)),
    rows,
  );
});

test("only the asked columns are decoded", () => {
  const frame = new RowFrame(encodeFrame({ firstRow: 0, rows: [["a", long, null, "d"]] }));
  assert.deepEqual(frame.cells(0, 1, 3), [long, null]);
  assert.deepEqual(frame.cells(0, 3, 99), ["d"]);
});

test("cut cells are listed with their full length", () => {
  const cuts = [{ row: 1, column: 0, length: 5_000_000_000 }];
  const frame = new RowFrame(encodeFrame({ firstRow: 0, rows: [["a"], ["b"]], cuts }));
  assert.equal(frame.cutLength(1, 0), 5_000_000_000);
  assert.equal(frame.cutLength(0, 0), undefined);
});

test("a frame in the middle of a larger buffer is read", () => {
  const bytes = encodeFrame({ firstRow: 0, rows: [["a", "b"]] });
  const larger = new Uint8Array(bytes.length + 10);
  larger.set(bytes, 5);
  const frame = new RowFrame(larger.subarray(5, 5 + bytes.length));
  assert.deepEqual(frame.cells(0), ["a", "b"]);
});

test("false frames are refused", () => {
  const good = encodeFrame({ firstRow: 0, rows: [["abc"]] });
  const changed = (at: number, value: number) => {
    const bytes = good.slice();
    bytes[at] = value;
    return bytes;
  };
  assert.throws(() => new RowFrame(new Uint8Array(3)), FrameError);
  assert.throws(() => new RowFrame(changed(0, 0)), FrameError, "magic");
  assert.throws(() => new RowFrame(good.slice(0, -1)), FrameError, "cut off");
  assert.throws(() => new RowFrame(changed(24, 200)), FrameError, "length of cells");
  assert.throws(() => new RowFrame(changed(32, 250)).cells(0), FrameError, "a cell past the end");
  assert.throws(() => new RowFrame(changed(32, 0xff)).cells(0), FrameError, "unknown mark");
  assert.throws(
    () => new RowFrame(changed(36, 99)).cells(0),
    FrameError,
    "row offset past the end",
  );
});

function frameAt(firstRow: number, count: number): RowFrame {
  return new RowFrame(
    encodeFrame({ firstRow, rows: Array.from({ length: count }, (_, i) => [`${firstRow + i}`]) }),
  );
}

test("the cache finds rows, also where windows overlap", () => {
  const cache = new FrameCache(1e9);
  for (const first of [200, 0, 100, 150]) cache.add(frameAt(first, 100));
  for (const row of [0, 99, 100, 149, 175, 249, 299]) {
    const frame = cache.find(row);
    assert.deepEqual(frame?.cells(row - frame.firstRow), [String(row)]);
  }
  assert.equal(cache.find(300), undefined);
});

test("the cache stays within its budget and keeps what was looked at last", () => {
  const frames = [0, 100, 200].map((first) => frameAt(first, 100));
  const budget = frames.reduce((sum, frame) => sum + frame.size, 0) + 100;
  const cache = new FrameCache(budget);
  for (const frame of frames) cache.add(frame);
  cache.find(50);
  cache.add(frameAt(1000, 90));
  assert.ok(cache.bytes <= budget);
  assert.ok(cache.find(50) !== undefined, "looked at");
  assert.equal(cache.find(150), undefined, "least recently looked at");
  assert.ok(cache.find(1000) !== undefined, "just added");
});
