// The reader of the wire: any chunking gives the same messages, and what is no message is refused.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./bundle.mjs";

const { encodeMessage, FrameReader, FramingError } = await load("protocol/client/framing.ts");

const rowFrame = (stream, seq, body) =>
  Buffer.concat([
    Buffer.from(
      `Content-Length: ${body.length}\r\nContent-Type: application/x-mydba-rows; stream=${stream}; seq=${seq}\r\n\r\n`,
    ),
    body,
  ]);

function read(chunks) {
  const got = [];
  const reader = new FrameReader({
    json: (text) => got.push(JSON.parse(text)),
    rows: (stream, seq, body) => got.push({ stream, seq, body }),
  });
  for (const chunk of chunks) reader.push(chunk);
  return got;
}

const wire = Buffer.concat([
  encodeMessage({ text: "naïve 🦆\r\n\r\n" }),
  rowFrame("s1", 3, Buffer.from([0, 13, 10, 13, 10, 255])),
  rowFrame("s2", 0, Buffer.alloc(0)),
  encodeMessage({ last: true }),
]);
const expected = [
  { text: "naïve 🦆\r\n\r\n" },
  { stream: "s1", seq: 3, body: new Uint8Array([0, 13, 10, 13, 10, 255]) },
  { stream: "s2", seq: 0, body: new Uint8Array(0) },
  { last: true },
];

test("messages and row frames in one chunk", () => {
  assert.deepEqual(read([wire]), expected);
});

test("one byte at a time", () => {
  assert.deepEqual(read(Array.from(wire, (byte) => Buffer.from([byte]))), expected);
});

test("cut at every place", () => {
  for (let at = 1; at < wire.length; at++) {
    assert.deepEqual(read([wire.subarray(0, at), wire.subarray(at)]), expected, `cut at ${at}`);
  }
});

test("a frame is a plain Uint8Array with a buffer of its own, whatever the chunk", () => {
  const [frame] = read([rowFrame("s", 0, Buffer.alloc(100_000, 7))]);
  assert.equal(frame.body.constructor, Uint8Array);
  assert.equal(frame.body.buffer.byteLength, 100_000);
  assert.ok(frame.body.every((byte) => byte === 7));
});

test("what is no message is refused", () => {
  const refused = [
    "HTTP/1.1 200 OK\r\n\r\n",
    "Content-Length: -1\r\n\r\n",
    "Content-Length: 12x\r\n\r\n",
    "Content-Type: text/plain\r\n\r\n",
    "Content-Length: 1073741824\r\n\r\n",
    "Content-Length: 1\r\nContent-Type: application/x-mydba-rows; seq=1\r\n\r\n",
    "x".repeat(5000),
  ];
  for (const text of refused) {
    assert.throws(() => read([Buffer.from(text)]), FramingError, text.slice(0, 40));
  }
});
