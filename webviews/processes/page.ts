// The process page: watches while it is visible and not paused, keeps the newest snapshot, ends what the user confirms.
import type { KillKind, Process, ProcessSnapshot } from "../../protocol/generated/ts/protocol.js";
import { type AnswerHost, AnswerPane } from "../shared/answer_pane.js";
import { banner, failureBanner } from "../shared/banner.js";
import {
  type Bridge,
  RequestError,
  type StreamCall,
  type ViewConnection,
} from "../shared/bridge.js";
import { connectionMark } from "../shared/connection_mark.js";
import { button, el, elide, liveRegion, replace, setText } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { nextOrder } from "../shared/list_layout.js";
import { ListTable, mostRows } from "../shared/list_table.js";
import { drawDetails, drawGone, lookOf } from "./draw.js";
import {
  arrange,
  blockers,
  type ColumnId,
  columns,
  defaultKill,
  describe,
  type Emptiness,
  emptiness,
  type Shown,
} from "./layout.js";

export interface ProcessesState extends ViewConnection {
  sessionId: string;
  intervalMs?: number;
  shown?: Shown;
  /** The pane with the answer of @mydba is open. */
  answering?: boolean;
}

const intervals = [
  { ms: 500, label: "0.5 s" },
  { ms: 1000, label: "1 s" },
  { ms: 2000, label: "2 s" },
  { ms: 5000, label: "5 s" },
  { ms: 30_000, label: "30 s" },
];

export class ProcessesPage {
  private snapshot_: ProcessSnapshot | undefined;
  private watch_: StreamCall<unknown> | undefined;
  private paused_ = false;
  private shown_: Shown;
  private readonly ended_ = new AbortController();
  /** How many sessions wait for each. */
  private waiting_ = new Map<string, number>();
  private readonly table_ = new ListTable<Process, ColumnId>(
    "Processes",
    columns,
    (process) => lookOf(process, this.waiting_.get(process.id) ?? 0),
    {
      sort: (column) => this.show(nextOrder(columns, column, this.shown_)),
      select: (id) => this.select(id),
      remove: (id) => this.askKill(id),
      open: () => this.details_.querySelector("button")?.focus(),
    },
  );
  private readonly details_ = el("aside", { "aria-label": "Session", hidden: true });
  private readonly banners_ = el("div");
  private readonly message_ = el("div", { class: "empty", hidden: true });
  /** What `message_` says of the list; undefined when it says something else. */
  private emptiness_: Emptiness | undefined;
  private filters_: HTMLElement;
  private readonly answer_: AnswerPane;
  private readonly status_ = el("span");
  private readonly live_ = liveRegion();
  private readonly pause_ = button(
    "Pause",
    () => this.togglePause(),
    { "aria-pressed": false },
    icon("pause"),
  );
  private readonly now_ = button(
    "Refresh",
    () => this.refresh(),
    { hidden: true },
    icon("refresh"),
  );

  constructor(
    private readonly bridge_: Bridge,
    private state_: ProcessesState,
    root: HTMLElement,
  ) {
    this.shown_ = state_.shown ?? {
      text: "",
      hideIdle: false,
      hideOwn: true,
      sort: undefined,
      descending: false,
    };
    this.filters_ = this.filters();
    this.answer_ = this.makeAnswer();
    const { toggle } = this.answer_;
    const main = el("main", {}, [this.table_.element, this.message_, this.details_]);
    root.replaceChildren(
      el("div", { class: "bar" }, [
        this.filters_,
        el("div", { class: "tools" }, [this.intervalChoice(), this.pause_, this.now_, toggle]),
      ]),
      this.banners_,
      el("div", { class: "with-answer" }, [main, this.answer_.element]),
      el("footer", {}, [this.status_, connectionMark(bridge_, state_)]),
      this.live_,
    );
    this.table_.setOrder(this.shown_);
    this.details_.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closeDetails();
    });
    // A hidden page asks the server nothing.
    const options = { signal: this.ended_.signal };
    document.addEventListener("visibilitychange", () => this.visibilityChanged(), options);
  }

  start(): void {
    this.message("Asking for the list…");
    this.watch();
  }

  dispose(): void {
    this.ended_.abort();
    this.watch_?.cancel();
    this.answer_.dispose();
  }

  private makeAnswer(): AnswerPane {
    const { sessionId, answering = false } = this.state_;
    const host: AnswerHost = {
      sessionId,
      question: () => ({ command: "processlist", prompt: "", about: "Who does what" }),
      agrees: () => Promise.resolve(true),
      leadsHere: ({ action }) => action === "openProcesses",
      toggled: (isOpen) => {
        this.state_ = { ...this.state_, answering: isOpen };
        this.keep();
      },
    };
    return new AnswerPane(this.bridge_, host, answering);
  }

  private filters(): HTMLElement {
    const input = el("input", {
      type: "search",
      placeholder: "Filter",
      value: this.shown_.text,
      spellcheck: "false",
      "aria-label": "Filter processes",
      dir: "auto",
    });
    input.addEventListener("input", () => this.show({ text: input.value }));
    return el("div", { class: "filters" }, [
      input,
      this.check("Hide idle", "hideIdle"),
      this.check("Hide own", "hideOwn"),
    ]);
  }

  private check(label: string, name: "hideIdle" | "hideOwn"): HTMLElement {
    const box = el("input", { type: "checkbox", checked: this.shown_[name] });
    box.addEventListener("change", () => this.show({ [name]: box.checked }));
    return el("label", {}, [box, label]);
  }

  private intervalChoice(): HTMLElement {
    const current = this.state_.intervalMs ?? 2000;
    const options = intervals.map(({ ms, label }) =>
      el("option", { value: String(ms), selected: ms === current }, [label]),
    );
    const choice = el("select", { "aria-label": "Refresh interval" }, options);
    choice.addEventListener("change", () => {
      this.state_ = { ...this.state_, intervalMs: Number(choice.value) };
      this.keep();
      if (!this.paused_) this.watch();
    });
    return el("label", {}, ["Every ", choice]);
  }

  private keep(): void {
    this.state_ = { ...this.state_, shown: this.shown_ };
    this.bridge_.state = this.state_;
  }

  private watch(): void {
    this.watch_?.cancel();
    const { sessionId, intervalMs = 2000 } = this.state_;
    const call = this.bridge_.stream(
      "process/watch",
      { sessionId, intervalMs },
      {
        credit: 1,
        item: (snapshot) => {
          this.received(snapshot);
          call.grant(1);
        },
      },
    );
    this.watch_ = call;
    call.result.catch((reason: unknown) => {
      const error = RequestError.of(reason);
      if (this.watch_ === call && !error.cancelled) this.failed(error);
    });
  }

  private togglePause(): void {
    this.paused_ = !this.paused_;
    this.pause_.setAttribute("aria-pressed", String(this.paused_));
    this.now_.hidden = !this.paused_;
    if (this.paused_) this.watch_?.cancel();
    else this.watch();
    this.draw();
  }

  private visibilityChanged(): void {
    if (this.paused_) return;
    if (document.visibilityState === "hidden") this.watch_?.cancel();
    else this.watch();
  }

  private refresh(): void {
    const { sessionId } = this.state_;
    this.bridge_.request("process/list", { sessionId }).result.then(
      (snapshot) => this.received(snapshot),
      (error: unknown) => this.failed(RequestError.of(error)),
    );
  }

  private received(snapshot: ProcessSnapshot): void {
    this.snapshot_ = snapshot;
    const { limitation } = snapshot;
    replace(this.banners_, limitation !== undefined && banner("info", limitation));
    this.draw();
  }

  private failed(error: RequestError): void {
    replace(
      this.banners_,
      failureBanner(error.message, error, () => this.watch()),
    );
    if (this.snapshot_ === undefined) this.message("There is no list yet.");
    else setText(this.status_, `Stopped; the list is from ${timeOf(this.snapshot_)}`);
  }

  private message(text: string): void {
    this.message_.hidden = false;
    this.table_.element.hidden = true;
    this.message_.replaceChildren(text);
    this.emptiness_ = undefined;
  }

  /** Says why the list is empty, and offers the way out. Drawn once, so that its button keeps the focus. */
  private drawEmptiness(why: Emptiness): void {
    this.message_.hidden = false;
    this.table_.element.hidden = true;
    if (this.emptiness_ === why) return;
    this.emptiness_ = why;
    if (why === "noSessions") return replace(this.message_, "The server lists no sessions.");
    const showAll = () => this.filter({ text: "", hideIdle: false, hideOwn: false });
    const [text, label] =
      why === "onlyOwn"
        ? ["Nobody but MyDBA itself is connected.", "Show MyDBA's own sessions"]
        : ["No session matches the filters.", "Show all sessions"];
    replace(this.message_, el("p", {}, [text]), button(label, showAll));
  }

  /** Sets filters from elsewhere than their own inputs, which then say so. */
  private filter(change: Partial<Shown>): void {
    this.show(change);
    this.filters_.replaceWith((this.filters_ = this.filters()));
  }

  private show(change: Partial<Shown>): void {
    this.shown_ = { ...this.shown_, ...change };
    this.keep();
    this.table_.setOrder(this.shown_);
    this.draw();
  }

  private draw(): void {
    const snapshot = this.snapshot_;
    if (snapshot === undefined) return;
    const all = snapshot.processes;
    const shown = arrange(all, this.shown_);
    this.waiting_ = blockers(all);
    this.table_.update(shown);
    if (shown.length === 0) this.drawEmptiness(emptiness(all, this.shown_));
    else {
      this.message_.hidden = true;
      this.table_.element.hidden = false;
    }
    setText(this.status_, this.statusText(snapshot, shown.length));
    this.drawSelected();
  }

  private statusText(snapshot: ProcessSnapshot, shown: number): string {
    const all = snapshot.processes;
    const active = all.filter((process) => process.active).length;
    const blocked = all.filter((process) => process.blockedBy.length > 0).length;
    const parts = [plural(all.length, "session", "sessions"), `${active} active`];
    if (blocked > 0) parts.push(`${blocked} blocked`);
    if (shown < all.length) parts.push(`${shown} shown`);
    if (shown > mostRows) parts.push(`the first ${mostRows} listed: filter to see others`);
    parts.push((this.paused_ ? "paused at " : "") + timeOf(snapshot));
    return parts.join(" · ");
  }

  private select(id: string): void {
    this.table_.choose(id, false);
    this.details_.dataset["stamp"] = "";
    this.drawSelected();
  }

  private drawSelected(): void {
    const id = this.table_.selected;
    const snapshot = this.snapshot_;
    const all = snapshot?.processes ?? [];
    const process = all.find((p) => p.id === id);
    this.details_.hidden = id === undefined;
    if (id === undefined || snapshot === undefined) return;
    if (process === undefined) {
      if (this.details_.dataset["stamp"] === "gone") return;
      this.details_.dataset["stamp"] = "gone";
      return replace(this.details_, drawGone(id, { close: () => this.closeDetails() }));
    }
    // Redrawn only when something changed, and never under the keyboard's focus or a text selection.
    const stamp = JSON.stringify([process, all.filter((p) => p.blockedBy.length > 0)]);
    const busy = this.details_.contains(document.activeElement) || hasSelectionIn(this.details_);
    const before = this.details_.dataset["stamp"] ?? "";
    if (before === stamp || (busy && before !== "")) return;
    this.details_.dataset["stamp"] = stamp;
    const { sessionId } = this.state_;
    replace(
      this.details_,
      drawDetails(process, snapshot, {
        killQuery: (p) => void this.kill(p, "query"),
        killConnection: (p) => void this.kill(p, "connection"),
        select: (other) => this.selectVisible(other),
        copy: (text) => this.bridge_.action("copy", { text }),
        explain: ({ id, sql }) =>
          this.bridge_.action("openPlan", { sessionId, sql, name: `Session ${id}` }),
        close: () => this.closeDetails(),
      }),
    );
  }

  /** Back to the list, with the focus where it was. */
  private closeDetails(): void {
    this.table_.focusSelected();
    this.table_.choose(undefined, false);
    this.drawSelected();
    this.draw();
  }

  /** Selects a session from a link; what hides it is switched off. */
  private selectVisible(id: string): void {
    this.select(id);
    const process = this.snapshot_?.processes.find((p) => p.id === id);
    if (process === undefined) return;
    this.filter({
      text: "",
      hideIdle: this.shown_.hideIdle && process.active,
      hideOwn: this.shown_.hideOwn && !process.own,
    });
    this.table_.choose(id, true);
  }

  private askKill(id: string): void {
    const process = this.snapshot_?.processes.find((p) => p.id === id);
    if (this.snapshot_ === undefined || process === undefined || process.own) return;
    void this.kill(process, defaultKill(process, this.snapshot_));
  }

  private async kill(process: Process, kind: KillKind): Promise<void> {
    const what = kind === "query" ? "End the running statement of" : "Close the connection of";
    const effect =
      kind === "query"
        ? "The statement is cancelled and what it changed is undone; the connection stays open."
        : "The connection is closed; what it did not commit is lost.";
    const confirmed = await this.bridge_.ask("confirm", {
      message: `${what} session ${describe(process)}?`,
      detail: `${effect} Connection: ${this.state_.connectionName}.\n\n${elide(process.sql ?? "", 400)}`,
      action: kind === "query" ? "End Query" : "End Connection",
    });
    if (confirmed !== true) return;
    const { sessionId } = this.state_;
    try {
      const { killed } = await this.bridge_.request("process/kill", {
        sessionId,
        id: process.id,
        kind,
      }).result;
      const done = kind === "query" ? "was told to stop its statement" : "was closed";
      const gone = "had ended by itself already; nothing was done";
      this.told(`Session ${process.id} ${killed ? done : gone}.`, "info");
    } catch (error) {
      this.told(`Session ${process.id} was not ended: ${RequestError.of(error).message}`, "error");
    }
    if (this.paused_) this.refresh();
  }

  private told(text: string, kind: "info" | "error"): void {
    const close = button("Close", () => notice.remove(), { class: "link" });
    const notice = banner(kind, text, close);
    notice.classList.add("told");
    this.banners_.before(notice);
    for (const old of document.querySelectorAll(".banner.told")) if (old !== notice) old.remove();
    if (kind === "info") setText(this.live_, text); // an error's banner speaks for itself
  }
}

function timeOf(snapshot: ProcessSnapshot): string {
  const time = new Date(snapshot.time);
  return Number.isNaN(time.getTime()) ? "" : time.toTimeString().slice(0, 8);
}

function hasSelectionIn(element: Element): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
}
