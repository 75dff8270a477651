// What the audit view computes without a DOM: columns, cells, filters, and results in words.
import type {
  AuditEntry,
  AuditFilter,
  AuditOutcome,
  AuditVerdict,
  Column,
} from "../../protocol/generated/ts/protocol.js";
import { elide } from "../shared/dom.js";
import { duration, grouped, localTime, plural } from "../shared/format.js";
import type { Cell } from "../shared/row_frame.js";

/** What the user asks for, as the inputs have it; "" is any. */
export interface Shown {
  text: string;
  connection: string;
  actor: string;
  action: string;
  outcome: string;
  /** Hours back from now; "" is all. */
  hours: string;
}

export const noFilter: Shown = {
  text: "",
  connection: "",
  actor: "",
  action: "",
  outcome: "",
  hours: "",
};

export const isFiltered = (shown: Shown): boolean =>
  Object.values(shown).some((value) => value !== "");

/** Value and label of each choice. */
export const choices: Record<"actor" | "action" | "outcome" | "hours", [string, string][]> = {
  actor: [
    ["", "Anybody"],
    ["editor", "Editor"],
    ["grid", "Grid"],
    ["chat", "Chat"],
    ["tool", "Tool"],
    ["mcp", "MCP"],
    ["cli", "Command line"],
  ],
  action: [
    ["", "Everything"],
    ["statement", "Statements"],
    ["variable", "Settings"],
    ["connect", "Connections"],
    ["kill", "Ended sessions"],
    ["retention", "Retention"],
  ],
  outcome: [
    ["", "Any outcome"],
    ["done", "Done"],
    ["failed", "Failed"],
    ["refused", "Not run or rolled back"],
    ["open", "No end entered"],
  ],
  hours: [
    ["", "All time"],
    ["1", "Last hour"],
    ["24", "Last day"],
    ["168", "Last 7 days"],
    ["720", "Last 30 days"],
  ],
};

export function filterOf(shown: Shown, now: Date): AuditFilter {
  const filter: Record<string, string> = {};
  for (const name of ["text", "connection", "actor", "action", "outcome"] as const)
    if (shown[name].trim() !== "") filter[name] = shown[name].trim();
  const hours = Number(shown.hours);
  if (hours > 0) filter["from"] = new Date(now.getTime() - hours * 3_600_000).toISOString();
  return filter;
}

const labelOf = (choice: keyof typeof choices, value: string): string =>
  choices[choice].find(([known]) => known === value)?.[1] ?? value;

export function outcomeOf({ action, outcome }: AuditEntry): AuditOutcome {
  if (action === "retention") return "done";
  if (outcome === undefined) return "open";
  if (outcome === "done" || outcome === "refused") return outcome;
  if (outcome === "rolledBack") return "refused";
  return "failed";
}

/** In words; the code of an error stays as it is. */
export function outcomeText(entry: AuditEntry): string {
  const outcome = outcomeOf(entry);
  if (outcome === "open") return "no end entered";
  if (entry.outcome === "rolledBack") return "tried and rolled back";
  if (outcome === "refused") return entry.confirmed === "declined" ? "declined" : "blocked";
  return outcome === "done" ? "done" : `failed: ${entry.outcome}`;
}

export function environmentOf({ action, environment }: AuditEntry): string {
  return action === "retention" ? "" : (environment ?? "dev");
}

/** What was done, in one line. */
export function deedOf(entry: AuditEntry): string {
  const { action, kind, sql, variable, removed } = entry;
  if (action === "connect") return connectTexts[kind ?? ""] ?? "Connected";
  if (action === "kill") return kind === "query" ? "Ended a running statement" : "Ended a session";
  if (removed !== undefined)
    return `Let ${plural(removed.entries, "entry", "entries")} go: ${removed.reason}`;
  return sql ?? variable ?? "";
}

const connectTexts: Record<string, string> = {
  session: "Connected",
  meta: "Connected for the tree and monitoring",
  reconnect: "Connected again",
  test: "Tested the connection",
};

const optional = (value: number | undefined, text: (value: number) => string): string =>
  value === undefined ? "" : text(value);

interface AuditColumn {
  column: Column;
  text: (entry: AuditEntry) => string;
}

const column = (
  name: string,
  text: (entry: AuditEntry) => string,
  kind: Column["kind"] = "text",
): AuditColumn => ({ column: { name, type: "", kind }, text });

export const columns: readonly AuditColumn[] = [
  column("Time", ({ time }) => localTime(time), "time"),
  column("Who", ({ actor }) => labelOf("actor", actor)),
  column("Environment", environmentOf),
  // The code of an error is short; what is longer stands in the details, and must not push the statement out of sight.
  column("Outcome", (entry) => elide(outcomeText(entry), 24)),
  column("What", deedOf),
  column("Rows", ({ rows }) => optional(rows, grouped), "number"),
  column("Time taken", ({ elapsedMs }) => optional(elapsedMs, duration), "number"),
  column("Connection", ({ connection }) => connection),
  column("Kind", ({ action, kind }) => (action === "statement" ? (kind ?? "") : action)),
  column("Guard", ({ verdict }) => verdict ?? ""),
  column("Confirmed", ({ confirmed }) => confirmed ?? ""),
];

export const cellsOf = (entry: AuditEntry, from: number, to: number): Cell[] =>
  columns.slice(from, to).map(({ text }) => text(entry));

/** Everything that was entered, for the details. */
export function factsOf(entry: AuditEntry): [string, string | undefined][] {
  return [
    ["Time", `${localTime(entry.time)} (${entry.time})`],
    ["Who", labelOf("actor", entry.actor)],
    ["Connection", entry.connection],
    ["Environment", environmentOf(entry)],
    ["Kind", entry.kind],
    ["Sets", entry.variable],
    ["Outcome", outcomeText(entry)],
    ["Rows changed", optional(entry.rows, grouped)],
    ["Time taken", optional(entry.elapsedMs, duration)],
    ["Guard's verdict", entry.verdict],
    ["Confirmed by", entry.confirmed],
    ["Fingerprint", entry.fingerprint],
    ["Entry", String(entry.seq)],
    ["Let go through entry", entry.removed && String(entry.removed.through)],
  ];
}

export function verdictText({ valid, entries, brokenAt, reason, removed }: AuditVerdict): string {
  if (valid) {
    const older =
      removed === undefined
        ? ""
        : ` ${plural(removed, "older one", "older ones")} let go by retention.`;
    return `All ${plural(entries, "entry is", "entries are")} as written: none changed, removed or moved.${older}`;
  }
  const place = brokenAt === undefined ? "" : ` at entry ${grouped(brokenAt)}`;
  return `The log was changed${place}: ${reason ?? "it is not what was written"}.`;
}

/** Of a file to save: `mydba-audit-2026-01-31.csv`. */
export const fileName = (format: "csv" | "json", now: Date): string =>
  `mydba-audit-${now.toISOString().slice(0, 10)}.${format}`;
