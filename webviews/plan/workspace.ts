// A plan that has come: its ways to look at it, all with one selection, search, heat and folding; the statement
// below, and beside them the findings, the step and the plan.
import type { ExplainResult } from "../../protocol/generated/ts/protocol.js";
import { button, el } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { openMenu } from "../shared/menu.js";
import { drawTabs } from "../shared/tabs.js";
import { themeColours } from "./colours.js";
import { drawPlanFacts, drawStep } from "./details.js";
import { drawFindings, type FindingEvents } from "../shared/findings.js";
import { harmless, type MetricId } from "./heat.js";
import type { HistoryEvents } from "./history.js";
import { IcicleMode } from "./icicle.js";
import { layoutTree } from "./layout.js";
import { drawLegend, heatChoice } from "./legend.js";
import { type PlanEvents, type PlanMode, PlanModel } from "./model.js";
import { afterFrame } from "./overview.js";
import { drawPicture, paintPng, toSvg } from "./picture.js";
import { SearchBox } from "./search.js";
import { SqlPane } from "./sql_pane.js";
import { TableMode } from "./table.js";
import { serverText, TextMode, treeText } from "./text.js";
import { TreeMode } from "./tree.js";
import { objectText } from "./words.js";

export type ModeId = "tree" | "icicle" | "table" | "text" | "source";

/** In the order of their keys, 1 to 5. */
export const modes: readonly { id: ModeId; label: string }[] = [
  { id: "tree", label: "Tree" },
  { id: "icicle", label: "Icicle" },
  { id: "table", label: "Table" },
  { id: "text", label: "Text" },
  { id: "source", label: "Source" },
];

/** What the user chose, kept while the panel lives. */
export interface Choices {
  mode?: ModeId;
  metric?: MetricId;
  widthBy?: MetricId;
  sqlShown?: boolean;
}

export interface WorkspaceHost {
  kept(choices: Choices): void;
  copy(text: string): void;
  save(
    file: { suggestedName: string; text: string } | { suggestedName: string; base64: string },
  ): void;
  say(text: string): void;
  actions: FindingEvents["actions"];
  /** Undefined for a saved plan. */
  history: HistoryEvents | undefined;
}

export class PlanWorkspace {
  readonly tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Plan as" });
  readonly tools: HTMLElement[];
  readonly element: HTMLElement;
  private readonly model_: PlanModel;
  private readonly modes_ = new Map<ModeId, PlanMode>();
  private readonly stage_ = el("div", { class: "stage", role: "tabpanel" });
  private readonly legend_ = el("div", { class: "legend-line" });
  private readonly step_ = el("div");
  private readonly sql_: SqlPane;
  private readonly search_: SearchBox;
  private readonly sqlButton_: HTMLButtonElement;
  private readonly events_: PlanEvents = {
    select: (id, focus) => this.select(id, focus),
    toggle: (id) => this.toggle(id),
    search: () => this.search_.focus(),
  };

  constructor(
    private readonly result_: ExplainResult,
    private choices_: Choices,
    private readonly host_: WorkspaceHost,
  ) {
    const { tree, findings } = result_;
    this.model_ = new PlanModel(tree, findings, choices_.metric);
    this.sql_ = new SqlPane(this.model_, this.events_);
    this.search_ = new SearchBox(
      this.model_,
      (id) => this.found(id),
      () => this.leaveSearch(),
    );
    this.sqlButton_ = button(
      "Statement",
      () => this.toggleSql(),
      { class: "quiet" },
      icon("panel"),
    );
    this.sqlButton_.hidden = tree.sql === "";
    const fold = button(
      "Fold…",
      () => this.foldMenu(),
      { "aria-haspopup": "menu" },
      icon("collapse"),
    );
    fold.hidden = this.model_.metrics.length === 0;
    this.tools = [
      this.search_.element,
      heatChoice(this.model_, (id) => this.chooseMetric(id)),
      fold,
      this.sqlButton_,
    ];
    const centre = el("div", { class: "body" }, [this.stage_, this.legend_, this.sql_.element]);
    const side = el("aside", { "aria-label": "Findings, step and plan" });
    this.element = el("main", {}, [centre, side]);
    // The steps are seen first; what is said about them follows a frame later.
    afterFrame(() => {
      side.replaceChildren(...this.drawSide());
      this.drawLegend();
    });
    this.showSql();
    this.showMode(choices_.mode ?? "tree", false);
    this.sql_.update();
  }

  /** A key of the page that no control took. */
  key(event: KeyboardEvent): boolean {
    const mode = modes[Number(event.key) - 1];
    if (event.key === "/") this.search_.focus();
    else if (mode !== undefined) this.showMode(mode.id, true);
    else return false;
    return true;
  }

  /** What the shown way says, as text. */
  get text(): string {
    return this.mode === "source" ? serverText(this.model_).text : this.result_.text;
  }

  exportMenu(x: number, y: number): void {
    const { tree } = this.result_;
    const save = (suggestedName: string, text: string) => this.host_.save({ suggestedName, text });
    const picture = () =>
      drawPicture(
        layoutTree(this.model_.tree.root, this.model_.collapsed),
        this.model_,
        themeColours(),
      );
    const rawName = tree.format === "json" ? "query.plan.json" : "query.plan.txt";
    openMenu(
      [
        { label: "Picture (SVG)…", run: () => save("plan.svg", toSvg(picture())) },
        {
          label: "Picture (PNG)…",
          run: () => this.host_.save({ suggestedName: "plan.png", base64: paintPng(picture()) }),
        },
        { label: "Text…", run: () => save("plan.txt", this.result_.text) },
        { label: "The server's answer…", run: () => save(rawName, tree.raw) },
        {
          label: "Everything (JSON)…",
          run: () => save("explain.json", JSON.stringify(this.result_, null, 2)),
        },
      ],
      x,
      y,
    );
  }

  private get mode(): ModeId {
    return this.choices_.mode ?? "tree";
  }

  private keep(choices: Choices): void {
    this.choices_ = { ...this.choices_, ...choices };
    this.host_.kept(this.choices_);
  }

  private drawSide(): HTMLElement[] {
    const { findings, tree } = this.result_;
    const section = (title: string, content: HTMLElement) =>
      el("details", { class: "side-part", "data-part": title }, [
        el("summary", {}, [el("h2", {}, [title])]),
        content,
      ]);
    const title =
      findings.length === 0 ? "Findings" : plural(findings.length, "finding", "findings");
    const list = drawFindings(findings, {
      steps: {
        choose: (id) => this.select(id, true),
        nameOf: (id) => this.nameOf(id) ?? "",
      },
      copy: (text) => this.host_.copy(text),
      actions: this.host_.actions,
    });
    const parts = [
      section(title, list),
      section("Step", this.step_),
      section("Plan", drawPlanFacts(tree, this.host_.history)),
    ];
    for (const part of parts.slice(0, 2)) part.setAttribute("open", "");
    this.step_.replaceChildren(drawStep(this.model_));
    return parts;
  }

  /** Undefined when the plan has no such step. */
  nameOf(id: number): string | undefined {
    const node = this.model_.step(id)?.node;
    return node === undefined ? undefined : `${node.operation} ${objectText(node)}`.trim();
  }

  /** Selects a step from outside, where one is. */
  choose(id: number): void {
    if (this.model_.step(id) !== undefined) this.select(id, false);
  }

  /** After it came back into the page. */
  redraw(): void {
    this.current().update(false);
  }

  private select(id: number, focus: boolean): void {
    this.model_.select(id);
    this.current().update(focus);
    this.selected();
  }

  private selected(): void {
    this.step_.replaceChildren(drawStep(this.model_));
    this.sql_.update();
  }

  private toggle(id: number): void {
    this.model_.toggle(id);
    this.current().update(true);
    this.selected();
  }

  private found(id: number): void {
    this.select(id, false);
    this.host_.say(`${this.search_.count}: ${this.nameOf(id) ?? ""}`);
  }

  private leaveSearch(): void {
    this.current().update(true);
  }

  private chooseMetric(id: MetricId): void {
    this.model_.chooseMetric(id);
    this.keep({ metric: id });
    this.current().update(false);
    this.drawLegend();
    this.selected();
  }

  private foldMenu(): void {
    const fold = (part: number) => () => {
      const { nodes, metric, marked } = this.model_;
      const ids = harmless(nodes, metric, part, marked);
      this.collapse(new Set(ids));
      const hidden = ids.reduce((sum, id) => sum + (this.model_.step(id)?.below ?? 0), 0);
      this.host_.say(`${plural(hidden, "step", "steps")} folded away`);
    };
    const of = this.model_.metric.label.toLowerCase();
    const entries =
      this.model_.metric.id === "estimate"
        ? [{ label: "Fold what was estimated well", run: fold(0) }]
        : [1, 5, 10].map((percent) => ({
            label: `Fold what is under ${percent} % of ${of}`,
            run: fold(percent / 100),
          }));
    const { left, bottom } = (this.tools[2] as HTMLElement).getBoundingClientRect();
    openMenu(
      [...entries, { label: "Show every step", run: () => this.collapse(new Set()) }],
      left,
      bottom + 2,
    );
  }

  private collapse(ids: ReadonlySet<number>): void {
    this.model_.collapse(ids);
    this.current().update(false);
    this.selected();
  }

  private toggleSql(): void {
    this.keep({ sqlShown: this.sql_.element.hidden });
    this.showSql();
  }

  private showSql(): void {
    const { sql } = this.result_.tree;
    // A short window has no room for it unless it was asked for.
    const shown = sql !== "" && (this.choices_.sqlShown ?? window.innerHeight >= 520);
    this.sql_.element.hidden = !shown;
    this.sqlButton_.setAttribute("aria-pressed", String(shown));
  }

  private current(): PlanMode {
    const id = this.mode;
    let made = this.modes_.get(id);
    if (made === undefined) this.modes_.set(id, (made = this.make(id)));
    return made;
  }

  private make(id: ModeId): PlanMode {
    const [model, events] = [this.model_, this.events_];
    if (id === "tree") return new TreeMode(model, events);
    if (id === "table") return new TableMode(model, events);
    if (id === "text") return new TextMode(model, treeText(this.result_.text, model), events);
    if (id === "source") return new TextMode(model, serverText(model), events);
    const widthBy = this.choices_.widthBy ?? (this.result_.tree.analyzed ? "time" : "cost");
    return new IcicleMode(model, events, widthBy, (chosen) => this.keep({ widthBy: chosen }));
  }

  private showMode(id: ModeId, focus: boolean): void {
    if (this.choices_.mode !== id) this.keep({ mode: id });
    this.drawTabs();
    const mode = this.current();
    this.stage_.replaceChildren(mode.element);
    mode.update(focus);
    const hasHeat = id !== "text" && id !== "source";
    this.legend_.hidden = !hasHeat || this.model_.metrics.length === 0;
  }

  private drawLegend(): void {
    this.legend_.replaceChildren(drawLegend(this.model_));
  }

  private drawTabs(): void {
    const tabs = modes.map(({ id, label }, i) => ({ id, label, title: `${label} (${i + 1})` }));
    drawTabs(this.tabs, tabs, this.mode, (id) => this.showMode(id as ModeId, false));
  }
}
