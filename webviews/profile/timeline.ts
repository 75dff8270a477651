// The waterfall of a run: a line a stage, its bar where it lay in time, and below what the run waited for. The wheel
// with Ctrl, a drag, the keys + and − and a double click change what part of the run is in view; bars follow through
// three properties of the style, so that nothing is drawn anew.
import { select } from "d3-selection";
import { zoom, type ZoomBehavior, zoomIdentity, zoomTransform } from "d3-zoom";
import type { Profile, ProfileStage } from "../../protocol/generated/ts/protocol.js";
import { el, foreign, iconButton } from "../shared/dom.js";
import { duration } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { RowsView } from "../plan/rows_view.js";
import {
  formerWords,
  kindWords,
  longest,
  matchStages,
  sharedPrefix,
  type Span,
  stageLabel,
  stageOf,
  type StageRow,
  stageTime,
  ticks,
  wholeOf,
} from "./timeline_layout.js";

const rowHeight = 26;
/** Pixels between marks of the axis, at least. */
const tickRoom = 90;
const mostZoom = 5000;
/** Deeper than this the names would leave their column. */
const deepest = 14;

export interface TimelineEvents {
  selected(row: StageRow): void;
  /** The plan's step of a selected stage, on Enter. */
  open(stage: ProfileStage): void;
}

export class Timeline {
  readonly element: HTMLElement;
  private readonly lines_: readonly StageRow[];
  private readonly whole_: number;
  private readonly compared_: boolean;
  private readonly axis_ = el("div", { class: "axis", "aria-hidden": "true" });
  private readonly head_: HTMLElement;
  private readonly rows_: RowsView;
  private readonly zoom_: ZoomBehavior<HTMLElement, unknown>;
  /** Of all names; the whole one is in the label. */
  private readonly prefix_: string;
  private selected_: number;
  private track_ = { left: 0, width: 0 };

  constructor(
    private readonly profile_: Profile,
    former: Profile | undefined,
    private readonly events_: TimelineEvents,
  ) {
    this.lines_ = matchStages(profile_.stages, former?.stages);
    this.selected_ = longest(this.lines_);
    this.prefix_ = sharedPrefix(this.lines_.map((row) => stageOf(row).name));
    this.compared_ = former !== undefined;
    this.whole_ = wholeOf(former === undefined ? [profile_] : [profile_, former]);
    this.head_ = el("div", { class: "stage-line timeline-head", role: "presentation" }, [
      el("span", {}, ["Stage"]),
      el("span", { class: "kind" }, [el("span", { class: "kind-word" }, ["Kind"])]),
      this.axis_,
      el("span", { class: "time" }, [this.compared_ ? "Time · before" : "Time"]),
    ]);
    const draw = (row: number) => this.draw(row);
    this.rows_ = new RowsView(
      { rowHeight, count: () => this.lines_.length, draw },
      `timeline${this.compared_ ? " compared" : ""}`,
      this.head_,
    );
    const scroller = this.rows_.element;
    scroller.setAttribute("role", "listbox");
    scroller.setAttribute("aria-label", "Stages of the run");
    scroller.addEventListener("keydown", (event) => this.key(event));
    this.zoom_ = zoom<HTMLElement, unknown>()
      .filter((event: MouseEvent) => (event.type === "wheel" ? event.ctrlKey : event.button === 0))
      .on("zoom", () => this.drawAxis(this.span()));
    select(scroller).call(this.zoom_).on("dblclick.zoom", null);
    new ResizeObserver(() => this.measure()).observe(scroller);
    this.element = el("div", { class: "timeline-view" }, [this.tools(), scroller]);
  }

  /** Once it is in the page. */
  shown(): void {
    this.rows_.redraw();
    this.rows_.reveal(this.selected_);
    this.measure();
  }

  get selected(): StageRow | undefined {
    return this.lines_[this.selected_];
  }

  private tools(): HTMLElement {
    const kinds = [...new Set(this.lines_.map((row) => stageOf(row).kind))];
    return el("div", { class: "section-tools" }, [
      ...kinds.map((kind) =>
        el("span", { class: "kind-key" }, [el("i", { class: `kind-${kind}` }), kindWords[kind]]),
      ),
      this.compared_ &&
        el("span", { class: "kind-key" }, [el("i", { class: "former" }), "the run before"]),
      el("span", { class: "zoom-tools" }, [
        iconButton("Zoom in (+)", icon("plus"), () => this.scale(2)),
        iconButton("Zoom out (−)", icon("minus"), () => this.scale(0.5)),
        iconButton("Whole run (0)", icon("fit"), () => this.show({ from: 0, to: this.whole_ })),
      ]),
    ]);
  }

  private draw(at: number): HTMLElement {
    const row = this.lines_[at] as StageRow;
    const stage = stageOf(row);
    const label = stageLabel(row, this.profile_.totals.totalMs, this.compared_);
    const name = el("span", { class: "stage-name" }, [
      foreign(stage.name.slice(this.prefix_.length)),
    ]);
    name.style.paddingInlineStart = `${Math.min(Math.max(0, stage.level), deepest) * 12}px`;
    const isSelected = at === this.selected_;
    return el(
      "div",
      {
        class: `stage-line${isSelected ? " selected" : ""}${row.now === undefined ? " gone" : ""}`,
        role: "option",
        tabindex: isSelected ? 0 : -1,
        title: label,
        "aria-selected": isSelected,
        "aria-label": label,
        "aria-posinset": at + 1,
        "aria-setsize": this.lines_.length,
        "data-stage": at,
      },
      [
        name,
        el("span", { class: "kind" }, [
          el("i", { class: `kind-${stage.kind}` }),
          el("span", { class: "kind-word" }, [kindWords[stage.kind]]),
        ]),
        el("span", { class: "track" }, [
          row.now && this.bar(row.now, `kind-${stage.kind}`),
          row.was && this.bar(row.was, "former"),
        ]),
        el("span", { class: "time" }, [
          row.now === undefined ? "–" : stageTime(stage),
          this.compared_ && el("span", { class: "dim" }, [` ${formerWords(row, true)}`]),
        ]),
      ],
      { click: () => this.select(at, true), dblclick: () => this.fill(stage) },
    );
  }

  private bar({ startMs, durationMs, approximate }: ProfileStage, className: string): HTMLElement {
    const bar = el("i", { class: `bar-of ${className}${approximate === true ? " about" : ""}` });
    bar.style.setProperty("--start", String(startMs));
    bar.style.setProperty("--length", String(Math.max(0, durationMs)));
    return bar;
  }

  private select(at: number, focus: boolean): void {
    const next = Math.max(0, Math.min(this.lines_.length - 1, at));
    const mark = (row: number, isSelected: boolean) => {
      const line = this.rows_.row(row);
      line?.classList.toggle("selected", isSelected);
      line?.setAttribute("aria-selected", String(isSelected));
      if (line !== undefined) line.tabIndex = isSelected ? 0 : -1;
    };
    mark(this.selected_, false);
    this.selected_ = next;
    this.rows_.reveal(next);
    mark(next, true);
    if (focus) this.rows_.row(next)?.focus({ preventScroll: true });
    const row = this.selected;
    if (row !== undefined) this.events_.selected(row);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.selected_;
    const page = Math.max(1, Math.floor(this.rows_.element.clientHeight / rowHeight) - 3);
    const keys: Record<string, () => void> = {
      ArrowDown: () => this.select(at + 1, true),
      ArrowUp: () => this.select(at - 1, true),
      PageDown: () => this.select(at + page, true),
      PageUp: () => this.select(at - page, true),
      Home: () => this.select(0, true),
      End: () => this.select(this.lines_.length - 1, true),
      ArrowLeft: () => this.pan(0.2),
      ArrowRight: () => this.pan(-0.2),
      "+": () => this.scale(2),
      "=": () => this.scale(2),
      "-": () => this.scale(0.5),
      "0": () => this.show({ from: 0, to: this.whole_ }),
      Enter: () => this.events_.open(stageOf(this.lines_[at] as StageRow)),
      " ": () => this.fill(stageOf(this.lines_[at] as StageRow)),
      Escape: () => this.show({ from: 0, to: this.whole_ }),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    act();
    event.preventDefault();
  }

  /** Where the tracks lie; bars are told in parts of them, and what d3-zoom moves is them. */
  private measure(): void {
    const { offsetLeft: left, offsetWidth: width } = this.axis_;
    if (width === 0) return;
    this.track_ = { left, width };
    const box: [[number, number], [number, number]] = [
      [left, 0],
      [left + width, 1],
    ];
    this.zoom_.extent(box).translateExtent(box).scaleExtent([1, mostZoom]);
    this.drawAxis(this.span());
  }

  private span(): Span {
    const { left, width } = this.track_;
    const place = zoomTransform(this.rows_.element);
    const at = (x: number) => ((place.invertX(x) - left) / width) * this.whole_;
    return { from: Math.max(0, at(left)), to: Math.min(this.whole_, at(left + width)) };
  }

  private drawAxis(span: Span): void {
    const { style } = this.rows_.element;
    const length = Math.max(span.to - span.from, 1e-9);
    style.setProperty("--from", String(span.from));
    style.setProperty("--span", String(length));
    const marks = ticks(span, Math.max(1, Math.floor(this.track_.width / tickRoom)));
    const step = marks.length > 1 ? (marks[1] as number) - (marks[0] as number) : length;
    const pixels = this.track_.width / length;
    style.setProperty("--tick", `${step * pixels}px`);
    style.setProperty("--tick-at", `${((marks[0] ?? 0) - span.from) * pixels}px`);
    this.axis_.replaceChildren(
      ...marks.map((value) => {
        const mark = el("span", { class: "tick" }, [value === 0 ? "0" : duration(value)]);
        mark.style.insetInlineStart = `${(value - span.from) * pixels}px`;
        if ((value - span.from) * pixels > this.track_.width - 50) mark.classList.add("last");
        return mark;
      }),
    );
  }

  /** The width is a stage, with a little of what is around it. */
  private fill({ startMs, durationMs }: ProfileStage): void {
    const margin = Math.max(durationMs * 0.05, this.whole_ / mostZoom / 2);
    this.show({ from: startMs - margin, to: startMs + durationMs + margin });
  }

  private show({ from, to }: Span): void {
    const { left, width } = this.track_;
    if (width === 0) return;
    const k = Math.min(mostZoom, Math.max(1, this.whole_ / Math.max(to - from, 1e-9)));
    const x = left - (left + (Math.max(0, from) / this.whole_) * width) * k;
    const place = zoomIdentity.translate(x, 0).scale(k);
    select(this.rows_.element).call((s) => this.zoom_.transform(s, place));
  }

  private scale(factor: number): void {
    select(this.rows_.element).call((s) => this.zoom_.scaleBy(s, factor));
  }

  /** By a part of what is in view. */
  private pan(part: number): void {
    const { from, to } = this.span();
    const by = (part * (to - from) * this.track_.width) / this.whole_;
    select(this.rows_.element).call((s) => this.zoom_.translateBy(s, by, 0));
  }
}
