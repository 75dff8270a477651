// Reads row frames, format version 1 (protocol/README.md, "Row frame"). A frame is kept as bytes; a row is
// decoded when it is shown and not before. Nothing here trusts a length: a frame that does not add up is
// refused as a whole by the constructor or, inside a row, by FrameError.

/** A cell: its text, or null for the database's NULL. */
export type Cell = string | null;

export class FrameError extends Error {}

const headerBytes = 32;
const magic = 0x3152444d; // "MDR1", little endian
const markNull = 0xfb;
const mark16 = 0xfc;
const mark32 = 0xfe;

const decoder = new TextDecoder("utf-8");

export class RowFrame {
  readonly resultSet: number;
  /** Number of the first row in its result set or view. */
  readonly firstRow: number;
  readonly rowCount: number;
  readonly columnCount: number;
  private readonly view_: DataView;
  private readonly cellsEnd_: number;
  private readonly cutCount_: number;

  constructor(private readonly bytes_: Uint8Array) {
    if (bytes_.length < headerBytes) throw new FrameError("Row frame is shorter than its header.");
    this.view_ = new DataView(bytes_.buffer, bytes_.byteOffset, bytes_.byteLength);
    if (this.view_.getUint32(0, true) !== magic) throw new FrameError("Not a row frame.");
    this.resultSet = this.view_.getUint32(4, true);
    this.firstRow = Number(this.view_.getBigUint64(8, true));
    this.rowCount = this.view_.getUint32(16, true);
    this.columnCount = this.view_.getUint32(20, true);
    this.cellsEnd_ = headerBytes + this.view_.getUint32(24, true);
    this.cutCount_ = this.view_.getUint32(28, true);
    const expected = this.cellsEnd_ + 4 * this.rowCount + 16 * this.cutCount_;
    if (expected !== bytes_.length) throw new FrameError("Row frame has a false length.");
  }

  /** Size in memory, bytes. */
  get size(): number {
    return this.bytes_.byteLength;
  }

  get endRow(): number {
    return this.firstRow + this.rowCount;
  }

  /** Cells [from, to) of a row counted from the frame's first. */
  cells(row: number, from = 0, to = this.columnCount): Cell[] {
    let at = this.rowOffset(row);
    const end = Math.min(to, this.columnCount);
    const cells: Cell[] = [];
    for (let column = 0; column < end; ++column) {
      const { start, length } = this.cellAt(at);
      if (column >= from) cells.push(length < 0 ? null : this.text(start, length));
      at = start + Math.max(length, 0);
    }
    return cells;
  }

  /** Full length in bytes of a cell that was cut; undefined when it is whole. */
  cutLength(row: number, column: number): number | undefined {
    const table = this.cellsEnd_ + 4 * this.rowCount;
    for (let i = 0; i < this.cutCount_; ++i) {
      const entry = table + 16 * i;
      if (this.view_.getUint32(entry, true) !== row) continue;
      if (this.view_.getUint32(entry + 4, true) !== column) continue;
      return Number(this.view_.getBigUint64(entry + 8, true));
    }
    return undefined;
  }

  get hasCuts(): boolean {
    return this.cutCount_ > 0;
  }

  private rowOffset(row: number): number {
    if (row < 0 || row >= this.rowCount) throw new FrameError("Row is not in this frame.");
    const offset = this.view_.getUint32(this.cellsEnd_ + 4 * row, true);
    return headerBytes + offset;
  }

  private cellAt(at: number): { start: number; length: number } {
    this.need(at, 1);
    const mark = this.bytes_[at] as number;
    if (mark < markNull) return { start: this.need(at + 1, mark), length: mark };
    if (mark === markNull) return { start: at + 1, length: -1 };
    if (mark === mark16) {
      const length = this.view_.getUint16(this.need(at + 1, 2), true);
      return { start: this.need(at + 3, length), length };
    }
    if (mark !== mark32) throw new FrameError("Row frame has an unknown length mark.");
    const length = this.view_.getUint32(this.need(at + 1, 4), true);
    return { start: this.need(at + 5, length), length };
  }

  private need(at: number, count: number): number {
    if (at + count > this.cellsEnd_) throw new FrameError("A cell reaches past its frame.");
    return at;
  }

  private text(start: number, length: number): string {
    return length === 0 ? "" : decoder.decode(this.bytes_.subarray(start, start + length));
  }
}
