// The plan page: asks for a plan or is given one, and shows it as tree, table, text and raw answer.
import type { ExplainResult, PlanNode } from "../../protocol/generated/ts/protocol.js";
import { type Bridge, type Call, RequestError, type ViewConnection } from "../shared/bridge.js";
import { connectionMark } from "../shared/connection_mark.js";
import { button, el, elide, foreign, liveRegion, setText } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { PlanTreeView } from "./draw.js";
import { headline, nodeFacts, type NodeFacts, rawText, searchNodes } from "./layout.js";
import { drawDetails, drawFindings } from "./side.js";
import { drawTable } from "./table.js";

export interface PlanState extends Partial<ViewConnection> {
  sessionId?: string;
  sql?: string;
  analyze?: boolean;
  result?: ExplainResult;
}

type Tab = "tree" | "table" | "text" | "raw";
const tabs: readonly { id: Tab; label: string }[] = [
  { id: "tree", label: "Tree" },
  { id: "table", label: "Table" },
  { id: "text", label: "Text" },
  { id: "raw", label: "Raw" },
];

export class PlanPage {
  private tab_: Tab = "tree";
  private call_: Call<ExplainResult> | undefined;
  private tree_: PlanTreeView | undefined;
  private facts_ = new Map<number, NodeFacts>();
  private found_: number[] = [];
  private foundAt_ = -1;
  private readonly ended_ = new AbortController();
  private readonly body_ = el("div", { class: "body" });
  private readonly side_ = el("aside", { "aria-label": "Findings and step" });
  private readonly details_ = el("div");
  private readonly status_ = el("span");
  private readonly live_ = liveRegion();
  private readonly busy_ = el("div", { class: "busy", role: "progressbar", hidden: true });
  private readonly tabList_ = el("div", {
    class: "tabs",
    role: "tablist",
    "aria-label": "Plan as",
  });
  private readonly search_ = el("input", {
    type: "search",
    placeholder: "Search steps  /",
    "aria-label": "Search steps",
    spellcheck: "false",
  });
  private readonly searchCount_ = el("span", { class: "dim search-count" });
  private readonly analyze_ = button(
    "Analyze…",
    () => void this.confirmAnalyze(),
    {},
    icon("play"),
  );
  private readonly refresh_ = button(
    "Explain again",
    () => this.explain(false),
    {},
    icon("refresh"),
  );
  private readonly copy_ = button("Copy", () => this.copy(), {}, icon("copy"));
  private readonly save_ = button("Save…", () => this.save(), {}, icon("save"));
  private readonly cancel_ = button(
    "Cancel",
    () => this.call_?.cancel(),
    { class: "danger", hidden: true },
    icon("stop"),
  );

  constructor(
    private readonly bridge_: Bridge,
    private state_: PlanState,
    root: HTMLElement,
  ) {
    const search = el("span", { class: "search" }, [this.search_, this.searchCount_]);
    const tools = [search, this.analyze_, this.refresh_, this.copy_, this.save_, this.cancel_];
    root.replaceChildren(
      el("div", { class: "bar" }, [this.tabList_, el("div", { class: "tools" }, tools)]),
      this.busy_,
      el("main", {}, [this.body_, this.side_]),
      el("footer", {}, [this.status_, connectionMark(bridge_, state_)]),
      this.live_,
    );
    this.search_.addEventListener("input", () => this.search());
    this.search_.addEventListener("keydown", (event) => this.searchKey(event));
    const options = { signal: this.ended_.signal };
    document.addEventListener("keydown", (event) => this.pageKey(event), options);
  }

  start(): void {
    const canAsk = this.state_.sessionId !== undefined && this.state_.sql !== undefined;
    this.analyze_.hidden = !canAsk;
    this.refresh_.hidden = !canAsk;
    if (this.state_.result !== undefined) this.show(this.state_.result);
    else if (this.state_.analyze === true) void this.confirmAnalyze();
    else this.explain(false);
  }

  dispose(): void {
    this.ended_.abort();
    this.call_?.cancel();
  }

  private pageKey(event: KeyboardEvent): void {
    if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    this.search_.focus();
  }

  /** Analysing runs the statement, so the user is asked first. */
  private async confirmAnalyze(): Promise<void> {
    const confirmed = await this.bridge_.ask("confirm", {
      message: "Run the statement to measure its plan?",
      detail: `It is executed on ${this.state_.connectionName ?? "the server"}; changes to data are rolled back or refused. A slow statement stays slow.\n\n${elide(this.state_.sql ?? "", 600)}`,
      action: "Analyze",
    });
    if (confirmed === true) this.explain(true);
    else if (this.state_.result === undefined) this.explain(false);
  }

  private explain(analyze: boolean): void {
    const { sessionId, sql } = this.state_;
    if (sessionId === undefined || sql === undefined) return;
    this.call_?.cancel();
    const call = this.bridge_.request("plan/explain", { sessionId, sql, analyze });
    this.call_ = call;
    this.setBusy(true);
    if (this.state_.result === undefined)
      this.message(el("div", { class: "empty" }, ["Asking for the plan…"]));
    call.result
      .then(
        (result) => this.explained(result),
        (error: unknown) => this.failed(RequestError.of(error), analyze),
      )
      .finally(() => {
        if (this.call_ !== call) return;
        this.call_ = undefined;
        this.setBusy(false);
      });
  }

  private explained(result: ExplainResult): void {
    this.state_ = { ...this.state_, result };
    this.bridge_.state = this.state_;
    this.show(result);
    setText(
      this.live_,
      `Plan shown: ${headline(result)}, ${plural(result.findings.length, "finding", "findings")}`,
    );
  }

  private failed(error: RequestError, analyze: boolean): void {
    if (error.cancelled && this.state_.result !== undefined) return;
    const { hint, engineCode } = error.data ?? {};
    this.message(
      el("div", { class: "empty", role: "alert" }, [
        el("p", { class: "severity-critical" }, [
          icon("critical"),
          " ",
          error.cancelled ? "Cancelled" : "There is no plan",
        ]),
        el("p", { dir: "auto" }, [elide(error.message, 4000)]),
        engineCode !== undefined && el("p", { class: "dim" }, [`Code ${engineCode}`]),
        hint !== undefined && el("p", { dir: "auto" }, [hint]),
        button("Try again", () => this.explain(analyze), {}, icon("refresh")),
      ]),
    );
  }

  private message(content: HTMLElement): void {
    this.side_.hidden = true;
    for (const tool of [this.search_, this.copy_, this.save_]) tool.hidden = true;
    this.tabList_.replaceChildren();
    this.body_.replaceChildren(content);
  }

  private setBusy(busy: boolean): void {
    this.busy_.hidden = !busy;
    this.cancel_.hidden = !busy;
    this.analyze_.disabled = busy;
    this.refresh_.disabled = busy;
  }

  private show(result: ExplainResult): void {
    this.facts_ = nodeFacts(result);
    this.tree_ = new PlanTreeView(result, {
      select: (node) => this.select(node),
      search: () => this.search_.focus(),
    });
    const choose = (id: number) => this.choose(id);
    this.side_.hidden = false;
    for (const tool of [this.search_, this.copy_, this.save_]) tool.hidden = false;
    this.side_.replaceChildren(drawFindings(result.findings, choose), this.details_);
    this.select(result.tree.root);
    const { warnings } = result.tree;
    if (warnings.length > 0) this.side_.append(this.warnings(warnings));
    setText(this.status_, headline(result));
    this.showTab(this.tab_);
  }

  private warnings(warnings: readonly string[]): HTMLElement {
    return el("section", {}, [
      el("h2", {}, [icon("info"), " Not understood"]),
      ...warnings.slice(0, 20).map((warning) => el("p", { class: "dim" }, [foreign(warning)])),
    ]);
  }

  private select(node: PlanNode): void {
    const facts = this.facts_.get(node.id);
    if (facts !== undefined) this.details_.replaceChildren(drawDetails(node, facts));
  }

  private choose(id: number): void {
    if (this.tab_ !== "tree") this.showTab("tree");
    this.tree_?.show(id, true);
  }

  private showTab(tab: Tab): void {
    const result = this.state_.result;
    if (result === undefined) return;
    this.tab_ = tab;
    this.drawTabs();
    if (tab === "tree" && this.tree_ !== undefined) this.body_.replaceChildren(this.tree_.element);
    else if (tab === "table")
      this.body_.replaceChildren(drawTable(result, (id) => this.choose(id)));
    else
      this.body_.replaceChildren(
        el("pre", { class: "plan-text", tabindex: 0, dir: "ltr" }, [this.text(result)]),
      );
  }

  private drawTabs(): void {
    const hadFocus = this.tabList_.contains(document.activeElement);
    const draw = ({ id, label }: (typeof tabs)[number]) =>
      el(
        "button",
        {
          class: "tab",
          type: "button",
          role: "tab",
          "aria-selected": id === this.tab_,
          tabindex: id === this.tab_ ? 0 : -1,
          "data-tab": id,
        },
        [label],
        {
          click: () => this.showTab(id),
          keydown: (event) => this.tabKey(event),
        },
      );
    this.tabList_.replaceChildren(...tabs.map(draw));
    if (hadFocus) this.tabList_.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  private tabKey(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex((tab) => tab.id === this.tab_);
    this.showTab((tabs[(at + step + tabs.length) % tabs.length] as (typeof tabs)[number]).id);
    event.preventDefault();
  }

  private text(result: ExplainResult): string {
    return this.tab_ === "raw" ? rawText(result.tree) : result.text;
  }

  private copy(): void {
    const result = this.state_.result;
    if (result !== undefined) this.bridge_.action("copy", { text: this.text(result) });
  }

  private save(): void {
    const result = this.state_.result;
    if (result === undefined) return;
    const isJson = this.tab_ === "raw" && result.tree.format === "json";
    this.bridge_.action("save", {
      suggestedName: isJson ? "plan.json" : "plan.txt",
      text: this.text(result),
    });
  }

  private search(): void {
    const root = this.state_.result?.tree.root;
    if (root === undefined) return;
    this.found_ = searchNodes(root, this.search_.value);
    this.foundAt_ = -1;
    this.tree_?.setFound(this.found_);
    const asked = this.search_.value.trim() !== "";
    setText(this.searchCount_, asked ? plural(this.found_.length, "step", "steps") : "");
    if (this.found_.length > 0) this.nextFound(1);
  }

  private nextFound(step: number): void {
    const count = this.found_.length;
    if (count === 0) return;
    this.foundAt_ = (this.foundAt_ + step + count) % count;
    this.tree_?.show(this.found_[this.foundAt_] as number, false);
    setText(this.searchCount_, `${this.foundAt_ + 1} of ${count}`);
  }

  private searchKey(event: KeyboardEvent): void {
    if (event.key === "Enter") this.nextFound(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      this.search_.value = "";
      this.search();
      const id = this.tree_?.selected;
      if (id !== undefined) this.choose(id);
    } else return;
    event.preventDefault();
  }
}
