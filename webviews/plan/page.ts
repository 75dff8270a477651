// The plan page: asks for a plan or is given one, and shows it; beside it the profile of a run, when there was one.
import type {
  ExplainResult,
  Facet,
  PlanTree,
  Profile,
} from "../../protocol/generated/ts/protocol.js";
import { parts, ProfileView } from "../profile/view.js";
import { drawTotals } from "../profile/totals.js";
import type { AnswerPane } from "../shared/answer_pane.js";
import { failureBanner } from "../shared/banner.js";
import { type Bridge, type Call, RequestError } from "../shared/bridge.js";
import { connectionMark } from "../shared/connection_mark.js";
import { button, el, liveRegion, setText } from "../shared/dom.js";
import { fitTools } from "../shared/fit_tools.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { drawTabs } from "../shared/tabs.js";
import { actionsOf } from "./actions.js";
import { answerPane } from "./answer.js";
import { type Around, ComparePage } from "./compare_page.js";
import { createIndex } from "./fix.js";
import { historyOf } from "./history.js";
import { noPlan, notMeasured, waiting, withoutPlan } from "./messages.js";
import { toAnalyze, toEnable, toProfile } from "./questions.js";
import type { Asked, PlanHost, PlanState } from "./page_host.js";
import { WishPane } from "./wish.js";
import { headline } from "./words.js";
import { tryIndexes } from "./what_if.js";
import { PlanWorkspace } from "./workspace.js";

type Section = NonNullable<PlanState["part"]>;

const sections = [{ id: "plan", label: "Plan" }, ...parts] as const;

export class PlanPage implements PlanHost {
  private call_: Call<unknown> | undefined;
  private workspace_: PlanWorkspace | undefined;
  private view_: ProfileView | undefined;
  private wish_: WishPane | undefined;
  private main_ = el("main");
  private readonly answer_: AnswerPane | undefined;
  private comparing_ = false;
  private readonly ended_ = new AbortController();
  private readonly sections_ = el("div", { class: "tabs", role: "tablist", "aria-label": "Show" });
  private totals_: HTMLElement | undefined;
  private readonly profileBar_ = el("div", { class: "bar", hidden: true }, [this.sections_]);
  private readonly tabs_ = el("div", { class: "tab-place" });
  private readonly tools_ = el("div", { class: "tools" });
  private readonly bar_ = el("div", { class: "bar" });
  private readonly problem_ = el("div");
  /** They may stand above two plans meanwhile. */
  private noted_: HTMLElement[] = [];
  private readonly notes_ = el("div", { class: "outcomes", role: "status" });
  private readonly wishPlace_ = el("div", { class: "wish-place" });
  private readonly status_ = el("span", { class: "headline" });
  private readonly live_ = liveRegion();
  private readonly busy_ = el("div", { class: "busy", role: "progressbar", hidden: true });
  private readonly mark_: HTMLElement;
  private readonly fit_: () => void;
  private readonly analyze_ = button(
    "Analyze…",
    () => void this.confirmAnalyze(),
    {},
    icon("play"),
  );
  private readonly profile_ = button(
    "Profile…",
    () => void this.confirmProfile(),
    {},
    icon("clock"),
  );
  private readonly whatIf_ = button(
    "Try an index…",
    () => this.toggleWish(),
    { class: "quiet", "aria-expanded": false },
    icon("indexScan"),
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
  private readonly comparePlans_ = button(
    "Compare plans",
    () => this.compareRuns(),
    { class: "quiet" },
    icon("join"),
  );
  private readonly cancel_ = button(
    "Cancel",
    () => this.call_?.cancel(),
    { class: "danger", hidden: true },
    icon("stop"),
  );

  constructor(
    readonly bridge: Bridge,
    private state_: PlanState,
    private readonly root_: HTMLElement,
  ) {
    this.mark_ = connectionMark(bridge, state_, (known) => {
      this.keep(known);
      this.offer();
    });
    this.fit_ = fitTools(this.tools_, this.ended_.signal);
    this.answer_ = answerPane(this, (answering) => this.keep({ answering }));
    this.back();
    const options = { signal: this.ended_.signal };
    document.addEventListener("keydown", (event) => this.pageKey(event), options);
  }

  start(): void {
    this.offer();
    const { result, run } = this.state_;
    if (run !== undefined) this.drawProfile(run);
    if (result !== undefined) this.present(result);
    else if (this.state_.profile === true) void this.confirmProfile();
    else if (this.state_.analyze === true) void this.confirmAnalyze();
    else this.explain(false);
    if (run !== undefined) this.showSection(this.state_.part ?? "plan");
  }

  dispose(): void {
    this.ended_.abort();
    this.call_?.cancel();
    this.answer_?.dispose();
  }

  get state(): PlanState {
    return this.state_;
  }

  get asked(): Asked | undefined {
    const { sessionId, sql } = this.state_;
    return sessionId === undefined || sql === undefined ? undefined : { sessionId, sql };
  }

  can(facet: Facet): boolean {
    const { facets } = this.state_;
    return this.asked !== undefined && (facets === undefined || facets.includes(facet));
  }

  async agrees(message: string, detail: string, action: string): Promise<boolean> {
    return (await this.bridge.ask("confirm", { message, detail, action })) === true;
  }

  async work<R>(call: Call<R>, retry: () => void): Promise<R | undefined> {
    this.call_?.cancel();
    this.call_ = call;
    this.problem_.replaceChildren();
    this.setBusy(true);
    try {
      return await call.result;
    } catch (error) {
      const failure = RequestError.of(error);
      if (!failure.cancelled) this.problem_.append(failureBanner(failure.message, failure, retry));
      return undefined;
    } finally {
      if (this.call_ === call) {
        this.call_ = undefined;
        this.setBusy(false);
      }
    }
  }

  async measureAgain(retry: () => void): Promise<ExplainResult | undefined> {
    const { asked } = this;
    if (asked === undefined) return undefined;
    if (this.state_.ofRun !== true)
      return this.work(this.bridge.request("plan/explain", { ...asked, analyze: true }), retry);
    const run = await this.work(this.bridge.request("profile/run", asked), retry);
    if (run !== undefined) this.profiled(run);
    return run?.plan;
  }

  note(...lines: HTMLElement[]): void {
    this.noted_ = lines;
    this.notes_.replaceChildren(...lines);
  }

  back(): void {
    const footer = el("footer", {}, [this.status_, this.mark_]);
    this.comparing_ = false;
    this.notes_.replaceChildren(...this.noted_);
    this.root_.replaceChildren(
      this.profileBar_,
      this.bar_,
      this.busy_,
      this.problem_,
      this.notes_,
      this.wishPlace_,
      el("div", { class: "with-answer" }, [this.main_, this.answer_?.element]),
      footer,
      this.live_,
    );
    this.fit_();
    if (this.section !== "plan") this.view_?.shown(this.section);
  }

  async compare(before: PlanTree, after: PlanTree, around: Around): Promise<void> {
    const retry = () => void this.compare(before, after, around);
    const comparison =
      around.comparison ??
      (await this.work(this.bridge.request("plan/compare", { before, after }), retry));
    if (comparison === undefined || this.ended_.signal.aborted) return;
    this.comparing_ = true;
    const toPlan = button("Back to the plan", () => this.leave(), {}, icon("undo"));
    const plans = { before, after, comparison };
    const tools = [toPlan, ...around.tools];
    new ComparePage(this.bridge, plans, this.root_, { ...around, tools }, this.mark_);
    toPlan.focus();
  }

  explained(result: ExplainResult): void {
    this.keep({ result, ofRun: false });
    this.note();
    this.present(result);
    setText(
      this.live_,
      `Plan shown: ${headline(result)}, ${plural(result.findings.length, "finding", "findings")}`,
    );
  }

  peek(result: ExplainResult): void {
    this.present(result);
  }

  private leave(): void {
    const { result } = this.state_;
    this.back();
    this.tools_.querySelector<HTMLElement>("button:not([hidden])")?.focus();
    if (this.workspace_ === undefined && result !== undefined) this.present(result);
  }

  /** What this connection can do. */
  private offer(): void {
    const isLive = this.asked !== undefined;
    this.analyze_.hidden = !isLive;
    this.refresh_.hidden = !isLive;
    this.profile_.hidden = !this.can("profile");
    this.whatIf_.hidden = !this.can("whatIf") || this.state_.result === undefined;
  }

  private pageKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const isField = [HTMLInputElement, HTMLSelectElement, HTMLTextAreaElement].some(
      (kind) => target instanceof kind,
    );
    if (isField) return;
    if (this.comparing_) {
      if (event.key === "Escape") this.leave();
    } else if (this.section === "plan" && this.workspace_?.key(event) === true)
      event.preventDefault();
  }

  /** Analysing runs the statement, so the user is asked first. */
  private async confirmAnalyze(): Promise<void> {
    if (await this.agrees(...toAnalyze(this.state_))) this.explain(true);
    else if (this.state_.result === undefined) this.explain(false);
  }

  private async confirmProfile(enableInstruments = false): Promise<void> {
    const question = enableInstruments ? toEnable(this.state_) : toProfile(this.state_);
    if (await this.agrees(...question)) await this.measure(enableInstruments);
    else if (this.state_.result === undefined) this.explain(false);
  }

  private async measure(enableInstruments: boolean): Promise<void> {
    const { asked } = this;
    if (asked === undefined) return;
    if (this.state_.result === undefined) this.message(waiting("Measuring a run…", asked.sql));
    const params = enableInstruments ? { ...asked, enableInstruments } : asked;
    const retry = () => void this.measure(enableInstruments);
    const run = await this.work(this.bridge.request("profile/run", params), retry);
    if (run !== undefined) this.profiled(run);
    else if (this.state_.result === undefined) this.message(notMeasured(retry));
  }

  private profiled(run: Profile): void {
    const { run: former, result = run.plan } = this.state_;
    const { plan = result } = run;
    this.keep({
      run,
      ...(former && { former }),
      ...(plan && { result: plan }),
      ofRun: run.plan !== undefined,
    });
    this.note();
    this.drawProfile(run);
    if (plan !== undefined) this.present(plan);
    const { part = "timeline" } = this.state_;
    this.showSection(former === undefined || part === "plan" ? "timeline" : part);
    const missing = run.unavailable.length;
    const lacking =
      missing === 0 ? "" : `, ${plural(missing, "part", "parts")} could not be measured`;
    setText(this.live_, `Profiled: ${plural(run.stages.length, "stage", "stages")}${lacking}`);
  }

  private drawProfile(run: Profile): void {
    const { former } = this.state_;
    setText(this.profile_.querySelector(".label") ?? this.profile_, "Profile again…");
    this.profile_.title = "Profile again…";
    this.totals_ = drawTotals(run.totals, former?.totals);
    this.profileBar_.hidden = false;
    this.view_ = new ProfileView(run, former, {
      copy: (text) => this.bridge.action("copy", { text }),
      enable: this.can("profile") ? () => void this.confirmProfile(true) : undefined,
      nameOf: (id) => (this.state_.ofRun === true ? this.workspace_?.nameOf(id) : undefined),
      selectStep: (id) => this.state_.ofRun === true && this.workspace_?.choose(id),
      showStep: (id) => this.showStep(id),
      save: (suggestedName, text) => this.bridge.action("save", { suggestedName, text }),
    });
  }

  private showStep(id: number): void {
    if (this.state_.ofRun !== true || this.workspace_ === undefined) return;
    this.showSection("plan");
    this.workspace_.choose(id);
  }

  /** Two runs, each with its plan. */
  private compareRuns(): void {
    const { run, former } = this.state_;
    if (run?.plan === undefined || former?.plan === undefined) return;
    void this.compare(former.plan.tree, run.plan.tree, {
      title: "The plans of two runs",
      sides: ["The run before", "This run"],
      notes: [],
      tools: [],
    });
  }

  private get section(): Section {
    return this.view_ === undefined ? "plan" : (this.state_.part ?? "plan");
  }

  private showSection(part: Section): void {
    this.keep({ part });
    drawTabs(
      this.sections_,
      sections.map((section) => ({ ...section, title: "" })),
      part,
      (id) => this.showSection(id as Section),
    );
    this.showTools();
    if (part === "plan") {
      this.put(
        this.workspace_?.element ?? el("main", {}, [withoutPlan(() => this.explain(false))]),
      );
      this.workspace_?.redraw();
      return;
    }
    const main = this.view_?.part(part);
    if (main !== undefined) this.put(main);
    this.view_?.shown(part);
  }

  private showTools(): void {
    const { analyze_, profile_, whatIf_, refresh_, copy_, export_, comparePlans_, cancel_ } = this;
    const part = this.section;
    const plan = part === "plan" ? this.workspace_ : undefined;
    this.tabs_.replaceChildren(...(plan === undefined ? [] : [plan.tabs]));
    const isPlan = part === "plan";
    // The few tools of a run stand beside the tabs, its numbers below them.
    this.profileBar_.replaceChildren(this.sections_, ...(isPlan ? [] : [this.tools_]));
    const below = isPlan ? [this.tabs_, this.tools_] : [this.totals_ ?? ""];
    this.bar_.replaceChildren(...below);
    this.bar_.classList.toggle("numbers", !isPlan);
    const { run, former } = this.state_;
    comparePlans_.hidden = run?.plan === undefined || former?.plan === undefined;
    const ofPart =
      part === "plan"
        ? [...(plan?.tools ?? []), analyze_, profile_, whatIf_, refresh_]
        : [profile_, comparePlans_];
    const asking = this.answer_ === undefined ? [] : [this.answer_.toggle];
    const files = part === "plan" && plan === undefined ? [] : [copy_, export_];
    this.tools_.replaceChildren(...ofPart, ...asking, ...files, cancel_);
  }

  private explain(analyze: boolean): void {
    const { asked } = this;
    if (asked === undefined) return;
    this.call_?.cancel();
    const call = this.bridge.request("plan/explain", { ...asked, analyze });
    this.call_ = call;
    this.problem_.replaceChildren();
    this.setBusy(true);
    if (this.state_.result === undefined) this.message(waiting("Asking for the plan…", asked.sql));
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

  /** Kept after the next frame: copying a plan of ten thousand steps takes longer than drawing it. */
  private keep(change: Partial<PlanState>): void {
    this.state_ = { ...this.state_, ...change };
    const kept = this.state_;
    setTimeout(() => {
      if (this.state_ === kept && !this.ended_.signal.aborted) this.bridge.state = kept;
    }, 50);
  }

  private failed(error: RequestError, analyze: boolean): void {
    if (error.cancelled && this.state_.result !== undefined) return;
    this.message(noPlan(error, () => this.explain(analyze)));
  }

  private message(content: HTMLElement): void {
    this.workspace_ = undefined;
    this.showTools();
    if (this.section === "plan") this.put(el("main", {}, [content]));
  }

  private put(main: HTMLElement): void {
    if (main === this.main_) return;
    this.main_.replaceWith(main);
    this.main_ = main;
  }

  private setBusy(busy: boolean): void {
    this.busy_.hidden = !busy;
    this.cancel_.hidden = !busy;
    for (const tool of [this.analyze_, this.profile_, this.refresh_]) tool.disabled = busy;
  }

  private present(result: ExplainResult): void {
    const { earlier = [] } = result.tree;
    this.workspace_ = new PlanWorkspace(result, this.state_.choices ?? {}, {
      kept: (choices) => this.keep({ choices }),
      copy: (text) => this.bridge.action("copy", { text }),
      save: (file) => this.bridge.action("save", file),
      say: (text) => setText(this.live_, text),
      actions: actionsOf(this, earlier),
      history: historyOf(this),
    });
    setText(this.status_, headline(result));
    this.offer();
    this.showTools();
    if (this.section === "plan") this.put(this.workspace_.element);
  }

  /** The field for indexes of the user's own, below the bar. */
  private toggleWish(): void {
    const isShown = this.wish_ === undefined;
    this.wish_ = isShown ? this.makeWish() : undefined;
    this.wishPlace_.replaceChildren(...(this.wish_ === undefined ? [] : [this.wish_.element]));
    this.whatIf_.setAttribute("aria-expanded", String(isShown));
    if (this.wish_ === undefined) this.whatIf_.focus();
    else this.wish_.focus();
  }

  private makeWish(): WishPane {
    return new WishPane(this.state_.wish ?? "", {
      kept: (wish) => this.keep({ wish }),
      closed: () => this.toggleWish(),
      tried: (indexes) => void tryIndexes(this, indexes, (sql) => this.createWish(sql)),
    });
  }

  /** The wish is fulfilled: its field makes room for the proof. */
  private createWish(sql: string): void {
    if (this.wish_ !== undefined) this.toggleWish();
    void createIndex(this, { sql, tradeOff: "" });
  }

  private copy(): void {
    const part = this.section;
    const text = part === "plan" ? this.workspace_?.text : this.view_?.text(part);
    if (text !== undefined) this.bridge.action("copy", { text });
  }

  private exportMenu(): void {
    const { left, bottom } = this.export_.getBoundingClientRect();
    const part = this.section;
    if (part === "plan") this.workspace_?.exportMenu(left, bottom + 2);
    else this.view_?.exportMenu(part, left, bottom + 2);
  }
}
