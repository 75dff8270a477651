// All that is known of a step, named and in groups. `≈` stands before what the server averaged and the helper
// multiplied. Pure.
import type { PlanBuffers, PlanNode, PlanWal } from "../../protocol/generated/ts/protocol.js";
import { bytes, cost, duration, grouped, rows } from "../shared/format.js";
import { factorText } from "./heat.js";

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface Group {
  readonly title: string;
  readonly facts: readonly Fact[];
}

type Named = readonly [name: string, value: string | undefined];

const facts = (named: readonly Named[]): Fact[] =>
  named.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [{ name, value }]));

const given = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? undefined : format(value);

/** Rows, time and cost: what a tooltip shows. */
export function measures(node: PlanNode): Fact[] {
  return [...rowFacts(node), ...timeFacts(node), ...costFacts(node)];
}

function rowFacts(node: PlanNode): Fact[] {
  const about = node.approximate === true ? "≈ " : "";
  const counted = (value: number) => about + rows(value);
  return facts([
    ["Executed", node.neverExecuted === true ? "never" : undefined],
    ["Rows out", given(node.actualRows, counted)],
    ["Rows planned", given(node.estimatedRows, rows)],
    ["Estimate", given(node.estimateRatio, estimateWords)],
    ["Rows read", given(node.actualRead, counted)],
    ["Rows to read, planned", given(node.estimatedRead, rows)],
    ["Removed by filter", given(node.rowsRemoved, counted)],
    ["Removed by join", given(node.rowsRemovedByJoin, counted)],
    ["Removed by recheck", given(node.rowsRemovedByRecheck, counted)],
    ["Loops", given(node.loops, grouped)],
    ["Row width, planned", given(node.width, bytes)],
  ]);
}

function estimateWords(ratio: number): string {
  const text = factorText(ratio);
  return text === "as planned" ? text : `${text} ${ratio < 1 ? "fewer" : "more"} than planned`;
}

function timeFacts(node: PlanNode): Fact[] {
  const about = node.approximate === true ? "≈ " : "";
  const measured = (value: number) => about + duration(value);
  return facts([
    ["Time, own", given(node.selfMs, measured)],
    ["Time, with inputs", given(node.totalMs, measured)],
  ]);
}

function costFacts(node: PlanNode): Fact[] {
  return facts([
    ["Cost, own", given(node.selfCost, cost)],
    ["Cost, with inputs", given(node.totalCost, cost)],
    ["Cost to first row", given(node.startupCost, cost)],
  ]);
}

const bufferNames: readonly (readonly [
  string,
  readonly (readonly [keyof PlanBuffers, string])[],
])[] = [
  [
    "Shared",
    [
      ["sharedHit", "hit"],
      ["sharedRead", "read"],
      ["sharedDirtied", "dirtied"],
      ["sharedWritten", "written"],
    ],
  ],
  [
    "Of temporary tables",
    [
      ["localHit", "hit"],
      ["localRead", "read"],
      ["localDirtied", "dirtied"],
      ["localWritten", "written"],
    ],
  ],
  [
    "Of temporary files",
    [
      ["tempRead", "read"],
      ["tempWritten", "written"],
    ],
  ],
];

/** `Shared: 1,200 hit, 35 read`. */
export function bufferFacts(buffers: PlanBuffers | undefined, suffix = ""): Fact[] {
  if (buffers === undefined) return [];
  const pages = bufferNames.map(([name, kinds]): Named => {
    const said = kinds.flatMap(([field, word]) => {
      const count = buffers[field];
      return count === undefined || count === 0 ? [] : [`${rows(count)} ${word}`];
    });
    return [name + suffix, said.join(", ")];
  });
  return facts([
    ...pages,
    [`Time to read${suffix}`, given(buffers.readMs, duration)],
    [`Time to write${suffix}`, given(buffers.writeMs, duration)],
  ]);
}

function walFacts(wal: PlanWal | undefined): Fact[] {
  if (wal === undefined) return [];
  return facts([
    ["Records", given(wal.records, grouped)],
    ["Page images", given(wal.fullPages, grouped)],
    ["Size", given(wal.bytes, bytes)],
    ["Buffers full", given(wal.buffersFull, grouped)],
  ]);
}

const roles: Record<NonNullable<PlanNode["role"]>, string | undefined> = {
  input: undefined,
  outer: "outer side of the join",
  inner: "inner side of the join",
  member: "part of a set",
  subplan: "sub-plan, run for rows",
  initplan: "run once before",
};

function placeFacts(node: PlanNode): Fact[] {
  return facts([
    ["Used as", node.role === undefined ? undefined : roles[node.role]],
    ["Sub-plan", node.subplan],
    ["Table", node.relation],
    ["Alias", node.alias],
    ["Index", node.index],
    ["Condition", node.condition],
    ["Filter", node.filter],
    ["Forbidden", node.disabled === true ? "by a setting; there was no other way" : undefined],
  ]);
}

/** Every group that has something to say. */
export function groupsOf(node: PlanNode): Group[] {
  const { workersPlanned, workersLaunched } = node;
  const groups: Group[] = [
    { title: "What it does", facts: placeFacts(node) },
    { title: "Rows", facts: rowFacts(node) },
    { title: "Time and cost", facts: [...timeFacts(node), ...costFacts(node)] },
    {
      title: "Pages",
      facts: [
        ...bufferFacts(node.selfBuffers, ", own"),
        ...bufferFacts(node.buffers, ", with inputs"),
      ],
    },
    {
      title: "Memory",
      facts: facts([
        ["Most held", given(node.memoryBytes, bytes)],
        ["Spilt to disk", given(node.diskBytes, bytes)],
      ]),
    },
    { title: "Log written", facts: walFacts(node.wal) },
    {
      title: "Parallel",
      facts: facts([
        ["Workers planned", given(workersPlanned, grouped)],
        ["Workers launched", given(workersLaunched, grouped)],
      ]),
    },
    { title: "Everything else the server said", facts: node.extra },
  ];
  return groups.filter((group) => group.facts.length > 0);
}
