// Writes row frames, format version 1 (protocol/README.md), for tests.

const encoder = new TextEncoder();

/**
 * A frame of rows of cells (text or null).
 * @param {{resultSet?: number, firstRow: number, rows: (string|null)[][], columnCount?: number,
 *   cuts?: {row: number, column: number, length: number}[]}} frame
 */
export function encodeFrame({ resultSet = 0, firstRow, rows, columnCount, cuts = [] }) {
  const parts = [];
  const offsets = [];
  let length = 0;
  const push = (bytes) => {
    parts.push(bytes);
    length += bytes.length;
  };
  for (const row of rows) {
    offsets.push(length);
    for (const cell of row) encodeCell(cell, push);
  }
  const out = new Uint8Array(32 + length + 4 * rows.length + 16 * cuts.length);
  const view = new DataView(out.buffer);
  out.set(encoder.encode("MDR1"), 0);
  view.setUint32(4, resultSet, true);
  view.setBigUint64(8, BigInt(firstRow), true);
  view.setUint32(16, rows.length, true);
  view.setUint32(20, columnCount ?? rows[0]?.length ?? 0, true);
  view.setUint32(24, length, true);
  view.setUint32(28, cuts.length, true);
  let at = 32;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  for (const offset of offsets) {
    view.setUint32(at, offset, true);
    at += 4;
  }
  for (const cut of cuts) {
    view.setUint32(at, cut.row, true);
    view.setUint32(at + 4, cut.column, true);
    view.setBigUint64(at + 8, BigInt(cut.length), true);
    at += 16;
  }
  return out;
}

function encodeCell(cell, push) {
  if (cell === null) return push(Uint8Array.of(0xfb));
  const bytes = encoder.encode(cell);
  if (bytes.length <= 250) push(Uint8Array.of(bytes.length));
  else if (bytes.length <= 0xffff)
    push(Uint8Array.of(0xfc, bytes.length & 0xff, bytes.length >> 8));
  else {
    const head = new Uint8Array(5);
    head[0] = 0xfe;
    new DataView(head.buffer).setUint32(1, bytes.length, true);
    push(head);
  }
  push(bytes);
}
