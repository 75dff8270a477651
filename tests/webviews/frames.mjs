// Writes row frames, format version 1 (protocol/README.md), for tests. Into one buffer: an array for every cell is
// garbage of many times a frame's size, and page tests measure the memory of the page that holds their host too.

const encoder = new TextEncoder();
const headBytes = 32;

/** Bytes that are appended, little-endian. */
class Writer {
  length = 0;
  #bytes = new Uint8Array(64 * 1024);
  #view = new DataView(this.#bytes.buffer);

  u8(value) {
    this.#view.setUint8(this.#grow(1), value);
  }

  u16(value) {
    this.#view.setUint16(this.#grow(2), value, true);
  }

  u32(value) {
    this.#view.setUint32(this.#grow(4), value, true);
  }

  u64(value) {
    this.#view.setBigUint64(this.#grow(8), BigInt(value), true);
  }

  /** UTF-8, without its length. */
  text(text) {
    const at = this.#grow(3 * text.length);
    this.length = at + encoder.encodeInto(text, this.#bytes.subarray(at)).written;
  }

  /** A cell's text with its length before it, which takes 1, 3 or 5 bytes. */
  cell(text) {
    const bytes = text.length > 80 ? encoder.encode(text).length : 3 * text.length;
    if (bytes <= 250) return this.#shortCell(text);
    if (bytes <= 0xffff) {
      this.u8(0xfc);
      this.u16(bytes);
    } else {
      this.u8(0xfe);
      this.u32(bytes);
    }
    this.text(text);
  }

  /** A copy of what was written, of its own size. */
  finished() {
    return this.#bytes.slice(0, this.length);
  }

  #shortCell(text) {
    const at = this.#grow(1);
    this.text(text);
    this.#view.setUint8(at, this.length - at - 1);
  }

  #grow(count) {
    const at = this.length;
    this.length += count;
    if (this.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

/**
 * A frame of rows of cells (text or null).
 * @param {{resultSet?: number, firstRow: number, rows: (string|null)[][], columnCount?: number,
 *   cuts?: {row: number, column: number, length: number}[]}} frame
 */
export function encodeFrame({ resultSet = 0, firstRow, rows, columnCount, cuts = [] }) {
  const cells = new Writer();
  const offsets = rows.map((row) => {
    const offset = cells.length;
    for (const cell of row)
      if (cell === null) cells.u8(0xfb);
      else cells.cell(cell);
    return offset;
  });
  const rest = new Writer();
  offsets.forEach((offset) => rest.u32(offset));
  for (const { row, column, length } of cuts) {
    rest.u32(row);
    rest.u32(column);
    rest.u64(length);
  }
  const head = new Writer();
  head.text("MDR1");
  head.u32(resultSet);
  head.u64(firstRow);
  head.u32(rows.length);
  head.u32(columnCount ?? rows[0]?.length ?? 0);
  head.u32(cells.length);
  head.u32(cuts.length);
  const out = new Uint8Array(headBytes + cells.length + rest.length);
  out.set(head.finished(), 0);
  out.set(cells.finished(), headBytes);
  out.set(rest.finished(), headBytes + cells.length);
  return out;
}
