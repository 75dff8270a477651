// The frames a page holds of one result or view: found by row number, the least recently looked at thrown
// away when a byte budget is exceeded (the helper's spool has them all). Frames may overlap: rows that were
// fetched again come in windows cut elsewhere than the frames of the stream.
import type { RowFrame } from "./row_frame.js";

interface Entry {
  frame: RowFrame;
  used: number;
}

export class FrameCache {
  private entries_: Entry[] = []; // by first row
  private bytes_ = 0;
  private clock_ = 0;

  constructor(private readonly budgetBytes_: number) {}

  get bytes(): number {
    return this.bytes_;
  }

  add(frame: RowFrame): void {
    if (frame.rowCount === 0) return;
    const at = this.lastAtOrBefore(frame.firstRow) + 1;
    this.entries_.splice(at, 0, { frame, used: ++this.clock_ });
    this.bytes_ += frame.size;
    this.evict(frame);
  }

  /** The frame that holds a row, or undefined when it must be fetched. Marks it as looked at. */
  find(row: number): RowFrame | undefined {
    // Overlapping frames are few: looking back past a handful of starts finds any that reaches the row.
    const last = this.lastAtOrBefore(row);
    for (let i = last; i >= 0 && i > last - 8; --i) {
      const entry = this.entries_[i] as Entry;
      if (row >= entry.frame.endRow) continue;
      entry.used = ++this.clock_;
      return entry.frame;
    }
    return undefined;
  }

  clear(): void {
    this.entries_ = [];
    this.bytes_ = 0;
  }

  private evict(keep: RowFrame): void {
    while (this.bytes_ > this.budgetBytes_ && this.entries_.length > 1) {
      let oldest = -1;
      for (let i = 0; i < this.entries_.length; ++i) {
        const entry = this.entries_[i] as Entry;
        if (entry.frame === keep) continue;
        if (oldest < 0 || entry.used < (this.entries_[oldest] as Entry).used) oldest = i;
      }
      const [gone] = this.entries_.splice(oldest, 1);
      this.bytes_ -= (gone as Entry).frame.size;
    }
  }

  private lastAtOrBefore(row: number): number {
    let low = 0;
    let high = this.entries_.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.entries_[middle] as Entry).frame.firstRow <= row) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
