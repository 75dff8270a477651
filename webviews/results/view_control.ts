// Sorting and filtering a result set: in the helper, over all rows, which are read first if they were not.
import type { SortKey } from "../../protocol/generated/ts/protocol.js";
import type { Bridge, StreamCall } from "../shared/bridge.js";
import { plural } from "../shared/format.js";
import { parseFilter } from "./layout.js";
import type { ResultSet } from "./result_set.js";

/** What takes less needs no button to end it, which would come and go under the mouse. */
const shortMs = 500;

export interface ViewListener {
  readAll(set: ResultSet): Promise<void>;
  progress(): void;
  /** Another order or other rows are shown. */
  shown(set: ResultSet): void;
  /** It failed or was cancelled; the order and the filters are those of the rows in view. */
  kept(set: ResultSet): void;
  failed(error: unknown): void;
}

export class ViewControl {
  private call_: StreamCall<unknown> | undefined;
  private text_ = "";
  private lasts_ = false;
  private timer_: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly bridge_: Bridge,
    private readonly listener_: ViewListener,
  ) {}

  get busy(): boolean {
    return this.call_ !== undefined;
  }

  /** Busy for so long that somebody may want to end it. */
  get lasts(): boolean {
    return this.lasts_;
  }

  /** What is being done; empty when nothing is. */
  get text(): string {
    return this.text_;
  }

  cancel(): void {
    this.call_?.cancel();
  }

  /** Turns a column's order on: ascending, descending, as the server sent it. */
  sort(set: ResultSet, column: number, add: boolean): void {
    if (set.resultId === undefined) return;
    set.sort = nextSort(set.sort, column, add);
    void this.apply(set);
  }

  filter(set: ResultSet, column: number, text: string): void {
    if ((set.filterTexts.get(column) ?? "") === text) return;
    set.filterTexts.set(column, text);
    void this.apply(set);
  }

  clearFilters(set: ResultSet): void {
    set.filterTexts.clear();
    if (set.filters.length > 0) void this.apply(set);
  }

  private async apply(set: ResultSet): Promise<void> {
    if (set.resultId === undefined) return;
    this.cancel();
    set.filters = [...set.filterTexts].flatMap(([column, text]) => parseFilter(column, text) ?? []);
    if (set.sort.length === 0 && set.filters.length === 0) {
      this.end();
      set.setView(undefined);
      return this.listener_.shown(set);
    }
    const call = this.start(set, set.resultId);
    try {
      // Together: cancelling it need not wait for the rows.
      const [, view] = await Promise.all([this.listener_.readAll(set), call.result]);
      if (this.call_ !== call) return;
      this.end();
      set.setView(view);
      this.listener_.shown(set);
    } catch (error) {
      if (this.call_ === call) {
        call.cancel();
        this.end();
        set.takeBackOrder();
        this.listener_.kept(set);
      }
      this.listener_.failed(error);
    }
  }

  private start(set: ResultSet, resultId: string) {
    const verb = set.filters.length > 0 ? "Filtering" : "Sorting";
    this.text_ = `${verb} all rows…`;
    const { sort, filters } = set;
    const handlers = {
      credit: 1,
      item: (progress: { rows: number }) => {
        this.text_ = `${verb}: ${plural(progress.rows, "row", "rows")} done…`;
        call.grant(1);
        this.listener_.progress();
      },
    };
    const call = this.bridge_.stream("result/view", { resultId, sort, filters }, handlers);
    this.call_ = call;
    clearTimeout(this.timer_);
    this.timer_ = setTimeout(() => {
      this.lasts_ = true;
      this.listener_.progress();
    }, shortMs);
    this.listener_.progress();
    return call;
  }

  private end(): void {
    clearTimeout(this.timer_);
    this.lasts_ = false;
    this.call_ = undefined;
    this.text_ = "";
  }
}

/** The sort keys after a click on a column; with `add` the other keys stay. */
export function nextSort(sort: readonly SortKey[], column: number, add: boolean): SortKey[] {
  const before = sort.find((key) => key.column === column);
  const rest = add ? sort.filter((key) => key.column !== column) : [];
  if (before === undefined) return [...rest, { column, descending: false }];
  return before.descending ? rest : [...rest, { column, descending: true }];
}
