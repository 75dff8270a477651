// The side panel's words on the selected step, and on the plan as a whole.
import type {
  PlanNode,
  PlanRelation,
  PlanTree,
  PlanWorker,
  StatementStatistics,
  TraceOption,
} from "../../protocol/generated/ts/protocol.js";
import { factList } from "../shared/details.js";
import { el, elide, foreign } from "../shared/dom.js";
import { bytes, cost, duration, grouped, percent, rows } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import { severityBadge } from "../shared/badge.js";
import { drawHistory, type HistoryEvents } from "./history.js";
import type { PlanModel } from "./model.js";
import { bufferFacts, type Fact, groupsOf } from "./numbers.js";
import { weighedHead, weighedRows } from "./weighed.js";

type Known = readonly [string, string | undefined];

const known = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? undefined : format(value);

/** Values too long for a column get lines of their own. */
function drawFacts(facts: readonly Fact[]): HTMLElement {
  return el(
    "dl",
    {},
    facts.flatMap(({ name, value }) => [
      el("dt", {}, [foreign(name)]),
      el("dd", { class: value.length > 60 ? "long" : "" }, [el("bdi", {}, [elide(value, 4000)])]),
    ]),
  );
}

/** Everything about the selected step. */
export function drawStep(model: PlanModel): HTMLElement {
  const { node } = model.selectedStep;
  const { heat, findings } = model.facts(node.id);
  return el("section", { class: node.neverExecuted === true ? "details never" : "details" }, [
    el("h3", { class: "step-title" }, [icon(node.category), foreign(node.operation)]),
    heat.text !== "" && el("p", { class: "dim" }, [heat.text]),
    ...findings.map((finding) =>
      el("p", { class: "finding-line" }, [
        severityBadge(finding.severity),
        " ",
        elide(finding.title, 300),
      ]),
    ),
    ...groupsOf(node).flatMap(({ title, facts }) => [el("h4", {}, [title]), drawFacts(facts)]),
    ...(node.weighed === undefined || node.weighed.length === 0
      ? []
      : [el("h4", {}, ["Ways weighed"]), weighedTable(node.weighed)]),
    node.workers !== undefined && node.workers.length > 0 && workersTable(node, node.workers),
  ]);
}

function table(caption: string, head: readonly string[], body: (string | Node)[][]): HTMLElement {
  const cell = (value: string | Node) =>
    el("td", { class: /^[≈\d]/.test(typeof value === "string" ? value : "") ? "number" : "" }, [
      value,
    ]);
  return el("table", { class: "small-table", "aria-label": caption }, [
    el("thead", {}, [
      el(
        "tr",
        {},
        head.map((title) => el("th", {}, [title])),
      ),
    ]),
    el(
      "tbody",
      {},
      body.map((cells) => el("tr", {}, cells.map(cell))),
    ),
  ]);
}

function weighedTable(ways: readonly TraceOption[]): HTMLElement {
  const body = weighedRows(ways).map(([name = "", ...numbers]) => {
    const why = numbers.pop() ?? "";
    return [foreign(name), ...numbers, foreign(why)];
  });
  return table("Ways weighed", weighedHead, body);
}

function workersTable(node: PlanNode, workers: readonly PlanWorker[]): HTMLElement {
  const about = node.approximate === true ? "≈ " : "";
  const body = workers.map((worker) => [
    `${worker.number}`,
    known(worker.actualRows, (value) => about + rows(value)) ?? "",
    known(worker.loops, grouped) ?? "",
    known(worker.totalMs, (value) => about + duration(value)) ?? "",
    foreign(worker.extra.map(({ name, value }) => `${name}: ${value}`).join("; ")),
  ]);
  return table("Workers", ["Worker", "Rows", "Loops", "Time", "Other"], body);
}

/** What holds for the plan as a whole. */
export function drawPlanFacts(tree: PlanTree, history: HistoryEvents | undefined): HTMLElement {
  const { jit, serialization, triggers = [], notices = [], relations = [], settings } = tree;
  const { earlier = [] } = tree;
  const part = (title: string, ...content: (HTMLElement | false)[]) => [
    el("h4", {}, [title]),
    ...content.filter((c) => c !== false),
  ];
  const lines = (texts: readonly string[]) =>
    texts.slice(0, 20).map((text) => el("p", {}, [foreign(text)]));
  return el("section", { class: "details" }, [
    factList(planFacts(tree)),
    ...(jit === undefined ? [] : part("Compilation (JIT)", factList(jitFacts(jit)))),
    ...(serialization === undefined
      ? []
      : part(
          "Serialization of the result",
          factList([
            ["Time", known(serialization.totalMs, duration)],
            ["Size", known(serialization.bytes, bytes)],
          ]),
          drawFacts(bufferFacts(serialization.buffers)),
        )),
    ...(tree.planningBuffers === undefined
      ? []
      : part("Pages of planning", drawFacts(bufferFacts(tree.planningBuffers)))),
    ...(triggers.length === 0 ? [] : part("Triggers", triggersTable(triggers))),
    ...(relations.length === 0 ? [] : part("Tables", ...relations.map(drawRelation))),
    ...(tree.statistics === undefined
      ? []
      : part("This statement so far", factList(statisticsFacts(tree.statistics)))),
    ...(earlier.length === 0 ? [] : part("Plans it had before", drawHistory(earlier, history))),
    ...(settings.length === 0 ? [] : part("Settings and other facts", drawFacts(settings))),
    ...(notices.length === 0 ? [] : part("The server remarked", ...lines(notices))),
    ...(tree.warnings.length === 0 ? [] : part("Not understood", ...lines(tree.warnings))),
  ]);
}

function planFacts(tree: PlanTree): Known[] {
  const values = {
    generic: "generic: planned for any value",
    sampled: "sampled from statistics; never executed",
  };
  return [
    ["Server", `${tree.engine} ${tree.version}`.trim()],
    ["Execution", known(tree.executionMs, duration)],
    ["Planning", known(tree.planningMs, duration)],
    ["Numbers", tree.analyzed ? "measured" : "estimates only"],
    ["Placeholders", tree.values && values[tree.values]],
    ["Cost with sampled values", known(tree.customCost, cost)],
    ["Query id", tree.queryId],
  ];
}

function jitFacts(jit: NonNullable<PlanTree["jit"]>): Known[] {
  return [
    ["Functions", known(jit.functions, grouped)],
    ["Time", known(jit.totalMs, duration)],
    ["Generation", known(jit.generationMs, duration)],
    ["Inlining", known(jit.inliningMs, duration)],
    ["Optimization", known(jit.optimizationMs, duration)],
    ["Emission", known(jit.emissionMs, duration)],
  ];
}

function triggersTable(triggers: NonNullable<PlanTree["triggers"]>): HTMLElement {
  const body = triggers.map(({ name, relation, calls, totalMs }) => [
    foreign(name),
    foreign(relation ?? ""),
    known(calls, grouped) ?? "",
    known(totalMs, duration) ?? "",
  ]);
  return table("Triggers", ["Trigger", "Table", "Calls", "Time"], body);
}

function statisticsFacts(statistics: StatementStatistics): Known[] {
  return [
    ["Runs", known(statistics.calls, grouped)],
    ["Time of a run", known(statistics.meanMs, duration)],
    ["Time in all", known(statistics.totalMs, duration)],
    ["Rows read", known(statistics.rowsExamined, rows)],
    ["Rows returned", known(statistics.rowsSent, rows)],
    ["Runs that read a table in full", known(statistics.withoutIndex, grouped)],
    ["Runs without a good index", known(statistics.withoutGoodIndex, grouped)],
    ["Temporary tables on disk", known(statistics.diskTemporaryTables, grouped)],
  ];
}

/** Statistics are stale when there are none, or when more than a tenth of the rows changed since. */
export function staleness(relation: PlanRelation): string | undefined {
  const { neverAnalyzed, modifications, rows: count } = relation;
  if (neverAnalyzed === true) return "no statistics";
  if (modifications === undefined || count === undefined || modifications < 50) return undefined;
  const part = modifications / Math.max(count, 1);
  return part > 0.1 ? `statistics are stale: ${percent(part)} changed since` : undefined;
}

function drawRelation(relation: PlanRelation): HTMLElement {
  const { name, schema, indexes = [], partitionKey = [] } = relation;
  const stale = staleness(relation);
  const title = schema === undefined ? name : `${schema}.${name}`;
  const facts = factList([
    ["Rows", known(relation.rows, rows)],
    ["Size", known(relation.bytes, bytes)],
    ["Analysed", relation.analyzedAt],
    ["Changed since", known(relation.modifications, rows)],
    ["Partitions", known(relation.partitions, grouped)],
    ["Partition key", partitionKey.join(", ")],
    ...indexes.map((index): Known => [
      index.unique === true ? "Unique index" : "Index",
      `${index.name} (${index.columns.join(", ")})`,
    ]),
  ]);
  return el("details", { class: "relation" }, [
    el("summary", {}, [
      foreign(title),
      stale !== undefined &&
        el("span", { class: "badge severity-warning" }, [icon("warning"), stale]),
    ]),
    facts,
  ]);
}
