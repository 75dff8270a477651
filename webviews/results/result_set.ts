// One result set: what is known of it, the rows at hand, and the rows on their way.
// Rows come as frames of the run while it streams, and by `result/rows` from the helper's spool afterwards.
import type {
  Column,
  Filter,
  ResultSetEndEvent,
  ResultSetEvent,
  SortKey,
} from "../../protocol/generated/ts/protocol.js";
import { type Bridge, RequestError, type StreamCall } from "../shared/bridge.js";
import { FrameCache } from "../shared/frame_cache.js";
import type { GridSource } from "../shared/grid.js";
import { type Cell, RowFrame } from "../shared/row_frame.js";
import { fetchWindow, type Window } from "./layout.js";

const cacheBytes = 64 * 1024 * 1024;
/** Rows read ahead of the last one in view while the run streams. */
const readAhead = 2000;
/** Least time between fetches, so that dragging the scrollbar does not ask for every place it passes. */
const fetchPauseMs = 80;

export interface ActiveView {
  viewId: string;
  rows: number;
}

/** How a set is sorted and filtered, or is to be. */
interface Arrangement {
  sort: SortKey[];
  filters: Filter[];
  filterTexts: Map<number, string>;
}

export interface ResultSetListener {
  /** Rows or numbers changed: repaint. */
  changed(): void;
  failed(error: unknown): void;
  /** More of the stream is wanted. */
  wanted(): void;
}

export class ResultSet implements GridSource {
  columns: readonly Column[];
  readonly sql: string;
  readonly statement: number;
  readonly resultId: string | undefined;
  /** Rows that came with the stream; the stream delivers them in order. */
  streamed = 0;
  rowsRead = 0;
  end: ResultSetEndEvent | undefined;
  readingAll = false;
  sort: SortKey[] = [];
  filters: Filter[] = [];
  filterTexts = new Map<number, string>();
  private wantedEnd_ = readAhead;
  private view_: ActiveView | undefined;
  /** Of the rows in view. */
  private shownOrder_: Arrangement = { sort: [], filters: [], filterTexts: new Map() };
  private cache_: FrameCache;
  private fetching_: { call: StreamCall<unknown>; window: Window } | undefined;
  private next_: Window | undefined;
  private nextTimer_: ReturnType<typeof setTimeout> | undefined;
  private fetchedAt_ = -fetchPauseMs;
  private lastFirst_ = 0;
  private failedAt_: number | undefined;
  private frameRows_ = 0;
  private frameBytes_ = 0;
  private revealedWhileRunning_ = false;

  constructor(
    head: ResultSetEvent,
    private readonly bridge_: Bridge,
    private readonly listener_: ResultSetListener,
  ) {
    this.columns = head.columns;
    this.sql = head.sql;
    this.statement = head.statement;
    this.resultId = head.resultId;
    this.cache_ = this.newCache();
  }

  get rowCount(): number {
    return this.view_?.rows ?? this.rowsRead;
  }

  get view(): ActiveView | undefined {
    return this.view_;
  }

  /** True while the run may go on sending frames of this set. */
  get wantsMore(): boolean {
    return this.end === undefined && (this.readingAll || this.streamed < this.wantedEnd_);
  }

  /** A frame of the run itself. */
  addStreamed(frame: RowFrame): void {
    this.streamed = Math.max(this.streamed, frame.endRow);
    this.rowsRead = Math.max(this.rowsRead, frame.endRow);
    this.measure(frame);
    // While a view is shown the server's order is not: those rows are in the spool when they are needed.
    if (this.view_ === undefined) this.cache_.add(frame);
    this.listener_.changed();
  }

  progressed(rows: number): void {
    this.rowsRead = Math.max(this.rowsRead, rows);
    this.listener_.changed();
  }

  finish(end: ResultSetEndEvent): void {
    this.end = end;
    // Frames that were on their way when a column was revealed had its dots in them.
    if (this.revealedWhileRunning_) this.cache_ = this.newCache();
    this.rowsRead = this.resultId === undefined ? this.streamed : end.rows;
    this.listener_.changed();
  }

  /** Shows a sorted or filtered view, or with undefined the server's order. */
  setView(view: ActiveView | undefined): void {
    const { sort, filters, filterTexts } = this;
    this.shownOrder_ = { sort, filters, filterTexts: new Map(filterTexts) };
    this.view_ = view;
    this.stopFetching();
    this.failedAt_ = undefined;
    this.cache_ = this.newCache();
    this.listener_.changed();
  }

  /** Back to the order and the filters of the rows in view. */
  takeBackOrder(): void {
    const { sort, filters, filterTexts } = this.shownOrder_;
    this.sort = sort;
    this.filters = filters;
    this.filterTexts = new Map(filterTexts);
  }

  cells(row: number, from: number, to: number): Cell[] | undefined {
    const frame = this.cache_.find(row);
    return frame?.cells(row - frame.firstRow, from, to);
  }

  isCut(row: number, column: number): boolean {
    const frame = this.cache_.find(row);
    if (frame === undefined || !frame.hasCuts) return false;
    return frame.cutLength(row - frame.firstRow, column) !== undefined;
  }

  need(first: number, end: number): void {
    if (this.view_ === undefined && end + readAhead > this.wantedEnd_) {
      this.wantedEnd_ = end + readAhead;
      if (this.end === undefined) this.listener_.wanted();
    }
    const upwards = first < this.lastFirst_;
    this.lastFirst_ = first;
    const missing = this.missing(first, end);
    if (missing === undefined || this.resultId === undefined) return;
    if (this.failedAt_ === missing.first) return;
    const bytes = this.frameRows_ === 0 ? 200 : this.frameBytes_ / this.frameRows_;
    this.fetch(
      fetchWindow(missing.first, missing.end, this.rowCount, bytes, upwards),
      missing.first,
    );
  }

  /** The helper delivers the values of a column from now on: what is at hand has none of them. */
  revealed(column: number): void {
    this.columns = this.columns.map((each, i) =>
      i === column ? { ...each, redacted: false } : each,
    );
    this.revealedWhileRunning_ = this.end === undefined;
    this.setView(this.view_);
  }

  /** Tries again what failed. */
  retry(): void {
    this.failedAt_ = undefined;
    this.listener_.changed();
  }

  /** Rows [first, first+count) in full order, for copying; does not touch what the grid shows. */
  async readRows(window: Window, columns: { from: number; to: number }): Promise<Cell[][]> {
    const found = new Map<number, Cell[]>();
    const keep = (frame: RowFrame) => {
      for (let row = 0; row < frame.rowCount; ++row)
        found.set(frame.firstRow + row, frame.cells(row, columns.from, columns.to));
    };
    for (let row = window.first; row < window.first + window.count; ++row) {
      const cells = this.cells(row, columns.from, columns.to);
      if (cells !== undefined) found.set(row, cells);
    }
    if (found.size < window.count) await this.openRows(window, keep).result;
    const rows: Cell[][] = [];
    for (let row = window.first; row < window.first + window.count; ++row) {
      const cells = found.get(row);
      if (cells !== undefined) rows.push(cells);
    }
    return rows;
  }

  dispose(): void {
    this.stopFetching();
    this.cache_.clear();
  }

  private newCache(): FrameCache {
    return new FrameCache(this.resultId === undefined ? Infinity : cacheBytes);
  }

  private measure(frame: RowFrame): void {
    this.frameRows_ += frame.rowCount;
    this.frameBytes_ += frame.size;
  }

  private missing(first: number, end: number): { first: number; end: number } | undefined {
    let from = -1;
    let to = -1;
    for (let row = first; row < end; ++row) {
      if (this.cache_.find(row) !== undefined) continue;
      if (from < 0) from = row;
      to = row + 1;
    }
    return from < 0 ? undefined : { first: from, end: to };
  }

  /** One fetch at a time: a newer wish waits for a fetch that still helps, and cancels one that does not. */
  private fetch(window: Window, needed: number): void {
    const running = this.fetching_?.window;
    if (running !== undefined && needed >= running.first && needed < running.first + running.count)
      return;
    this.next_ = window;
    if (this.nextTimer_ !== undefined) return;
    const pause = Math.max(0, this.fetchedAt_ + fetchPauseMs - performance.now());
    if (pause === 0) this.startNext();
    else this.nextTimer_ = setTimeout(() => this.startNext(), pause);
  }

  private startNext(): void {
    clearTimeout(this.nextTimer_);
    this.nextTimer_ = undefined;
    const window = this.next_;
    this.next_ = undefined;
    if (window === undefined) return;
    this.fetching_?.call.cancel();
    this.fetchedAt_ = performance.now();
    this.start(window);
  }

  private start(window: Window): void {
    const cache = this.cache_;
    let received = 0;
    const call = this.openRows(window, (frame) => {
      this.measure(frame);
      received += frame.rowCount;
      cache.add(frame);
      this.listener_.changed();
    });
    this.fetching_ = { call, window };
    const finished = (error: unknown) => {
      const cancelled = error instanceof RequestError && error.cancelled;
      if (this.fetching_?.call === call) this.fetching_ = undefined;
      if (cancelled) return;
      if (error !== undefined || received === 0) this.failedAt_ = window.first;
      if (error !== undefined) this.listener_.failed(error);
      this.listener_.changed();
    };
    call.result.then(() => finished(undefined), finished);
  }

  private openRows(window: Window, keep: (frame: RowFrame) => void): StreamCall<unknown> {
    const params = { resultId: this.resultId ?? "", viewId: this.view_?.viewId, ...window };
    const call: StreamCall<unknown> = this.bridge_.stream("result/rows", params, {
      credit: 8,
      frame: (bytes) => {
        keep(new RowFrame(bytes));
        call.grant(1);
      },
    });
    return call;
  }

  private stopFetching(): void {
    clearTimeout(this.nextTimer_);
    this.nextTimer_ = undefined;
    this.next_ = undefined;
    this.fetching_?.call.cancel();
    this.fetching_ = undefined;
  }
}
