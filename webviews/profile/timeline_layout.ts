// What a timeline shows, without a DOM: which stage of a former run each stage was, where the axis has its marks, and
// what is said of a stage. Pure.
import type {
  Profile,
  ProfileStage,
  ProfileStageKind,
} from "../../protocol/generated/ts/protocol.js";
import { duration, percent } from "../shared/format.js";

/** Milliseconds from the start of the run. */
export interface Span {
  from: number;
  to: number;
}

/** A line of the timeline: a stage of this run, of the former, or the same one of both. */
export interface StageRow {
  readonly now: ProfileStage | undefined;
  readonly was: ProfileStage | undefined;
}

export const kindWords: Record<ProfileStageKind, string> = {
  planning: "planning",
  stage: "stage",
  step: "step",
  wait: "wait",
  io: "I/O",
  lock: "lock",
  command: "command",
};

export const stageOf = ({ now, was }: StageRow): ProfileStage => (now ?? was) as ProfileStage;

/** How long the axis is: to the end of the last stage, or of the run. */
export function wholeOf(profiles: readonly Profile[]): number {
  const ends = profiles.flatMap(({ totals, stages }) => [
    totals.totalMs,
    ...stages.map(({ startMs, durationMs }) => startMs + durationMs),
  ]);
  const longest = ends.reduce((most, end) => (Number.isFinite(end) && end > most ? end : most), 0);
  return longest > 0 ? longest : 1;
}

/** The n-th stage of a name on a level is the n-th one of the former run; those that are gone come last. */
export function matchStages(
  stages: readonly ProfileStage[],
  former: readonly ProfileStage[] = [],
): StageRow[] {
  const waiting = new Map<string, ProfileStage[]>();
  const key = ({ level, name }: ProfileStage) => `${level} ${name}`;
  for (const stage of former) {
    const same = waiting.get(key(stage));
    if (same === undefined) waiting.set(key(stage), [stage]);
    else same.push(stage);
  }
  const rows = stages.map((now): StageRow => ({ now, was: waiting.get(key(now))?.shift() }));
  const gone = [...waiting.values()].flat().sort((a, b) => a.startMs - b.startMs);
  return [...rows, ...gone.map((was): StageRow => ({ now: undefined, was }))];
}

/** How much of their names all stages share, in whole parts between slashes: `stage/sql/`. */
export function sharedPrefix(names: readonly string[]): string {
  const [first = ""] = names;
  if (names.length < 2) return "";
  let prefix = first.slice(0, first.lastIndexOf("/") + 1);
  while (prefix !== "" && !names.every((name) => name.startsWith(prefix)))
    prefix = prefix.slice(0, prefix.lastIndexOf("/", prefix.length - 2) + 1);
  return prefix;
}

/** The line to look at first: the longest stage of this run with no other within it. */
export function longest(rows: readonly StageRow[]): number {
  let found = 0;
  let most = -1;
  rows.forEach(({ now }, i) => {
    const isWhole = now !== undefined && (rows[i + 1]?.now?.level ?? 0) > now.level;
    if (now === undefined || isWhole || now.durationMs <= most) return;
    most = now.durationMs;
    found = i;
  });
  return found;
}

/** Round numbers within a span: one, two or five of a power of ten apart, at most `most` of them. */
export function ticks({ from, to }: Span, most: number): number[] {
  const length = to - from;
  if (!(length > 0) || most < 1) return [];
  const raw = length / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}

/** `≈` stands before what the server tells as a sum, or what was sampled. */
export function stageTime({ durationMs, approximate }: ProfileStage): string {
  return (approximate === true ? "≈ " : "") + duration(durationMs);
}

/** What became of it: `was 12 ms`, `new`, `gone`; nothing when there is no former run. */
export function formerWords({ now, was }: StageRow, compared: boolean): string {
  if (!compared) return "";
  if (now === undefined) return "gone";
  return was === undefined ? "new" : `was ${stageTime(was)}`;
}

/** All that a line says, for a tooltip and for whoever does not see the bar. */
export function stageLabel(row: StageRow, totalMs: number, compared: boolean): string {
  const stage = stageOf(row);
  const { name, kind, startMs, durationMs } = stage;
  const parts = [
    name,
    kindWords[kind],
    `from ${duration(startMs)}`,
    `for ${stageTime(stage)}`,
    totalMs > 0 ? `${percent(durationMs / totalMs)} of the run` : "",
    formerWords(row, compared),
  ];
  return parts
    .filter((part) => part !== "")
    .join(", ")
    .slice(0, 500);
}

/** The timeline as lines of text, indented by level. */
export function timelineText({ stages, waits }: Profile): string {
  const lines = stages.map(
    (stage) =>
      `${"  ".repeat(Math.min(stage.level, 40))}${stage.name}  ${duration(stage.startMs)}  ${stageTime(stage)}`,
  );
  const waited = waits.map(({ event, share }) => `wait  ${event}  ${percent(share)}`);
  return [...lines, ...waited, ""].join("\n");
}
