// The results page: one run at a time, its result sets as tabs over one grid.
import type { NoticeEvent, RunMode } from "../../protocol/generated/ts/protocol.js";
import { type Bridge, RequestError, type ViewConnection } from "../shared/bridge.js";
import { connectionMark } from "../shared/connection_mark.js";
import { button, el, elide, liveRegion, setText } from "../shared/dom.js";
import { duration, plural } from "../shared/format.js";
import { Grid } from "../shared/grid.js";
import type { CellAt } from "../shared/grid_math.js";
import { icon } from "../shared/icons.js";
import { drawTabs, type Tab } from "../shared/tabs.js";
import { CellMenu } from "./cell_menu.js";
import { CellViewer } from "./cell_viewer.js";
import * as draw from "./draw.js";
import { outcomeOf, type StatusInput, statusText, tabLabel } from "./layout.js";
import { OutcomeBanners } from "./outcome.js";
import type { ResultSet } from "./result_set.js";
import { Run } from "./run.js";
import { ViewControl } from "./view_control.js";

/** What the page is asked to show, and what it keeps for a reload. */
export interface ResultsState extends ViewConnection {
  sessionId: string;
  sql: string;
  title: string;
  explainable?: boolean;
  mode?: RunMode;
  /** Present for the preview of a table: most rows of it. */
  limit?: number;
}

const emptySource = {
  columns: [],
  rowCount: 0,
  cells: () => undefined,
  need: () => undefined,
};

const messagesTab = "messages";

export class ResultsPage {
  private run_: Run | undefined;
  private current_: ResultSet | undefined;
  private showMessages_ = false;
  private fitted_: ResultSet | undefined;
  private notices_: NoticeEvent[] = [];
  private readonly order_: ViewControl;
  private jumpToEnd_ = false;
  private timer_: ReturnType<typeof setInterval> | undefined;
  private scheduled_ = false;
  private readonly grid_: Grid;
  private readonly menu_: CellMenu;
  private readonly viewer_: CellViewer;
  private readonly outcome_: OutcomeBanners;
  private readonly tabs_ = el("div", { class: "tabs", role: "tablist", "aria-label": "Results" });
  private readonly panel_ = el("div", { class: "panel", role: "tabpanel", hidden: true });
  private readonly main_: HTMLElement;
  private readonly status_ = el("span", { class: "status-text" });
  private readonly problem_ = el("span", { class: "status-problem" });
  private readonly busy_ = el("div", { class: "busy", role: "progressbar", hidden: true });
  private readonly live_ = liveRegion();
  private readonly cancel_ = button(
    "Cancel",
    () => this.cancel(),
    { class: "danger" },
    icon("stop"),
  );
  private readonly again_ = button("Run again", () => this.start(), {}, icon("refresh"));
  private readonly filter_ = button(
    "Filter",
    () => this.toggleFilters(),
    { "aria-pressed": false },
    icon("filter"),
  );
  private readonly end_ = button("Read all rows", () => this.goToEnd(), {}, icon("end"));
  private readonly copy_ = button(
    "Copy",
    () => this.copyMenu(),
    { "aria-haspopup": "menu" },
    icon("copy"),
  );
  private readonly explain_ = button("Explain", () => this.explain(), {}, icon("join"));

  constructor(
    private readonly bridge_: Bridge,
    private state_: ResultsState,
    root: HTMLElement,
  ) {
    this.grid_ = new Grid("Rows", emptySource, {
      sort: (column, add) => this.sort(column, add),
      filter: (column, text) =>
        this.current_ !== undefined && this.order_.filter(this.current_, column, text),
      openCell: (at) => this.openCell(at),
      activeCell: (at) => this.viewer_.shown && this.openCell(at),
      copy: () => this.menu_.copy("text"),
      menu: (x, y, column) => this.menu_.open(x, y, column),
      last: () => this.goToEnd(),
    });
    this.menu_ = new CellMenu(bridge_, this.grid_, {
      current: () => this.current_,
      openCell: (at) => this.openCell(at),
      revealed: (set) => this.current_ === set && this.show(set),
      say: (text) => setText(this.live_, text),
      failed: (error) => this.fail(error),
    });
    this.order_ = new ViewControl(bridge_, {
      readAll: (set) => this.run_?.readAll(set) ?? Promise.resolve(),
      progress: () => this.schedule(),
      shown: (set) => this.reordered(set),
      kept: (set) => this.drawOrder(set),
      failed: (error) => this.fail(error),
    });
    this.viewer_ = new CellViewer(bridge_, () => this.grid_.focusActive());
    this.outcome_ = new OutcomeBanners(bridge_, state_.sessionId, {
      run: (sql) => this.startWith({ sql }),
      runForGood: () => this.startWith({}),
      settled: () => this.listCloseRequests(),
    });
    this.main_ = el("main", {}, [this.grid_.element, this.panel_, this.viewer_.element]);
    const tools = [this.filter_, this.copy_, this.end_, this.explain_, this.again_, this.cancel_];
    root.replaceChildren(
      el("div", { class: "bar" }, [this.tabs_, el("div", { class: "tools" }, tools)]),
      this.busy_,
      this.outcome_.element,
      this.main_,
      el("footer", {}, [this.status_, this.problem_, connectionMark(bridge_, state_)]),
      this.live_,
    );
    this.explain_.hidden = state_.explainable !== true;
  }

  start(): void {
    this.dispose();
    this.notices_ = [];
    this.current_ = undefined;
    this.showMessages_ = false;
    this.grid_.setSource(emptySource);
    this.outcome_.clear();
    const { sessionId, sql, mode = "run", limit } = this.state_;
    this.run_ = new Run(
      this.bridge_,
      { sessionId, sql, mode, ...(limit === undefined ? {} : { limit }) },
      {
        opened: (set) => this.opened(set),
        changed: () => this.schedule(),
        notice: (notice) => {
          this.notices_.push(notice);
          this.schedule();
        },
        rowsFailed: (error) => this.fail(error),
        ended: (error) => this.ended(error),
      },
    );
    this.timer_ = setInterval(() => this.update(), 200);
    this.update();
  }

  /** Another statement, or the same one for good. */
  private startWith(change: { sql?: string }): void {
    this.state_ = { ...this.state_, ...change, mode: "run" };
    this.bridge_.state = this.state_;
    this.start();
  }

  restored(): void {
    const { sql, connectionName } = this.state_;
    this.showPanel(draw.drawRestored(sql, connectionName, () => this.start()));
    for (const tool of [this.filter_, this.copy_, this.end_, this.again_, this.cancel_])
      tool.hidden = true;
  }

  dispose(): void {
    clearInterval(this.timer_);
    this.outcome_.clear();
    this.order_.cancel();
    this.run_?.dispose();
    this.run_ = undefined;
  }

  private opened(set: ResultSet): void {
    // Statements without rows do not steal the view from a result that is being read.
    if (
      this.current_ === undefined ||
      (this.current_.columns.length === 0 && set.columns.length > 0)
    )
      this.show(set);
    this.schedule();
  }

  private ended(error: RequestError | undefined): void {
    clearInterval(this.timer_);
    if (error !== undefined && (!error.cancelled || this.current_ === undefined))
      this.showMessages_ = true;
    this.showOutcome();
    const rows = this.current_?.rowsRead ?? 0;
    if (error === undefined) setText(this.live_, `Finished, ${plural(rows, "row", "rows")}`);
    this.update();
  }

  private showOutcome(): void {
    const run = this.run_;
    if (run === undefined) return;
    const ends = run.sets.map((set) => set.end);
    const outcome = outcomeOf(ends, run.result?.held);
    // What failed says so; that it was rolled back makes it no dry run.
    if (run.error !== undefined) delete outcome.dryRun;
    this.outcome_.show(outcome);
    if (this.outcome_.waits) this.listCloseRequests();
  }

  /** What the host has to send when this page is gone. */
  private listCloseRequests(): void {
    const { sessionId } = this.state_;
    const rollBack = { method: "transaction/end", params: { sessionId, commit: false } };
    const close = this.run_?.closeRequests() ?? [];
    const requests = this.outcome_.waits ? [rollBack, ...close] : close;
    this.bridge_.action("atClose", { requests });
  }

  private show(set: ResultSet): void {
    this.current_ = set;
    this.showMessages_ = false;
    this.fitted_ = undefined;
    this.problem_.textContent = "";
    this.grid_.setSource(set);
    this.drawOrder(set);
    this.update();
  }

  /** In the head of the grid: how the rows are sorted and filtered, or are to be. */
  private drawOrder(set: ResultSet): void {
    if (this.current_ !== set) return;
    this.grid_.setSort(set.sort);
    this.grid_.head.setFilters(set.filterTexts);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled_) return;
    this.scheduled_ = true;
    requestAnimationFrame(() => {
      this.scheduled_ = false;
      this.update();
    });
  }

  private update(): void {
    const run = this.run_;
    if (run === undefined) return;
    const set = this.current_;
    this.drawTabs(run);
    this.drawBody(run);
    this.cancel_.hidden = !run.running && !this.order_.lasts;
    this.again_.hidden = run.running;
    const hasRows = set !== undefined && set.columns.length > 0 && !this.showMessages_;
    for (const tool of [this.filter_, this.copy_, this.end_]) tool.hidden = !hasRows;
    this.filter_.disabled = set?.resultId === undefined;
    this.end_.title = set?.end === undefined ? "Read all rows" : "Last row";
    setText(this.end_.querySelector("span") ?? this.end_, this.end_.title);
    this.busy_.hidden = !(run.running && !run.waiting) && !this.order_.busy;
    setText(this.status_, this.order_.text || this.statusLine(run));
    if (
      set !== undefined &&
      set.streamed > 0 &&
      this.fitted_ !== set &&
      set.cells(0, 0, 1) !== undefined
    ) {
      this.fitted_ = set;
      this.grid_.fitToContent();
    }
    if (this.jumpToEnd_ && set?.end !== undefined) this.jump();
    this.grid_.repaint();
  }

  private statusLine(run: Run): string {
    const set = this.current_;
    if (this.showMessages_ && run.result !== undefined) {
      const statements = plural(run.sets.length, "statement", "statements");
      return `${statements} · ${duration(run.result.elapsedMs)}`;
    }
    if (set !== undefined) return statusText(this.statusInput(run, set));
    return run.running ? "Running…" : "";
  }

  private statusInput(run: Run, set: ResultSet): StatusInput {
    return {
      columns: set.columns.length,
      rowsRead: set.rowsRead,
      end: set.end,
      running: run.running,
      waiting: run.waiting,
      readingAll: set.readingAll,
      viewRows: set.view?.rows,
      previewRows: this.state_.limit,
      elapsedMs: run.elapsedMs,
    };
  }

  private drawTabs(run: Run): void {
    const tabs: Tab[] = run.sets.map((set, i) => ({
      id: String(i),
      label: tabLabel(i, this.statusInput(run, set)),
      title: set.sql,
    }));
    const count = this.notices_.length;
    tabs.push({
      id: messagesTab,
      label: count === 0 ? "Messages" : `Messages · ${count}`,
      title: "",
    });
    const current = this.showMessages_
      ? messagesTab
      : String(run.sets.indexOf(this.current_ as ResultSet));
    const stamp = JSON.stringify([tabs, current]);
    if (this.tabs_.dataset["stamp"] === stamp) return;
    this.tabs_.dataset["stamp"] = stamp;
    drawTabs(this.tabs_, tabs, current, (id) => this.choose(id));
  }

  private choose(id: string): void {
    const set = this.run_?.sets[Number(id)];
    if (id !== messagesTab && set !== undefined) this.show(set);
    else this.showMessages_ = true;
    this.update();
  }

  private drawBody(run: Run): void {
    const set = this.current_;
    if (this.showMessages_) return this.drawMessages(run);
    if (set === undefined) {
      if (run.running)
        this.showPanel(
          draw.drawEmpty("Running…", "The first rows appear as soon as the server sends them."),
        );
      return;
    }
    if (set.columns.length === 0) {
      const did = set.end?.rolledBack === true ? "Tried and rolled back" : "Done";
      const text = set.end === undefined ? "Running…" : `${did}. This statement returns no rows.`;
      this.showPanel(draw.drawEmpty(text, this.statusLine(run)));
    } else if (set.end !== undefined && set.rowCount === 0 && set.filters.length === 0) {
      this.showPanel(
        draw.drawEmpty(
          "No rows",
          set.columns
            .map((column) => column.name)
            .join(", ")
            .slice(0, 500),
        ),
      );
    } else this.showGrid();
  }

  private drawMessages(run: Run): void {
    const statements = run.sets.map((set) => ({
      sql: set.sql,
      outcome: statusText(this.statusInput(run, set)),
    }));
    const error = run.error;
    this.showPanel(
      el("div", {}, [
        error !== undefined && draw.drawError(error, this.state_.sql, () => this.start()),
        draw.drawMessages(statements, this.notices_),
        run.running && statements.length === 0 && draw.drawEmpty("Running…"),
      ]),
    );
  }

  private showPanel(content: HTMLElement): void {
    this.grid_.element.hidden = true;
    this.viewer_.element.hidden = true;
    this.panel_.hidden = false;
    // A repaint five times a second must not tear a text selection apart.
    if (this.panel_.firstElementChild?.isEqualNode(content) !== true)
      this.panel_.replaceChildren(content);
  }

  private showGrid(): void {
    this.panel_.hidden = true;
    this.grid_.element.hidden = false;
  }

  private cancel(): void {
    if (this.order_.busy) this.order_.cancel();
    else this.run_?.cancel();
  }

  private fail(error: unknown): void {
    if (error instanceof RequestError && error.cancelled) return;
    const text = error instanceof Error ? error.message : "Failed.";
    this.problem_.replaceChildren(icon("warning"), elide(text, 300));
    if (this.current_?.resultId !== undefined)
      this.problem_.append(button("Retry", () => this.retry()));
    setText(this.live_, text);
  }

  private retry(): void {
    this.problem_.replaceChildren();
    this.current_?.retry();
  }

  private toggleFilters(): void {
    const shown = !this.grid_.head.filtersShown;
    this.grid_.head.showFilters(shown);
    this.filter_.setAttribute("aria-pressed", String(shown));
    const set = this.current_;
    if (shown || set === undefined) return;
    this.order_.clearFilters(set);
    this.grid_.head.setFilters(set.filterTexts);
  }

  private sort(column: number, add: boolean): void {
    if (this.current_ === undefined) return;
    this.order_.sort(this.current_, column, add);
    this.grid_.setSort(this.current_.sort);
  }

  private reordered(set: ResultSet): void {
    this.grid_.scrollToTop();
    setText(this.live_, `${plural(set.rowCount, "row", "rows")} shown`);
    this.update();
  }

  private goToEnd(): void {
    const set = this.current_;
    if (set === undefined) return;
    if (set.end !== undefined || set.view !== undefined || set.resultId === undefined)
      return this.jump();
    this.jumpToEnd_ = true;
    this.run_?.readAll(set).catch((error: unknown) => this.fail(error));
  }

  private jump(): void {
    this.jumpToEnd_ = false;
    const row = this.grid_.rowCount - 1;
    if (row >= 0) this.grid_.setActive({ row, column: this.grid_.active.column }, false, true);
  }

  private openCell(at: CellAt): void {
    if (this.current_ !== undefined)
      this.viewer_.show(this.current_, at).catch((error: unknown) => this.fail(error));
  }

  private explain(): void {
    const { sessionId, title } = this.state_;
    this.bridge_.action("openPlan", { sessionId, sql: this.statementSql(), name: title });
  }

  /** The statement of the result in view; the head of a result set carries at most 10,000 characters of it. */
  private statementSql(): string {
    const sql = this.current_?.sql;
    return sql === undefined || sql.length >= 10_000 ? this.state_.sql : sql;
  }

  private copyMenu(): void {
    const box = this.copy_.getBoundingClientRect();
    this.menu_.open(box.left, box.bottom);
  }
}
