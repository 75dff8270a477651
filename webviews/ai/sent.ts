// The second tab: the log of what was sent, newest first; it grows by pages as it is scrolled. An entry
// opens its request word for word.
import type { AiReport, AiSentEntry, AiSentPage } from "../../protocol/generated/ts/protocol.js";
import { failureBanner } from "../shared/banner.js";
import { type Bridge, type Call, RequestError } from "../shared/bridge.js";
import { detailsHeading, factList } from "../shared/details.js";
import { button, el, elide, liveRegion, replace, setText } from "../shared/dom.js";
import { bytes, grouped, plural } from "../shared/format.js";
import { Grid, type GridSource } from "../shared/grid.js";
import type { CellAt } from "../shared/grid_math.js";
import { icon } from "../shared/icons.js";
import { cellsOf, columns, dollars, factsOf, fileName, reportText } from "./layout.js";

const pageRows = 200;
const exportRows = 1000;
const typingMs = 200;
/** Rows before the end of the list at which the next page is asked for. */
const readAhead = 60;

export class SentTab {
  readonly element: HTMLElement;
  private entries_: AiSentEntry[] = [];
  private next_: number | undefined;
  private call_: Call<AiSentPage> | undefined;
  private typing_ = 0;
  private readonly source_ = this.source();
  private readonly grid_ = this.grid();
  private readonly search_ = el("input", {
    type: "search",
    placeholder: "Search",
    "aria-label": "Search what was sent",
    spellcheck: "false",
    dir: "auto",
  });
  private readonly report_ = el("div", { class: "report" });
  private readonly banners_ = el("div");
  private readonly message_ = el("div", { class: "empty", hidden: true });
  private readonly details_ = el("aside", { "aria-label": "Request", hidden: true });
  private readonly status_ = el("span");
  private readonly file_ = el("bdi", { class: "dim file" });
  private readonly live_ = liveRegion();

  constructor(private readonly bridge_: Bridge) {
    this.search_.addEventListener("input", () => {
      clearTimeout(this.typing_);
      this.typing_ = window.setTimeout(() => this.load(), typingMs);
    });
    this.details_.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.closeDetails();
    });
    const tools = el("div", { class: "tools" }, [
      button("Refresh", () => this.load(), {}, icon("refresh")),
      button("Export", () => void this.export(), { title: "Save as JSON" }, icon("save")),
      button("Clear", () => void this.clear(), { title: "Remove every entry" }, icon("trash")),
    ]);
    const list = el("div", { class: "list" }, [this.grid_.element, this.message_]);
    this.element = el("div", { class: "sent" }, [
      el("div", { class: "bar" }, [this.search_, tools]),
      this.banners_,
      this.report_,
      el("main", {}, [list, this.details_]),
      el("footer", {}, [this.status_, this.file_]),
      this.live_,
    ]);
  }

  dispose(): void {
    clearTimeout(this.typing_);
    this.call_?.cancel();
  }

  load(): void {
    setText(this.status_, "Reading the log…");
    this.ask(undefined, (page) => {
      this.entries_ = page.entries;
      this.closeDetails();
      this.grid_.setSource(this.source_);
      this.grid_.fitToContent();
    });
    this.bridge_.request("ai/report", {}).result.then(
      (report) => this.drawReport(report),
      () => replace(this.report_),
    );
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
    return new Grid("What was sent, newest first", this.source_, {
      sort: nothing,
      filter: nothing,
      openCell: ({ row }: CellAt) => {
        this.select(row);
        this.details_.querySelector("button")?.focus();
      },
      activeCell: ({ row }: CellAt) => this.select(row),
      copy: () => {
        const text = this.entries_[this.grid_.active.row]?.request;
        if (text !== undefined) this.bridge_.action("copy", { text });
      },
      menu: nothing,
      last: () => this.more(),
    });
  }

  private more(): void {
    if (this.next_ === undefined || this.call_ !== undefined) return;
    this.ask(this.next_, (page) => this.entries_.push(...page.entries));
  }

  private request(before: number | undefined, limit: number): Call<AiSentPage> {
    const text = this.search_.value.trim();
    return this.bridge_.request("ai/sent", {
      text,
      limit,
      ...(before === undefined ? {} : { before }),
    });
  }

  private ask(before: number | undefined, took: (page: AiSentPage) => void): void {
    this.call_?.cancel();
    const call = this.request(before, pageRows);
    this.call_ = call;
    call.result.then(
      (page) => {
        if (this.call_ !== call) return;
        this.call_ = undefined;
        this.next_ = page.next;
        took(page);
        replace(this.banners_);
        this.draw(page.file);
      },
      (reason: unknown) => {
        const error = RequestError.of(reason);
        if (this.call_ !== call || error.cancelled) return;
        this.call_ = undefined;
        setText(this.status_, "");
        const what = `The log cannot be read: ${error.message}`;
        replace(
          this.banners_,
          failureBanner(what, error, () => this.load()),
        );
      },
    );
  }

  private draw(file: string): void {
    const isEmpty = this.entries_.length === 0;
    this.grid_.element.hidden = isEmpty;
    this.message_.hidden = !isEmpty;
    if (isEmpty) this.drawEmptiness();
    this.grid_.refresh();
    const more = this.next_ === undefined ? "" : " and older ones";
    setText(this.status_, plural(this.entries_.length, "request", "requests") + more);
    setText(this.file_, elide(file, 200));
  }

  private drawEmptiness(): void {
    if (this.search_.value.trim() !== "")
      return replace(this.message_, el("p", {}, ["No request has that text."]));
    replace(
      this.message_,
      el("h2", {}, ["Nothing was sent"]),
      el("p", {}, [
        "Every request to a model is entered here before it leaves, word for word, and stays on this machine.",
      ]),
    );
  }

  private drawReport(report: AiReport): void {
    const rows = report.destinations.map((to) => {
      const cells = [
        to.address || "the editor's models",
        to.model,
        grouped(to.requests),
        bytes(to.bytes),
        grouped(to.tokens),
        to.cost > 0 ? dollars(to.cost) : "",
      ];
      return el(
        "tr",
        {},
        cells.map((text) => el("td", {}, [el("bdi", {}, [elide(text, 200)])])),
      );
    });
    const heads = ["To", "Model", "Requests", "Size", "Tokens", "Cost"];
    const head = el(
      "tr",
      {},
      heads.map((text) => el("th", {}, [text])),
    );
    const table = el("table", { "aria-label": "Where requests went" }, [
      el("thead", {}, [head]),
      el("tbody", {}, rows),
    ]);
    replace(
      this.report_,
      report.requests > 0 && el("p", {}, [icon("lock"), elide(reportText(report), 600)]),
      rows.length > 0 && el("details", {}, [el("summary", {}, ["Where it went"]), table]),
    );
  }

  private select(row: number): void {
    const entry = this.entries_[row];
    if (entry === undefined) return;
    const copy = () => this.bridge_.action("copy", { text: entry.request });
    const text = { class: "sql", tabindex: 0, dir: "ltr", "aria-label": "Request" } as const;
    this.details_.hidden = false;
    replace(
      this.details_,
      detailsHeading(["Word for word"], () => this.closeDetails()),
      el("pre", text, [entry.request]),
      el("div", { class: "buttons" }, [button("Copy", copy, {}, icon("copy"))]),
      factList(factsOf(entry)),
    );
  }

  private closeDetails(): void {
    const hadFocus = this.details_.contains(document.activeElement);
    this.details_.hidden = true;
    if (hadFocus) this.grid_.focusActive();
  }

  private async clear(): Promise<void> {
    const agreed = await this.bridge_.ask("confirm", {
      message: "Remove the log of what was sent?",
      detail: "Every entry is removed from this machine. What was sent cannot be taken back.",
      action: "Remove",
    });
    if (agreed !== true) return;
    await this.tell(this.bridge_.request("ai/clearSent", {}).result, "The log is empty.");
    this.load();
  }

  /** All entries that match the search, oldest last. */
  private async export(): Promise<void> {
    const all = async () => {
      const entries: AiSentEntry[] = [];
      for (let before: number | undefined; ;) {
        const page: AiSentPage = await this.request(before, exportRows).result;
        entries.push(...page.entries);
        before = page.next;
        if (before === undefined) break;
      }
      const text = JSON.stringify(entries, null, 2);
      this.bridge_.action("save", { suggestedName: fileName(new Date()), text });
    };
    await this.tell(all(), "Exported.");
  }

  private async tell(done: Promise<unknown>, text: string): Promise<void> {
    try {
      await done;
      setText(this.live_, text);
    } catch (reason) {
      const error = RequestError.of(reason);
      replace(
        this.banners_,
        failureBanner(error.message, error, () => this.load()),
      );
    }
  }
}
