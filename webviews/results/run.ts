// One `query/run` and its result sets. Credit is paid by row frames only: while the newest result set wants rows, a
// few may be on their way; when it has what is looked at and a read-ahead, none are granted and the server waits.
// The first frame, which is small, comes alone: larger ones behind it would keep the editor from painting it.
import type {
  NoticeEvent,
  RunEvent,
  RunMode,
  RunResult,
} from "../../protocol/generated/ts/protocol.js";
import { type Bridge, RequestError, type StreamCall } from "../shared/bridge.js";
import { FrameError, RowFrame } from "../shared/row_frame.js";
import { ResultSet } from "./result_set.js";

const creditWindow = 4;
/** Painting the first rows asks for more; a page that is not painted does so after this. */
const firstPaintMs = 100;

export interface RunParamsOfPage {
  sessionId: string;
  sql: string;
  mode?: RunMode;
  limit?: number;
}

export interface RunListener {
  opened(set: ResultSet): void;
  changed(): void;
  notice(notice: NoticeEvent): void;
  /** Fetching rows failed; the run itself goes on. */
  rowsFailed(error: unknown): void;
  ended(error: RequestError | undefined): void;
}

export class Run {
  readonly sets: ResultSet[] = [];
  readonly startedAt = performance.now();
  result: RunResult | undefined;
  error: RequestError | undefined;
  running = true;
  private outstanding_ = 1;
  /** No frame has come yet. */
  private first_ = true;
  private elapsedAtEnd_ = 0;
  private readonly call_: StreamCall<RunResult>;

  constructor(
    private readonly bridge_: Bridge,
    params: RunParamsOfPage,
    private readonly listener_: RunListener,
  ) {
    this.call_ = bridge_.stream(
      "query/run",
      { ...params, spool: true },
      {
        credit: this.outstanding_,
        item: (event) => this.event(event),
        frame: (bytes) => this.frame(bytes),
      },
    );
    this.call_.result.then(
      (result) => this.finish(result, undefined),
      (error: unknown) => this.finish(undefined, RequestError.of(error)),
    );
  }

  get elapsedMs(): number {
    return this.running ? performance.now() - this.startedAt : this.elapsedAtEnd_;
  }

  /** True when the server holds rows back because none were asked for. */
  get waiting(): boolean {
    return this.running && this.outstanding_ === 0 && !this.wantsMore();
  }

  cancel(): void {
    this.call_.cancel();
  }

  /** Reads all rows of a result set into the spool. */
  async readAll(set: ResultSet): Promise<void> {
    if (set.end !== undefined || set.resultId === undefined || set.readingAll) return;
    set.readingAll = true;
    this.pump();
    this.listener_.changed();
    await this.bridge_.request("result/readAll", { resultId: set.resultId }).result;
  }

  pump(): void {
    if (!this.running || this.first_ || !this.wantsMore()) return;
    if (this.outstanding_ >= creditWindow) return;
    this.call_.grant(creditWindow - this.outstanding_);
    this.outstanding_ = creditWindow;
  }

  /** Ends the run and removes its results on the helper's side. */
  dispose(): void {
    if (this.running) this.call_.cancel();
    for (const request of this.closeRequests()) {
      this.bridge_.request(request.method, request.params).result.catch(() => undefined);
    }
    for (const set of this.sets) set.dispose();
  }

  /** What the host has to send when this page is gone. */
  closeRequests(): { method: "result/close"; params: { resultId: string } }[] {
    return this.sets.flatMap((set) =>
      set.resultId === undefined
        ? []
        : [{ method: "result/close" as const, params: { resultId: set.resultId } }],
    );
  }

  private wantsMore(): boolean {
    const last = this.sets[this.sets.length - 1];
    return last === undefined || last.end !== undefined || last.wantsMore;
  }

  private event(event: RunEvent): void {
    if (event.kind === "resultSet") this.open(event);
    else if (event.kind === "notice") this.listener_.notice(event);
    else if (event.kind === "progress") this.sets[event.resultSet]?.progressed(event.rows);
    else this.sets[event.resultSet]?.finish(event);
    this.pump();
  }

  private open(event: RunEvent & { kind: "resultSet" }): void {
    const set = new ResultSet(event, this.bridge_, {
      changed: () => this.listener_.changed(),
      failed: (error) => this.listener_.rowsFailed(error),
      wanted: () => this.pump(),
    });
    this.sets.push(set);
    this.bridge_.action("atClose", { requests: this.closeRequests() });
    this.listener_.opened(set);
  }

  private frame(bytes: Uint8Array): void {
    this.outstanding_ = Math.max(0, this.outstanding_ - 1);
    try {
      const frame = new RowFrame(bytes);
      this.sets[frame.resultSet]?.addStreamed(frame);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.listener_.rowsFailed(error);
    }
    if (this.first_) setTimeout(() => this.pump(), firstPaintMs);
    else this.pump();
    this.first_ = false;
  }

  private finish(result: RunResult | undefined, error: RequestError | undefined): void {
    this.elapsedAtEnd_ = performance.now() - this.startedAt;
    this.running = false;
    this.result = result;
    this.error = error;
    this.listener_.ended(error);
  }
}
