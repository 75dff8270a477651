// The audit page: a list that grows by pages as it is scrolled, newest first. With "Live" it asks for the first page
// again every two seconds while it is in sight, and keeps its place.
import type { AuditEntry, AuditPage as Page } from "../../protocol/generated/ts/protocol.js";
import { banner, failureBanner } from "../shared/banner.js";
import { type Bridge, type Call, RequestError } from "../shared/bridge.js";
import { button, el, elide, liveRegion, replace, setText } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { Grid, type GridSource } from "../shared/grid.js";
import type { CellAt } from "../shared/grid_math.js";
import { icon } from "../shared/icons.js";
import { drawDetails, drawEmpty } from "./draw.js";
import {
  cellsOf,
  choices,
  columns,
  fileName,
  filterOf,
  isFiltered,
  noFilter,
  type Shown,
  verdictText,
} from "./layout.js";

const pageRows = 200;
const liveMs = 2000;
const typingMs = 200;
/** Rows before the end of the list at which the next page is asked for. */
const readAhead = 60;

export class AuditPage {
  private entries_: AuditEntry[] = [];
  private next_: number | undefined;
  private info_: Page | undefined;
  private call_: Call<Page> | undefined;
  private verify_: Call<unknown> | undefined;
  private typing_ = 0;
  private selected_: number | undefined;
  private readonly ticking_ = setInterval(() => this.tick(), liveMs);
  private readonly source_: GridSource;
  private readonly grid_: Grid;
  private readonly list_ = el("div", { class: "list" });
  private readonly details_ = el("aside", { "aria-label": "Entry", hidden: true });
  private readonly banners_ = el("div");
  private readonly verdict_ = el("div");
  private readonly message_ = el("div", { class: "empty", hidden: true });
  private readonly status_ = el("span");
  private readonly file_ = el("bdi", { class: "dim file" });
  private readonly live_ = liveRegion();
  private filters_: HTMLElement;
  private readonly verifyButton_ = button("Verify", () => void this.verify(), {}, icon("lock"));
  private readonly liveButton_ = button(
    "Live",
    () => this.toggleLive(),
    { "aria-pressed": false, title: "Look for new entries every two seconds" },
    icon("play"),
  );

  constructor(
    private readonly bridge_: Bridge,
    private shown_: Shown,
    root: HTMLElement,
  ) {
    this.source_ = this.source();
    this.grid_ = this.grid();
    this.list_.append(this.grid_.element, this.message_);
    this.filters_ = this.filters();
    root.replaceChildren(
      el("div", { class: "bar" }, [
        this.filters_,
        el("div", { class: "tools" }, [
          button("Refresh", () => this.load(), {}, icon("refresh")),
          this.liveButton_,
          this.verifyButton_,
          button("CSV", () => void this.export("csv"), { title: "Export as CSV" }, icon("save")),
          button("JSON", () => void this.export("json"), { title: "Export as JSON" }, icon("save")),
        ]),
      ]),
      this.banners_,
      this.verdict_,
      el("main", {}, [this.list_, this.details_]),
      el("footer", {}, [this.status_, this.file_]),
      this.live_,
    );
    this.details_.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closeDetails();
    });
  }

  start(): void {
    setText(this.status_, "Reading the log…");
    this.load();
  }

  dispose(): void {
    clearInterval(this.ticking_);
    clearTimeout(this.typing_);
    this.call_?.cancel();
    this.verify_?.cancel();
  }

  private source(): GridSource {
    const rowCount = () => this.entries_.length;
    return {
      columns: columns.map(({ column }) => column),
      get rowCount() {
        return rowCount();
      },
      cells: (row, from, to) => {
        const entry = this.entries_[row];
        return entry && cellsOf(entry, from, to);
      },
      need: (_first, end) => {
        if (end + readAhead >= this.entries_.length) this.more();
      },
    };
  }

  private grid(): Grid {
    const nothing = () => {};
    return new Grid("Audit log, newest first", this.source_, {
      sort: nothing,
      filter: nothing,
      openCell: ({ row }: CellAt) => {
        this.select(row);
        this.details_.querySelector("button")?.focus();
      },
      activeCell: ({ row }: CellAt) => this.select(row),
      copy: () => {
        const sql = this.entries_[this.grid_.active.row]?.sql;
        if (sql !== undefined) this.bridge_.action("copy", { text: sql });
      },
      menu: nothing,
      last: () => this.more(),
    });
  }

  private filters(): HTMLElement {
    return el("div", { class: "filters" }, [
      this.input("text", "Search", "Search the log"),
      this.input("connection", "Connection", "Filter by connection"),
      this.choice("actor", "Who"),
      this.choice("action", "What"),
      this.choice("outcome", "Outcome"),
      this.choice("hours", "Time"),
    ]);
  }

  private input(name: "text" | "connection", placeholder: string, label: string): HTMLElement {
    const input = el("input", {
      type: "search",
      placeholder,
      value: this.shown_[name],
      spellcheck: "false",
      "aria-label": label,
      dir: "auto",
    });
    input.addEventListener("input", () => {
      clearTimeout(this.typing_);
      this.typing_ = window.setTimeout(() => this.show({ [name]: input.value }), typingMs);
    });
    return input;
  }

  private choice(name: keyof typeof choices, label: string): HTMLElement {
    const current = this.shown_[name];
    const options = choices[name].map(([value, text]) =>
      el("option", { value, selected: value === current }, [text]),
    );
    const choice = el("select", { "aria-label": label }, options);
    choice.addEventListener("change", () => this.show({ [name]: choice.value }));
    return choice;
  }

  private show(change: Partial<Shown>): void {
    this.shown_ = { ...this.shown_, ...change };
    this.bridge_.state = this.shown_;
    this.load();
  }

  private load(): void {
    this.ask(undefined, (page) => {
      this.entries_ = page.entries;
      this.closeDetails();
      this.grid_.setSource(this.source_);
      this.grid_.fitToContent();
    });
  }

  private more(): void {
    if (this.next_ === undefined || this.call_ !== undefined) return;
    this.ask(this.next_, (page) => this.entries_.push(...page.entries));
  }

  /** The first page again; what is new goes on top and the selected entry stays where it was. */
  private tick(): void {
    const on = this.liveButton_.getAttribute("aria-pressed") === "true";
    if (!on || this.call_ !== undefined || document.visibilityState === "hidden") return;
    const { next_, selected_ } = this;
    this.ask(undefined, (page) => {
      const oldest = page.entries.at(-1)?.seq ?? 0;
      // When more than a page came, what is known does not reach it: the rest is read anew.
      const reaches = page.next !== undefined && (this.entries_[0]?.seq ?? 0) >= oldest;
      const older = reaches ? this.entries_.filter(({ seq }) => seq < oldest) : [];
      if (older.length > 0) this.next_ = next_;
      this.entries_ = [...page.entries, ...older];
      const row = this.entries_.findIndex(({ seq }) => seq === selected_);
      if (row >= 0) this.grid_.select({ row, column: 0 }, { row, column: 0 });
    });
  }

  private ask(before: number | undefined, took: (page: Page) => void): void {
    this.call_?.cancel();
    const filter = filterOf(this.shown_, new Date());
    const params = { filter, limit: pageRows, ...(before === undefined ? {} : { before }) };
    const call = this.bridge_.request("audit/list", params);
    this.call_ = call;
    call.result.then(
      (page) => {
        if (this.call_ !== call) return;
        this.call_ = undefined;
        this.info_ = page;
        this.next_ = page.next;
        took(page);
        replace(this.banners_);
        this.draw();
      },
      (reason: unknown) => {
        const error = RequestError.of(reason);
        if (this.call_ !== call || error.cancelled) return;
        this.call_ = undefined;
        this.failed(error);
      },
    );
  }

  private failed(error: RequestError): void {
    const what = `The log cannot be read: ${error.message}`;
    replace(
      this.banners_,
      failureBanner(what, error, () => this.load()),
    );
    setText(this.status_, "");
  }

  private draw(): void {
    const isEmpty = this.entries_.length === 0;
    this.grid_.element.hidden = isEmpty;
    this.message_.hidden = !isEmpty;
    if (isEmpty) this.drawEmptiness();
    this.grid_.refresh();
    const { keptDays = 0, keptMegabytes = 0, file = "" } = this.info_ ?? {};
    const kept = [
      keptDays > 0 && plural(keptDays, "day", "days"),
      keptMegabytes > 0 && `${keptMegabytes} MB`,
    ].filter((part) => part !== false);
    const count = plural(this.entries_.length, "entry", "entries");
    const more = this.next_ === undefined ? "" : " and older ones";
    const until = kept.length === 0 ? "all is kept" : `kept: ${kept.join(", ")}`;
    setText(this.status_, `${count}${more} · ${until}`);
    setText(this.file_, elide(file, 200));
  }

  private drawEmptiness(): void {
    if (!isFiltered(this.shown_)) return replace(this.message_, drawEmpty());
    const showAll = () => {
      this.show(noFilter);
      this.filters_.replaceWith((this.filters_ = this.filters()));
    };
    replace(
      this.message_,
      el("p", {}, ["No entry matches the filters."]),
      button("Show all entries", showAll),
    );
  }

  private select(row: number): void {
    const entry = this.entries_[row];
    if (entry === undefined) return;
    this.selected_ = entry.seq;
    this.details_.hidden = false;
    replace(
      this.details_,
      drawDetails(entry, {
        copy: (text) => this.bridge_.action("copy", { text }),
        close: () => this.closeDetails(),
      }),
    );
  }

  private closeDetails(): void {
    const hadFocus = this.details_.contains(document.activeElement);
    this.selected_ = undefined;
    this.details_.hidden = true;
    if (hadFocus) this.grid_.focusActive();
  }

  private toggleLive(): void {
    const on = this.liveButton_.getAttribute("aria-pressed") !== "true";
    this.liveButton_.setAttribute("aria-pressed", String(on));
    if (on) this.tick();
  }

  private async verify(): Promise<void> {
    if (this.verify_ !== undefined) return this.verify_.cancel();
    const call = this.bridge_.stream(
      "audit/verify",
      {},
      {
        credit: 1,
        item: ({ entries, total }) => {
          setText(progress, `Checking entry ${entries} of ${total}…`);
          call.grant(1);
        },
      },
    );
    const progress = el("span", {}, ["Checking every entry…"]);
    const stop = button("Stop", () => call.cancel(), {}, icon("stop"));
    replace(this.verdict_, banner("info", progress, stop));
    this.verify_ = call;
    try {
      const verdict = await call.result;
      const close = button("Close", () => replace(this.verdict_), { class: "link" });
      const mood = verdict.valid ? "ok" : "error";
      replace(this.verdict_, banner(mood, verdictText(verdict), close));
      if (verdict.valid) setText(this.live_, verdictText(verdict));
    } catch (reason) {
      const error = RequestError.of(reason);
      replace(this.verdict_, !error.cancelled && banner("error", `Not checked: ${error.message}`));
    }
    this.verify_ = undefined;
  }

  private async export(format: "csv" | "json"): Promise<void> {
    const now = new Date();
    try {
      const filter = filterOf(this.shown_, now);
      const made = await this.bridge_.request("audit/export", { filter, format }).result;
      this.bridge_.action("save", { suggestedName: fileName(format, now), text: made.text });
      const count = plural(made.entries, "entry", "entries");
      const rest = " Older ones did not fit: mydba audit export writes them all.";
      const text = `${count} exported.${made.truncated ? rest : ""}`;
      if (made.truncated) replace(this.banners_, banner("info", text));
      setText(this.live_, text);
    } catch (reason) {
      const { message } = RequestError.of(reason);
      replace(this.banners_, banner("error", `Nothing was exported: ${message}`));
    }
  }
}
