// Elements of the process list. Rows are kept and updated in place, so that a selection, the focus and a
// screen reader's place survive every snapshot.
import type { Process, ProcessSnapshot } from "../../protocol/generated/ts/protocol.js";
import { detailsHeading, factList } from "../shared/details.js";
import { button, el, elide, foreign } from "../shared/dom.js";
import { duration, plural } from "../shared/format.js";
import { icon, type IconName } from "../shared/icons.js";
import {
  blockers,
  blockingChain,
  type ColumnId,
  columns,
  type Mark,
  markOf,
  type Shown,
  waitingFor,
} from "./layout.js";

/** More rows than this are filtered, not scrolled. */
export const mostRows = 500;

export interface TableEvents {
  sort(column: ColumnId): void;
  select(id: string): void;
  kill(id: string): void;
  open(): void;
}

const marks: Record<Mark, { icon: IconName; severity: string; label: string } | undefined> = {
  blocked: { icon: "lock", severity: "critical", label: "blocked" },
  blocking: { icon: "warning", severity: "warning", label: "blocking" },
  long: { icon: "info", severity: "info", label: "long" },
  active: undefined,
  idle: undefined,
};

interface Row {
  element: HTMLElement;
  cells: HTMLElement[];
}

export class ProcessTable {
  readonly element: HTMLElement;
  private readonly body_ = el("tbody");
  private readonly heads_: HTMLElement[];
  private readonly rows_ = new Map<string, Row>();
  private order_: string[] = [];
  selected: string | undefined;

  constructor(private readonly events_: TableEvents) {
    this.heads_ = columns.map((column) =>
      el("th", { class: column.numeric ? "number" : "", "aria-sort": "none" }, [
        el(
          "button",
          { class: "link", type: "button" },
          [column.title, el("span", { class: "sort-mark" })],
          {
            click: () => this.events_.sort(column.id),
          },
        ),
      ]),
    );
    const table = el("table", { role: "grid", "aria-label": "Processes" }, [
      el("thead", {}, [el("tr", {}, this.heads_)]),
      this.body_,
    ]);
    this.element = el("div", { class: "table-view" }, [table]);
    this.body_.addEventListener("keydown", (event) => this.key(event));
  }

  setSort(shown: Shown): void {
    columns.forEach((column, i) => {
      const head = this.heads_[i] as HTMLElement;
      const isSorted = column.id === shown.sort;
      const state = !isSorted ? "none" : shown.descending ? "descending" : "ascending";
      head.setAttribute("aria-sort", state);
      const mark = head.querySelector(".sort-mark") as HTMLElement;
      mark.replaceChildren();
      if (isSorted) mark.append(icon(shown.descending ? "sortDown" : "sortUp"));
    });
  }

  update(all: readonly Process[], shown: readonly Process[]): void {
    const counts = blockers(all);
    const drawn = shown.slice(0, mostRows);
    const ids = new Set(drawn.map((process) => process.id));
    for (const [id, row] of this.rows_) {
      if (ids.has(id)) continue;
      row.element.remove();
      this.rows_.delete(id);
    }
    let before: HTMLElement | null = null;
    for (const process of drawn) {
      const row: Row = this.rows_.get(process.id) ?? this.create(process.id);
      this.fill(row, process, counts.get(process.id) ?? 0);
      // Moving an element loses its focus: only rows that changed places are moved.
      const place: Element | null =
        before === null ? this.body_.firstElementChild : before.nextElementSibling;
      if (place !== row.element) this.body_.insertBefore(row.element, place);
      before = row.element;
    }
    this.order_ = drawn.map((process) => process.id);
    this.markSelected(false);
  }

  choose(id: string, focus: boolean): void {
    this.selected = id;
    this.markSelected(focus);
  }

  focusSelected(): void {
    this.markSelected(true);
  }

  private create(id: string): Row {
    const cells = columns.map((column) =>
      el("td", { class: column.numeric ? "number" : `cell-${column.id}`, role: "gridcell" }),
    );
    const element = el("tr", { role: "row", tabindex: -1, "data-id": id }, cells, {
      click: () => this.events_.select(id),
    });
    const row = { element, cells };
    this.rows_.set(id, row);
    return row;
  }

  private fill(row: Row, process: Process, blocked: number): void {
    const mark = markOf(process, blocked);
    row.element.className = `is-${mark}${process.own ? " own" : ""}`;
    columns.forEach((column, i) => {
      const cell = row.cells[i] as HTMLElement;
      const text = elide(column.text(process), 300).replace(/\s+/g, " ");
      if (cell.dataset["text"] === text + mark) return;
      cell.dataset["text"] = text + mark;
      const badge = column.id === "state" ? markBadge(mark) : null;
      cell.replaceChildren(...(badge === null ? [foreign(text)] : [foreign(text), " ", badge]));
    });
  }

  private markSelected(focus: boolean): void {
    const hasSelected = this.selected !== undefined && this.rows_.has(this.selected);
    const stop = hasSelected ? this.selected : this.order_[0];
    for (const [id, row] of this.rows_) {
      const isSelected = id === this.selected;
      row.element.setAttribute("aria-selected", String(isSelected));
      row.element.tabIndex = id === stop ? 0 : -1;
      if (isSelected && focus) row.element.focus();
    }
  }

  private key(event: KeyboardEvent): void {
    const at = this.order_.indexOf((event.target as HTMLElement).dataset["id"] ?? "");
    if (at < 0) return;
    const last = this.order_.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: Math.min(at + 1, last),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: last,
      PageDown: Math.min(at + 15, last),
      PageUp: Math.max(at - 15, 0),
    };
    const target = targets[event.key];
    const id = this.order_[target ?? at] as string;
    if (target !== undefined) {
      this.events_.select(id);
      this.choose(id, true);
    } else if (event.key === "Enter" || event.key === " ") {
      this.events_.select(id);
      this.events_.open();
    } else if (event.key === "Delete") this.events_.kill(id);
    else return;
    event.preventDefault();
  }
}

function markBadge(mark: Mark): HTMLElement | null {
  const found = marks[mark];
  if (found === undefined) return null;
  return el("span", { class: `badge severity-${found.severity}` }, [icon(found.icon), found.label]);
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
