// A profile beside the plan: its timeline, the optimizer's trace and the counters, each with what is missing of it.
// The run before it, when there was one, is drawn into all of them.
import type { Profile } from "../../protocol/generated/ts/protocol.js";
import { factList } from "../shared/details.js";
import { button, el, foreign } from "../shared/dom.js";
import { duration, percent } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { openMenu } from "../shared/menu.js";
import { MetricsView } from "./metrics.js";
import { drawMissing, type MissingEvents } from "./missing.js";
import { Timeline } from "./timeline.js";
import {
  formerWords,
  kindWords,
  stageOf,
  type StageRow,
  stageTime,
  timelineText,
} from "./timeline_layout.js";
import { drawTrace, traceText } from "./trace.js";
import { drawWaits } from "./waits.js";

export type PartId = "timeline" | "trace" | "metrics";

export const parts: readonly { id: PartId; label: string }[] = [
  { id: "timeline", label: "Timeline" },
  { id: "trace", label: "Trace" },
  { id: "metrics", label: "Metrics" },
];

export interface ProfileEvents extends MissingEvents {
  /** The plan's step of a stage: its name, or undefined when the shown plan has none. */
  nameOf(nodeId: number): string | undefined;
  selectStep(nodeId: number): void;
  /** Goes to the plan with that step selected. */
  showStep(nodeId: number): void;
  save(suggestedName: string, text: string): void;
}

export class ProfileView {
  private readonly made_ = new Map<PartId, HTMLElement>();
  private readonly details_ = el("section", { class: "details", "aria-label": "Stage" });
  private timeline_: Timeline | undefined;
  private metrics_: MetricsView | undefined;

  constructor(
    private readonly profile_: Profile,
    private readonly former_: Profile | undefined,
    private readonly events_: ProfileEvents,
  ) {}

  /** The page's main part. */
  part(id: PartId): HTMLElement {
    let made = this.made_.get(id);
    if (made === undefined) this.made_.set(id, (made = this.make(id)));
    return made;
  }

  /** After a part came into the page. */
  shown(id: PartId): void {
    if (id === "timeline") this.timeline_?.shown();
  }

  text(id: PartId): string {
    if (id === "timeline") return timelineText(this.profile_);
    if (id === "trace")
      return this.profile_.trace === undefined ? "" : traceText(this.profile_.trace);
    return this.metrics_?.text ?? "";
  }

  exportMenu(id: PartId, x: number, y: number): void {
    const save = (name: string, text: string) => this.events_.save(name, text);
    const label = parts.find((part) => part.id === id)?.label ?? "";
    const everything = () => save("profile.json", JSON.stringify(this.profile_, null, 2));
    const entries = [
      { label: `${label} (text)…`, run: () => save(`${id}.txt`, this.text(id)) },
      { label: "The whole profile (JSON)…", run: everything },
    ];
    openMenu(entries, x, y);
  }

  private make(id: PartId): HTMLElement {
    const content = {
      timeline: () => this.timeline(),
      trace: () => this.trace(),
      metrics: () => this.metrics(),
    };
    const { unavailable, notices } = this.profile_;
    const missing = drawMissing(unavailable, this.events_);
    const remarks = notices.map((notice) =>
      el("p", { class: "remark" }, [icon("info", "severity-info"), " ", foreign(notice)]),
    );
    const hasDetails = id === "timeline" && this.profile_.stages.length > 0;
    const beside = [
      ...(hasDetails ? [this.details_] : []),
      ...remarks,
      ...(missing ? [missing] : []),
    ];
    const label = hasDetails ? "Stage, and what is missing" : "What is missing";
    const side = beside.length > 0 && el("aside", { "aria-label": label }, beside);
    return el("main", { class: "profile" }, [el("div", { class: "body" }, content[id]()), side]);
  }

  private timeline(): HTMLElement[] {
    const { stages, waits } = this.profile_;
    const former = this.former_;
    const drawn: HTMLElement[] = [];
    if (stages.length > 0 || (former !== undefined && former.stages.length > 0)) {
      this.timeline_ = new Timeline(this.profile_, former, {
        selected: (row) => this.select(row),
        open: ({ nodeId }) => this.open(nodeId),
      });
      drawn.push(this.timeline_.element);
      const first = this.timeline_.selected;
      if (first !== undefined) this.drawDetails(first);
    } else
      drawn.push(
        empty("No stages were measured", "What is missing, and how to get it, stands beside."),
      );
    const hasWaits = waits.length > 0 || (former?.waits.length ?? 0) > 0;
    if (hasWaits) drawn.push(drawWaits(waits, former?.waits));
    return drawn;
  }

  private trace(): HTMLElement[] {
    const { trace } = this.profile_;
    if (trace === undefined)
      return [
        empty(
          "There is no optimizer trace",
          "This server does not tell what it weighed, or it could not be asked.",
        ),
      ];
    return [drawTrace(trace, (text) => this.events_.copy(text))];
  }

  private metrics(): HTMLElement[] {
    const { metrics } = this.profile_;
    if (metrics.length === 0 && (this.former_?.metrics.length ?? 0) === 0)
      return [empty("No counter moved", "What could not be read stands beside.")];
    this.metrics_ = new MetricsView(this.profile_, this.former_);
    return [this.metrics_.element];
  }

  private select(row: StageRow): void {
    this.drawDetails(row);
    const { nodeId } = stageOf(row);
    if (row.now !== undefined && nodeId !== undefined) this.events_.selectStep(nodeId);
  }

  private open(nodeId: number | undefined): void {
    if (nodeId !== undefined) this.events_.showStep(nodeId);
  }

  private drawDetails(row: StageRow): void {
    const stage = stageOf(row);
    const { name, kind, startMs, durationMs, approximate, nodeId, extra = [] } = stage;
    const { totalMs } = this.profile_.totals;
    const step =
      row.now === undefined || nodeId === undefined ? undefined : this.events_.nameOf(nodeId);
    this.details_.replaceChildren(
      el("h3", { class: "step-title" }, [
        el("i", { class: `swatch-of kind-${kind}` }),
        foreign(name),
      ]),
      factList([
        ["Kind", kindWords[kind]],
        ["Starts at", (approximate === true ? "≈ " : "") + duration(startMs)],
        ["Takes", stageTime(stage)],
        ["Of the run", totalMs > 0 ? percent(durationMs / totalMs) : undefined],
        ["The run before", formerWords(row, this.former_ !== undefined)],
        ...extra.map((fact) => [fact.name, fact.value] as const),
      ]),
      ...(approximate === true
        ? [
            el("p", { class: "dim" }, [
              "≈ The server tells how long and not when, or it was sampled.",
            ]),
          ]
        : []),
      ...(step !== undefined && nodeId !== undefined
        ? [button(`Step: ${step}`, () => this.open(nodeId), {}, icon("lookup"))]
        : []),
    );
  }
}

function empty(title: string, text: string): HTMLElement {
  return el("div", { class: "empty" }, [el("h2", {}, [title]), el("p", { class: "dim" }, [text])]);
}
