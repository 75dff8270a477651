// The plan page: asks for a plan or is given one, and shows it.
import type { ExplainResult } from "../../protocol/generated/ts/protocol.js";
import { type Bridge, type Call, RequestError, type ViewConnection } from "../shared/bridge.js";
import { connectionMark } from "../shared/connection_mark.js";
import { button, el, elide, liveRegion, setText } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { headline } from "./words.js";
import { type Choices, PlanWorkspace } from "./workspace.js";

export interface PlanState extends Partial<ViewConnection> {
  sessionId?: string;
  sql?: string;
  analyze?: boolean;
  result?: ExplainResult;
  choices?: Choices;
}

export class PlanPage {
  private call_: Call<ExplainResult> | undefined;
  private workspace_: PlanWorkspace | undefined;
  private main_ = el("main");
  private readonly ended_ = new AbortController();
  private readonly tabs_ = el("div", { class: "tab-place" });
  private readonly tools_ = el("div", { class: "tools" });
  private readonly status_ = el("span", { class: "headline" });
  private readonly live_ = liveRegion();
  private readonly busy_ = el("div", { class: "busy", role: "progressbar", hidden: true });
  private readonly analyze_ = button(
    "Analyze…",
    () => void this.confirmAnalyze(),
    {},
    icon("play"),
  );
  private readonly refresh_ = button(
    "Explain again",
    () => this.explain(false),
    { class: "quiet" },
    icon("refresh"),
  );
  private readonly copy_ = button("Copy", () => this.copy(), { class: "quiet" }, icon("copy"));
  private readonly export_ = button(
    "Export…",
    () => this.exportMenu(),
    { class: "quiet", "aria-haspopup": "menu" },
    icon("save"),
  );
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
    root.replaceChildren(
      el("div", { class: "bar" }, [this.tabs_, this.tools_]),
      this.busy_,
      this.main_,
      el("footer", {}, [this.status_, connectionMark(bridge_, state_)]),
      this.live_,
    );
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
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
    if (this.workspace_?.key(event) === true) event.preventDefault();
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
      this.message(
        el("div", { class: "empty" }, [
          el("h2", {}, ["Asking for the plan…"]),
          el("pre", { class: "asked", dir: "ltr" }, [elide(sql, 2000)]),
        ]),
      );
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
    this.keep({ result });
    this.show(result);
    setText(
      this.live_,
      `Plan shown: ${headline(result)}, ${plural(result.findings.length, "finding", "findings")}`,
    );
  }

  /** Kept after the next frame: copying a plan of ten thousand steps takes longer than drawing it. */
  private keep(change: Partial<PlanState>): void {
    this.state_ = { ...this.state_, ...change };
    const kept = this.state_;
    setTimeout(() => {
      if (this.state_ === kept && !this.ended_.signal.aborted) this.bridge_.state = kept;
    }, 50);
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
    this.workspace_ = undefined;
    this.tabs_.replaceChildren();
    this.tools_.replaceChildren(this.analyze_, this.refresh_, this.cancel_);
    this.put(el("main", {}, [content]));
  }

  private put(main: HTMLElement): void {
    this.main_.replaceWith(main);
    this.main_ = main;
  }

  private setBusy(busy: boolean): void {
    this.busy_.hidden = !busy;
    this.cancel_.hidden = !busy;
    this.analyze_.disabled = busy;
    this.refresh_.disabled = busy;
  }

  private show(result: ExplainResult): void {
    const workspace = new PlanWorkspace(result, this.state_.choices ?? {}, {
      kept: (choices) => this.keep({ choices }),
      copy: (text) => this.bridge_.action("copy", { text }),
      save: (file) => this.bridge_.action("save", file),
      say: (text) => setText(this.live_, text),
    });
    this.workspace_ = workspace;
    this.tabs_.replaceChildren(workspace.tabs);
    const { analyze_, refresh_, copy_, export_, cancel_ } = this;
    this.tools_.replaceChildren(...workspace.tools, analyze_, refresh_, copy_, export_, cancel_);
    setText(this.status_, headline(result));
    this.put(workspace.element);
  }

  private copy(): void {
    if (this.workspace_ !== undefined) this.bridge_.action("copy", { text: this.workspace_.text });
  }

  private exportMenu(): void {
    const { left, bottom } = this.export_.getBoundingClientRect();
    this.workspace_?.exportMenu(left, bottom + 2);
  }
}
