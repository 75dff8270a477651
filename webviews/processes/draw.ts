// Elements of the process list: how a row looks, and everything about one session.
import type { Process, ProcessSnapshot } from "../../protocol/generated/ts/protocol.js";
import type { Badge } from "../shared/badge.js";
import { detailsHeading, factList } from "../shared/details.js";
import { button, el, elide } from "../shared/dom.js";
import { duration, plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import type { RowLook } from "../shared/list_table.js";
import { blockingChain, type ColumnId, type Mark, markOf, waitingFor } from "./layout.js";

const marks: Record<Mark, Badge | undefined> = {
  blocked: { icon: "lock", severity: "critical", label: "blocked" },
  blocking: { icon: "warning", severity: "warning", label: "blocking" },
  long: { icon: "info", severity: "info", label: "long" },
  active: undefined,
  idle: undefined,
};

/** Of a session for which `waiting` others wait. */
export function lookOf(process: Process, waiting: number): RowLook<ColumnId> {
  const mark = markOf(process, waiting);
  const badge = marks[mark];
  return {
    id: process.id,
    className: `is-${mark}${process.own ? " own" : ""}`,
    ...(badge && { badges: { state: badge } }),
  };
}

export interface DetailEvents {
  killQuery(process: Process): void;
  killConnection(process: Process): void;
  select(id: string): void;
  copy(text: string): void;
  explain(process: Process): void;
  close(): void;
}

/** Everything about one session. */
export function drawDetails(
  process: Process,
  snapshot: ProcessSnapshot,
  events: DetailEvents,
): HTMLElement {
  const sql = process.sql ?? "";
  return el("section", { class: "details" }, [
    detailsHeading(
      [`Session ${elide(process.id, 40)}`, process.own && el("span", { class: "badge" }, ["own"])],
      () => events.close(),
    ),
    process.own
      ? el("p", { class: "dim" }, ["A connection of MyDBA itself: it is not ended from here."])
      : drawKills(process, snapshot, events),
    drawBlocking(process, snapshot.processes, events),
    el("h3", {}, [process.active ? "Statement" : "Last statement"]),
    sql === ""
      ? el("p", { class: "dim" }, ["None, or not visible to this account."])
      : el("pre", { class: "sql", tabindex: 0, dir: "ltr", "aria-label": "Statement" }, [sql]),
    sql !== "" &&
      el("div", { class: "buttons" }, [
        button("Copy", () => events.copy(sql), {}, icon("copy")),
        process.explainable === true &&
          button("Explain", () => events.explain(process), {}, icon("join")),
      ]),
    factList(factsOf(process)),
  ]);
}

/** What is shown of a session that has ended. */
export function drawGone(id: string, events: Pick<DetailEvents, "close">): HTMLElement {
  const title = `Session ${elide(id, 40)} has ended`;
  return el("section", {}, [detailsHeading([title], () => events.close())]);
}

/** What can be ended, with the reason in writing when the server has less: a tooltip is not read by everyone. */
function drawKills(
  process: Process,
  { killKinds, killLimitation }: ProcessSnapshot,
  events: DetailEvents,
): HTMLElement {
  const idle = "It runs no statement now";
  const endQuery = () =>
    button(
      "End query…",
      () => events.killQuery(process),
      {
        class: "danger",
        disabled: !process.active,
        title: process.active ? "Ends the statement; the connection stays" : idle,
      },
      icon("stop"),
    );
  const endConnection = () =>
    button(
      "End connection…",
      () => events.killConnection(process),
      { class: "danger", title: "Closes the connection; what it did not commit is lost" },
      icon("close"),
    );
  return el("div", {}, [
    el("div", { class: "buttons" }, [
      killKinds.includes("query") && endQuery(),
      killKinds.includes("connection") && endConnection(),
    ]),
    killLimitation !== undefined && el("p", { class: "dim" }, [killLimitation]),
  ]);
}

function factsOf(process: Process): [string, string | undefined][] {
  const seconds = (value: number | undefined) =>
    value === undefined ? "" : duration(value * 1000);
  return [
    ["User", process.user],
    ["Database", process.database],
    ["State", process.state],
    ["In this state", seconds(process.seconds)],
    ["Transaction open", seconds(process.transactionSeconds)],
    ["Waits for", process.wait],
    ["Command", process.command],
    ["Application", process.application],
    ["From", process.host],
    ...process.extra.map(({ name, value }): [string, string] => [name, value]),
  ];
}

function drawBlocking(
  process: Process,
  all: readonly Process[],
  events: DetailEvents,
): HTMLElement | null {
  const chain = blockingChain(all, process.id);
  const waiting = waitingFor(all, process.id);
  if (chain.length < 2 && waiting.length === 0) return null;
  const link = (id: string) => button(elide(id, 40), () => events.select(id), { class: "link" });
  const isCycle =
    chain.length > 1 && chain.indexOf(chain[chain.length - 1] as string) < chain.length - 1;
  const others = process.blockedBy.slice(1);
  return el("div", { class: "blocking" }, [
    chain.length > 1 &&
      el("p", {}, [
        icon("lock", "severity-critical"),
        " Waits for ",
        ...chain.slice(1).flatMap((id, i) => [i > 0 && ", which waits for ", link(id)]),
        isCycle && " (a circle)",
      ]),
    others.length > 0 && el("p", {}, ["Also held by ", ...others.flatMap((id) => [link(id), " "])]),
    waiting.length > 0 &&
      el("p", {}, [
        icon("warning", "severity-warning"),
        ` ${plural(waiting.length, "session waits", "sessions wait")} for this one: `,
        ...waiting.slice(0, 20).flatMap((id) => [link(id), " "]),
      ]),
  ]);
}
