// The page of the busiest statements: asks for them with their plans, shows what became of each, and opens a plan.
// Nothing is run to be measured before the user agreed.
import type {
  WorkloadParams,
  WorkloadResult,
  WorkloadStatement,
} from "../../protocol/generated/ts/protocol.js";
import { banner, failureBanner } from "../shared/banner.js";
import { type Bridge, type Call, RequestError, type ViewConnection } from "../shared/bridge.js";
import { connectionMark } from "../shared/connection_mark.js";
import { button, type Child, el, liveRegion, replace, setText } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { nextOrder } from "../shared/list_layout.js";
import { ListTable } from "../shared/list_table.js";
import { drawDetails, drawMissing, drawOutcome, lookOf } from "./draw.js";
import {
  type Asked,
  type ColumnId,
  columns,
  emptyColumns,
  everything,
  limits,
  measureQuestion,
  nextLimit,
  outcome,
  outcomeText,
  progressText,
  type Shown,
  shownOf,
  statusText,
  timeOf,
  usualLimit,
} from "./layout.js";

export interface WorkloadState extends ViewConnection {
  sessionId: string;
  limit?: number;
  shown?: Shown;
}

/** What came, and when. */
interface Answer extends WorkloadResult {
  asOf: Date;
  allMs: number;
  ids: Map<WorkloadStatement, string>;
}

export class WorkloadPage {
  private answer_: Answer | undefined;
  private call_: Call<WorkloadResult> | undefined;
  private shown_: Shown;
  private ticking_ = 0;
  private readonly table_ = new ListTable<WorkloadStatement, ColumnId>(
    "Busiest statements",
    columns,
    (statement) => lookOf(statement, this.idOf(statement), this.answer_?.allMs ?? 0),
    {
      sort: (column) => this.show(nextOrder(columns, column, this.shown_)),
      select: (id) => this.select(id),
      open: () => this.details_.querySelector<HTMLElement>("button.primary")?.focus(),
    },
  );
  private readonly details_ = el("aside", { "aria-label": "Statement", hidden: true });
  private readonly busy_ = el("div", { class: "busy", role: "progressbar", hidden: true });
  private readonly banners_ = el("div");
  private readonly outcome_ = el("div", {
    class: "outcome",
    role: "group",
    "aria-label": "What became of the statements",
    hidden: true,
  });
  private readonly message_ = el("div", { class: "empty", hidden: true });
  private readonly status_ = el("span", { class: "clock" });
  private readonly live_ = liveRegion();
  private filters_: HTMLElement;
  private readonly measure_ = button(
    "Also measure reads…",
    () => void this.measure(),
    { title: "Run the statements that only read, to measure their plans" },
    icon("play"),
  );
  private readonly refresh_ = button(
    "Refresh",
    () => this.load({ fresh: true }),
    { title: "Ask again, also for plans that are at hand" },
    icon("refresh"),
  );
  private readonly cancel_ = button(
    "Cancel",
    () => this.call_?.cancel(),
    { class: "danger", hidden: true },
    icon("stop"),
  );

  constructor(
    private readonly bridge_: Bridge,
    private state_: WorkloadState,
    root: HTMLElement,
  ) {
    this.shown_ = { ...everything, ...state_.shown };
    this.filters_ = this.filters();
    root.replaceChildren(
      el("div", { class: "bar" }, [
        this.filters_,
        el("div", { class: "tools" }, [this.measure_, this.refresh_, this.cancel_]),
      ]),
      this.busy_,
      this.banners_,
      this.outcome_,
      el("main", {}, [this.table_.element, this.message_, this.details_]),
      el("footer", {}, [this.status_, connectionMark(bridge_, state_)]),
      this.live_,
    );
    this.table_.setOrder(this.shown_);
    this.table_.element.hidden = true;
    this.details_.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closeDetails();
    });
  }

  start(): void {
    this.load({});
  }

  dispose(): void {
    window.clearInterval(this.ticking_);
    this.call_?.cancel();
  }

  private get limit(): number {
    return this.state_.limit ?? usualLimit;
  }

  private idOf(statement: WorkloadStatement): string {
    return this.answer_?.ids.get(statement) ?? "";
  }

  private filters(): HTMLElement {
    const input = el("input", {
      type: "search",
      placeholder: "Search",
      value: this.shown_.text,
      spellcheck: "false",
      "aria-label": "Search statements",
      dir: "auto",
    });
    input.addEventListener("input", () => this.show({ text: input.value }));
    const options = limits.map((limit) =>
      el("option", { value: String(limit), selected: limit === this.limit }, [String(limit)]),
    );
    const choice = el("select", { "aria-label": "Number of statements" }, options);
    choice.addEventListener("change", () => this.askFor(Number(choice.value)));
    return el("div", { class: "filters" }, [input, el("label", {}, ["The busiest ", choice])]);
  }

  private askFor(limit: number): void {
    this.state_ = { ...this.state_, limit };
    this.keep();
    this.load({});
  }

  /** Draws the filters anew, which something else than their own inputs has set. */
  private drawFilters(): void {
    this.filters_.replaceWith((this.filters_ = this.filters()));
  }

  private keep(): void {
    this.state_ = { ...this.state_, shown: this.shown_ };
    this.bridge_.state = this.state_;
  }

  private async measure(): Promise<void> {
    const question = measureQuestion(this.limit, this.state_.connectionName);
    if ((await this.bridge_.ask("confirm", question)) === true) this.load({ analyze: true });
  }

  private load(more: Pick<WorkloadParams, "fresh" | "analyze">): void {
    this.call_?.cancel();
    const { limit } = this;
    const { sessionId } = this.state_;
    const call = this.bridge_.request("workload/plans", { sessionId, limit, ...more });
    this.call_ = call;
    replace(this.banners_);
    this.working({ limit, analyze: more.analyze === true });
    call.result
      .then(
        (result) => this.call_ === call && this.received(result),
        (error: unknown) => this.call_ === call && this.failed(RequestError.of(error), more),
      )
      .finally(() => this.call_ === call && this.rest());
  }

  /** Shows that the server is asked, and for how long. */
  private working(asked: Asked): void {
    this.setBusy(true);
    const start = Date.now();
    const tick = () => setText(this.status_, progressText(asked, (Date.now() - start) / 1000));
    tick();
    window.clearInterval(this.ticking_);
    this.ticking_ = window.setInterval(tick, 1000);
    if (this.answer_ === undefined) this.message(progressText(asked, 0));
    else setText(this.live_, progressText(asked, 0));
  }

  private rest(): void {
    this.call_ = undefined;
    window.clearInterval(this.ticking_);
    this.setBusy(false);
    this.drawStatus();
  }

  private setBusy(busy: boolean): void {
    this.busy_.hidden = !busy;
    this.cancel_.hidden = !busy;
    this.refresh_.disabled = this.measure_.disabled = busy;
  }

  private received(result: WorkloadResult): void {
    const before = this.chosen();
    const { statements, counts } = result;
    const ids = new Map(statements.map((statement, i) => [statement, String(i)]));
    this.answer_ = { ...result, asOf: new Date(), allMs: timeOf(statements), ids };
    const { only } = this.shown_;
    if (!outcome(counts).some((said) => said.only === only)) this.shown_.only = "";
    const same = statements.find(
      ({ sql, schema }) => sql === before?.sql && schema === before.schema,
    );
    this.table_.choose(same && ids.get(same), false);
    this.draw();
    this.drawSelected();
    if (statements.length > 0) setText(this.live_, outcomeText(counts));
  }

  private failed(error: RequestError, asked: Pick<WorkloadParams, "fresh" | "analyze">): void {
    const again = () => (asked.analyze ? void this.measure() : this.load(asked));
    if (!error.cancelled) replace(this.banners_, failureBanner(error.message, error, again));
    else if (this.answer_ !== undefined) replace(this.banners_, banner("info", "Cancelled."));
    if (this.answer_ !== undefined) return;
    const retry = button("Try again", again, {}, icon("refresh"));
    if (error.cancelled) this.message(el("p", {}, ["Cancelled before there was a list."]), retry);
    else this.message("There is no list yet.");
  }

  private message(...said: Child[]): void {
    this.message_.hidden = false;
    this.table_.element.hidden = true;
    replace(this.message_, ...said);
  }

  private show(change: Partial<Shown>): void {
    this.shown_ = { ...this.shown_, ...change };
    this.keep();
    this.table_.setOrder(this.shown_);
    this.draw();
  }

  private draw(): void {
    const answer = this.answer_;
    if (answer === undefined) return;
    const { statements, unavailable } = answer;
    const shown = shownOf(statements, this.shown_);
    this.table_.update(shown);
    this.table_.hide(emptyColumns(statements));
    this.table_.element.hidden = shown.length === 0;
    this.message_.hidden = shown.length > 0;
    if (shown.length === 0) this.drawEmptiness(answer);
    else if (unavailable) replace(this.banners_, drawMissing(unavailable, this.copy));
    this.drawOutcome(answer);
    this.drawStatus();
  }

  /** A press keeps the focus, though all is drawn anew. */
  private drawOutcome({ statements, counts }: Answer): void {
    const chips = [...this.outcome_.children];
    const at = chips.indexOf(document.activeElement ?? this.outcome_);
    this.outcome_.hidden = statements.length === 0;
    const drawn = drawOutcome(outcome(counts), this.shown_.only, (only) => this.show({ only }));
    this.outcome_.replaceChildren(...drawn);
    drawn[at]?.focus();
  }

  /** Says why nothing is listed, and what to do. */
  private drawEmptiness({ statements, unavailable }: Answer): void {
    const again = button("Refresh", () => this.load({ fresh: true }), {}, icon("refresh"));
    if (statements.length > 0) {
      const all = () => {
        this.show({ text: "", only: "" });
        this.drawFilters();
      };
      const more = this.shown_.only === "" ? nextLimit(this.limit, statements.length) : undefined;
      const wider = () => {
        this.askFor(more ?? this.limit);
        this.drawFilters();
      };
      const why = `Not among the ${this.limit} busiest.`;
      this.message(
        el("p", {}, [more === undefined ? "No statement matches the search and the filter." : why]),
        more !== undefined && button(`Search the ${more} busiest`, wider, { class: "primary" }),
        button("Show all statements", all),
      );
    } else if (unavailable !== undefined) {
      this.message(drawMissing(unavailable, this.copy), again);
    } else {
      const why = "The server has counted no statements yet. Run some, then refresh.";
      this.message(el("p", {}, [why]), again);
    }
  }

  private drawStatus(): void {
    if (this.call_ !== undefined) return;
    if (this.answer_ === undefined) return setText(this.status_, "");
    const { statements, since, asOf } = this.answer_;
    const shown = shownOf(statements, this.shown_).length;
    setText(this.status_, statusText({ total: statements.length, shown, since }, asOf));
  }

  private chosen(): WorkloadStatement | undefined {
    const { selected } = this.table_;
    return selected === undefined ? undefined : this.answer_?.statements[Number(selected)];
  }

  private select(id: string): void {
    this.table_.choose(id, false);
    this.drawSelected();
  }

  private drawSelected(): void {
    const statement = this.chosen();
    this.details_.hidden = statement === undefined;
    if (statement === undefined) return;
    const rank = Number(this.idOf(statement)) + 1;
    const drawn = drawDetails(statement, rank, this.answer_?.allMs ?? 0, {
      openPlan: () => this.openPlan(statement, rank),
      copy: this.copy,
      close: () => this.closeDetails(),
    });
    replace(this.details_, drawn);
  }

  private openPlan({ sql }: WorkloadStatement, rank: number): void {
    const { sessionId } = this.state_;
    this.bridge_.action("openPlan", { sessionId, sql, name: `Statement ${rank}` });
  }

  private readonly copy = (text: string): void => this.bridge_.action("copy", { text });

  /** Back to the list, with the focus where it was. */
  private closeDetails(): void {
    this.table_.focusSelected();
    this.table_.choose(undefined, false);
    this.drawSelected();
  }
}
