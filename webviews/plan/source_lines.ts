// Which lines of a text, and which parts of the statement, are about which step. Pure.
import type { PlanNode, PlanTree } from "../../protocol/generated/ts/protocol.js";
import type { PlanNodes } from "./nodes.js";

/** The server's answer, indented when it is JSON that survives indenting unchanged. */
export function rawText(tree: PlanTree): string {
  if (tree.format !== "json" || tree.raw.includes("\n") || /\d{16,}/.test(tree.raw))
    return tree.raw;
  try {
    return JSON.stringify(JSON.parse(tree.raw), null, 2);
  } catch {
    return tree.raw;
  }
}

/**
 * For each line of the text tree the step it tells of. The helper writes one line with a branch for each step, in
 * pre-order, and lines without one for its conditions. A text of another make has no owners.
 */
export function textOwners(lines: readonly string[], nodes: PlanNodes): (number | undefined)[] {
  const starts = lines.map((line, i) => i === 0 || /^[│ ]*[├└]─ /.test(line));
  if (starts.filter(Boolean).length !== nodes.steps.length) return lines.map(() => undefined);
  let at = -1;
  return starts.map((isStart) => {
    if (isStart) ++at;
    return nodes.steps[at]?.node.id;
  });
}

/** What the server's answer may call a step, the surest first. */
const namesOf = (node: PlanNode) => [node.alias, node.relation, node.index, node.operation];

/**
 * The line of the server's answer on which a step is named. Only where it is sure: a name must be in the answer as
 * often as in the plan, in the same order.
 */
export function sourceLine(
  lines: readonly string[],
  nodes: PlanNodes,
  id: number,
): number | undefined {
  const step = nodes.get(id);
  if (step === undefined) return undefined;
  for (const [place, name] of namesOf(step.node).entries()) {
    if (name === undefined || name === "") continue;
    const bearers = nodes.steps.filter(({ node }) => namesOf(node)[place] === name);
    const at = lines.flatMap((line, i) => (names(line, name) ? [i] : []));
    if (at.length === bearers.length) return at[bearers.indexOf(step)];
  }
  return undefined;
}

/** Whether a line has the name as a JSON string of its own, or as a word of a text tree's line. */
function names(line: string, name: string): boolean {
  const quoted = JSON.stringify(name);
  if (line.includes(`: ${quoted}`)) return true;
  return /^\s*(->|[├└│`|+-])/.test(line) && line.includes(` ${name} `);
}

/** A part of the statement between two places at which the naming of steps changes. */
export interface SqlPart {
  readonly text: string;
  /** Steps that this part names; none for what stands between. */
  readonly ids: readonly number[];
}

/** The statement cut at the spans of its steps, which count bytes of UTF-8. Spans that cross another are left out. */
export function sqlParts(sql: string, nodes: PlanNodes): SqlPart[] {
  const bytes = new TextEncoder().encode(sql);
  const byPlace = new Map<string, { start: number; end: number; ids: number[] }>();
  for (const { node } of nodes.steps) {
    const { span } = node;
    if (span === undefined || span.start >= span.end || span.end > bytes.length) continue;
    const key = `${span.start}-${span.end}`;
    const known = byPlace.get(key);
    if (known !== undefined) known.ids.push(node.id);
    else byPlace.set(key, { ...span, ids: [node.id] });
  }
  const spans = [...byPlace.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  const decoder = new TextDecoder();
  const cut = (from: number, to: number) => decoder.decode(bytes.subarray(from, to));
  const parts: SqlPart[] = [];
  let at = 0;
  for (const { start, end, ids } of spans) {
    if (start < at) continue;
    if (start > at) parts.push({ text: cut(at, start), ids: [] });
    parts.push({ text: cut(start, end), ids });
    at = end;
  }
  if (at < bytes.length) parts.push({ text: cut(at, bytes.length), ids: [] });
  return parts;
}
