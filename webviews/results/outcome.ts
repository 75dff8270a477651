// What is to be decided or can be taken back after a run, as banners above the rows: a dry run that was rolled back, a
// transaction that waits for a decision, statements that have an inverse, a preview that was cut.
import type { HeldTransaction, Undo } from "../../protocol/generated/ts/protocol.js";
import { banner, type Mood } from "../shared/banner.js";
import { type Bridge, RequestError } from "../shared/bridge.js";
import { button, el, foreign, replace, setText } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { dryRunText, heldText, type RunOutcome } from "./layout.js";

const mostUndos = 5;

export interface OutcomeEvents {
  /** Runs a statement in this panel. */
  run(sql: string): void;
  /** Runs what was tried, for good. */
  runForGood(): void;
  /** No transaction waits any more. */
  settled(): void;
}

export class OutcomeBanners {
  readonly element = el("div", { class: "outcomes", role: "status" });
  private timer_: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly bridge_: Bridge,
    private readonly sessionId_: string,
    private readonly events_: OutcomeEvents,
  ) {}

  /** True while a transaction waits: closing the page then rolls it back. */
  get waits(): boolean {
    return this.timer_ !== undefined;
  }

  clear(): void {
    this.stop();
    this.element.replaceChildren();
  }

  /** The clock, and with it what the host would do when the page closes. */
  private stop(): void {
    if (this.timer_ === undefined) return;
    clearInterval(this.timer_);
    this.timer_ = undefined;
    this.events_.settled();
  }

  show({ held, dryRun, undos }: RunOutcome): void {
    this.clear();
    replace(
      this.element,
      dryRun !== undefined &&
        banner(
          "info",
          dryRunText(dryRun),
          button("Run it", () => this.events_.runForGood(), {}, icon("play")),
        ),
      ...undos.slice(0, mostUndos).map((undo) => this.undo(undo)),
    );
    if (held !== undefined) this.hold(held);
  }

  private undo({ title, sql, caution }: Undo): HTMLElement {
    const run = button(`Undo: ${title}`, () => this.events_.run(sql), {}, icon("undo"));
    run.title = sql.slice(0, 2000);
    const care = caution !== undefined && el("p", { class: "dim" }, [foreign(caution)]);
    return banner("ok", el("div", {}, ["Done, and it can be taken back.", care]), run);
  }

  /** Counts down to the rollback that the helper does by itself. */
  private hold(held: HeldTransaction): void {
    const until = performance.now() + held.rollbackInMs;
    // Not announced every second: the words before it are.
    const clock = el("span", { class: "clock", "aria-live": "off" });
    const end = (commit: boolean) => void this.endTransaction(held, commit);
    this.element.append(
      banner(
        "warning",
        el("div", {}, [`${heldText(held)} `, clock]),
        button("Commit", () => end(true), { class: "primary" }, icon("ok")),
        button("Roll Back", () => end(false), {}, icon("undo")),
      ),
    );
    const tick = () => {
      const seconds = Math.ceil((until - performance.now()) / 1000);
      setText(clock, `It is rolled back in ${plural(Math.max(0, seconds), "second", "seconds")}.`);
      if (seconds <= 0) this.told("warning", "Nobody decided, so it was rolled back.");
    };
    this.timer_ = setInterval(tick, 250);
    tick();
  }

  private async endTransaction({ affected }: HeldTransaction, commit: boolean): Promise<void> {
    this.stop();
    try {
      const params = { sessionId: this.sessionId_, commit };
      await this.bridge_.request("transaction/end", params).result;
      if (!commit) this.told("info", "Rolled back: everything is as before.");
      else if (affected === undefined) this.told("ok", "Committed.");
      else this.told("ok", `Committed: ${plural(affected, "row", "rows")}.`);
    } catch (error) {
      this.told("error", RequestError.of(error).message);
    }
  }

  private told(mood: Mood, text: string): void {
    this.stop();
    replace(this.element, banner(mood, text));
  }
}
