// What the results view computes without a DOM: filters as typed, positions in SQL, texts for the clipboard,
// what the status line says.
import type {
  Column,
  Filter,
  HeldTransaction,
  ResultSetEndEvent,
  Truncated,
  Undo,
} from "../../protocol/generated/ts/protocol.js";
import { duration, grouped, plural } from "../shared/format.js";
import type { Cell } from "../shared/row_frame.js";

const operators = [
  ["!=", "notEquals"],
  ["<=", "lessOrEqual"],
  [">=", "greaterOrEqual"],
  ["=", "equals"],
  ["<", "less"],
  [">", "greater"],
  ["!", "notContains"],
] as const;

/** A filter as typed in the filter row; undefined when it says nothing. */
export function parseFilter(column: number, text: string): Filter | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (/^null$/i.test(trimmed)) return { column, op: "isNull" };
  if (/^!\s*null$/i.test(trimmed)) return { column, op: "isNotNull" };
  for (const [sign, op] of operators) {
    if (!trimmed.startsWith(sign)) continue;
    const value = trimmed.slice(sign.length).trim();
    // `=` alone asks for the empty text; the other signs alone are not finished yet.
    if (value === "" && op !== "equals" && op !== "notEquals") return undefined;
    return { column, op, value };
  }
  return { column, op: "contains", value: trimmed };
}

export interface TextPosition {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  lineText: string;
}

/** Line and column of a byte offset into a text's UTF-8. */
export function textPosition(text: string, byteOffset: number): TextPosition {
  const before = new TextDecoder().decode(new TextEncoder().encode(text).slice(0, byteOffset));
  const start = before.lastIndexOf("\n") + 1;
  const end = text.indexOf("\n", start);
  return {
    line: before.split("\n").length,
    column: before.length - start + 1,
    lineText: text.slice(start, end < 0 ? text.length : end),
  };
}

export type CopyFormat = "text" | "textWithHeaders" | "csv" | "json" | "inList";

/** Rows as text for the clipboard or a file. `cells` rows are as wide as `columns`. */
export function formatCells(
  format: CopyFormat,
  columns: readonly Column[],
  cells: readonly Cell[][],
): string {
  const names = columns.map((column) => column.name);
  switch (format) {
    case "text":
      return cells.map((row) => row.map(tsvField).join("\t")).join("\n");
    case "textWithHeaders":
      return [names, ...cells].map((row) => row.map(tsvField).join("\t")).join("\n");
    case "csv":
      return [names, ...cells].map((row) => row.map(csvField).join(",") + "\r\n").join("");
    case "json":
      return JSON.stringify(
        cells.map((row) => jsonRow(columns, row)),
        null,
        2,
      );
    case "inList":
      return inList(columns, cells);
  }
}

/** A tab or line break inside a cell would break the table apart: such a cell is quoted as spreadsheets do. */
function tsvField(cell: Cell): string {
  if (cell === null) return "";
  return /[\t\r\n]/.test(cell) || cell.startsWith('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** RFC 4180; NULL is an empty field and an empty text is `""`, so that the two stay apart. */
function csvField(cell: Cell): string {
  if (cell === null) return "";
  return cell === "" || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function jsonRow(columns: readonly Column[], row: readonly Cell[]): Record<string, unknown> {
  const used = new Map<string, number>();
  const entries = columns.map((column, i): [string, unknown] => {
    const count = (used.get(column.name) ?? 0) + 1;
    used.set(column.name, count);
    const name = count === 1 ? column.name : `${column.name}_${count}`;
    return [name, jsonValue(column, row[i] ?? null)];
  });
  return Object.fromEntries(entries);
}

/** A number only where JavaScript keeps every digit; else the server's text. */
function jsonValue(column: Column, cell: Cell): unknown {
  if (cell === null) return null;
  if (column.kind === "number" && String(Number(cell)) === cell) return Number(cell);
  if (column.kind === "boolean" && (cell === "true" || cell === "false")) return cell === "true";
  return cell;
}

/** The distinct values of the first column as `(1, 2, 'x')`, NULL left out: it never matches in a list. */
function inList(columns: readonly Column[], cells: readonly Cell[][]): string {
  const isNumber = columns[0]?.kind === "number";
  const values = new Set<string>();
  for (const row of cells) {
    const cell = row[0];
    if (cell === null || cell === undefined) continue;
    const plain = isNumber && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(cell);
    values.add(plain ? cell : `'${cell.replaceAll("'", "''")}'`);
  }
  return `(${[...values].join(", ")})`;
}

const truncations: Record<Truncated, string> = {
  limit: "stopped at the row limit",
  paused: "reading ended because nobody scrolled for a minute; run again to read on",
  superseded: "reading ended because another statement was run on this connection",
  spoolFull: "the temporary file for results is full",
  closed: "reading was ended",
};

export interface StatusInput {
  columns: number;
  rowsRead: number;
  end: ResultSetEndEvent | undefined;
  running: boolean;
  /** The page stopped granting credit: rows wait on the server. */
  waiting: boolean;
  readingAll: boolean;
  viewRows: number | undefined;
  /** Most rows of a preview; absent for what the user wrote. */
  previewRows?: number | undefined;
  elapsedMs: number;
}

/** What the status line says of a result set. */
export function statusText(input: StatusInput): string {
  const parts: string[] = [];
  const { end } = input;
  if (input.columns > 0) {
    const more = end === undefined && input.running ? " so far" : "";
    const read = plural(input.rowsRead, "row", "rows") + more;
    parts.push(input.viewRows === undefined ? read : `${grouped(input.viewRows)} of ${read}`);
  }
  if (end?.affected !== undefined && input.columns === 0)
    parts.push(`${plural(end.affected, "row", "rows")} affected`);
  else if (input.columns === 0 && end !== undefined) parts.push(end.command ?? "Done");
  if (input.previewRows !== undefined && input.rowsRead >= input.previewRows)
    parts.push(`preview: only the first ${plural(input.previewRows, "row", "rows")} are read`);
  else if (end?.truncated !== undefined) parts.push(truncations[end.truncated]);
  if (end === undefined && input.running) {
    if (input.readingAll) parts.push("reading all rows…");
    else parts.push(input.waiting ? "more rows wait: scroll or read all" : "reading…");
  }
  parts.push(duration(end?.elapsedMs ?? input.elapsedMs));
  return parts.join(" · ");
}

/** What a run leaves to decide. */
export interface RunOutcome {
  /** Present when what it did was rolled back; rows are absent where the server does not say. */
  dryRun?: { affected: number | undefined };
  /** The last statement's first: that is the order in which they can be taken back. */
  undos: Undo[];
  held: HeldTransaction | undefined;
}

export function outcomeOf(
  ends: readonly (ResultSetEndEvent | undefined)[],
  held: HeldTransaction | undefined,
): RunOutcome {
  const ended = ends.filter((end) => end !== undefined);
  // What is not committed is rolled back, not undone.
  const done = held === undefined ? ended : [];
  const undos = done.flatMap(({ undo }) => (undo === undefined ? [] : [undo])).reverse();
  const tried = ended.filter(({ rolledBack }) => rolledBack === true);
  if (tried.length === 0) return { undos, held };
  const counts = tried.flatMap(({ affected }) => (affected === undefined ? [] : [affected]));
  const affected = counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
  return { dryRun: { affected }, undos, held };
}

export function dryRunText({ affected }: { affected: number | undefined }): string {
  const would =
    affected === undefined ? "it would work" : `${plural(affected, "row", "rows")} would change`;
  return `Dry run: ${would}; everything was rolled back.`;
}

export function heldText({ affected }: HeldTransaction): string {
  const changed = affected === undefined ? "Run" : `${plural(affected, "row", "rows")} changed`;
  return `${changed}, and not committed yet: look at it, then decide.`;
}

/** The label of a result set's tab. */
export function tabLabel(index: number, input: StatusInput): string {
  const { end } = input;
  if (input.columns === 0) {
    const name = end?.command ?? `Statement ${index + 1}`;
    return end?.affected === undefined ? name : `${name} · ${grouped(end.affected)}`;
  }
  const plus = end === undefined && input.running ? "+" : "";
  return `Result ${index + 1} · ${grouped(input.rowsRead)}${plus}`;
}

export interface Window {
  first: number;
  count: number;
}

const mostRows = 10_000; // of result/rows
const windowBytes = 256 * 1024; // what the hop to a page in a served editor carries in about 40 ms

/**
 * Which rows to fetch when [first, end) are missing: those, and about as many again in the direction of
 * movement, within `windowBytes` by the average row seen so far.
 */
export function fetchWindow(
  first: number,
  end: number,
  rowCount: number,
  bytesPerRow: number,
  upwards: boolean,
): Window {
  const needed = end - first;
  const affordable = Math.floor(windowBytes / Math.max(bytesPerRow, 1));
  const count = Math.min(Math.max(needed, Math.min(affordable, 4 * needed + 200)), mostRows);
  const start = upwards ? Math.max(0, end - count) : first;
  return { first: start, count: Math.min(count, rowCount - start) };
}
