// What the process view computes without a DOM: filter, sort, who waits for whom, what a row says.
import type { KillKind, Process, ProcessSnapshot } from "../../protocol/generated/ts/protocol.js";
import { duration } from "../shared/format.js";
import { arranged, type ListColumn, type ListOrder, textColumn } from "../shared/list_layout.js";

export type ColumnId =
  | "id"
  | "user"
  | "database"
  | "state"
  | "seconds"
  | "wait"
  | "blockedBy"
  | "application"
  | "host"
  | "sql";

type ProcessColumn = ListColumn<Process, ColumnId>;

const text = textColumn<Process, ColumnId>;

export const columns: readonly ProcessColumn[] = [
  { ...text("id", "Id", (p) => p.id), key: (p) => numberOr(p.id) },
  text("user", "User", (p) => p.user ?? ""),
  text("database", "Database", (p) => p.database ?? ""),
  text("state", "State", (p) => p.state),
  {
    id: "seconds",
    title: "Time",
    numeric: true,
    largestFirst: true,
    text: (p) => (p.seconds === undefined ? "" : duration(p.seconds * 1000)),
    key: (p) => p.seconds ?? -1,
  },
  text("sql", "Statement", (p) => p.sql ?? p.command ?? ""),
  text("wait", "Waits for", (p) => p.wait ?? ""),
  {
    ...text("blockedBy", "Blocked by", (p) => p.blockedBy.join(", ")),
    key: (p) => -p.blockedBy.length,
  },
  text("application", "Application", (p) => p.application ?? ""),
  text("host", "From", (p) => p.host ?? ""),
];

/** Server ids are numbers everywhere so far, but they are texts in the protocol. */
function numberOr(id: string): number | string {
  return /^\d+$/.test(id) ? Number(id) : id;
}

export interface Shown extends ListOrder<ColumnId> {
  hideIdle: boolean;
  hideOwn: boolean;
}

/** The processes to show, in order. Without a sort column the server's order stands: active first, longest first. */
export function arrange(processes: readonly Process[], shown: Shown): Process[] {
  const blocking = blockers(processes);
  const kept = processes.filter((process) => {
    // One that others wait for is never hidden as idle: it is what one looks for.
    if (shown.hideIdle && !process.active && !blocking.has(process.id)) return false;
    return !(shown.hideOwn && process.own);
  });
  return arranged(kept, columns, shown);
}

/** Why nothing is shown although the server was asked. */
export type Emptiness = "noSessions" | "onlyOwn" | "filtered";

export function emptiness(processes: readonly Process[], { hideOwn }: Shown): Emptiness {
  if (processes.length === 0) return "noSessions";
  return hideOwn && processes.every((process) => process.own) ? "onlyOwn" : "filtered";
}

/** What ending a session means by default: the mildest kind that does something to it. */
export function defaultKill(process: Process, { killKinds }: ProcessSnapshot): KillKind {
  return process.active && killKinds.includes("query") ? "query" : "connection";
}

/** How many sessions wait for each id. */
export function blockers(processes: readonly Process[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const process of processes) {
    for (const id of process.blockedBy) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** From a waiting session to the one that holds everything up; ends where a cycle closes. */
export function blockingChain(processes: readonly Process[], id: string): string[] {
  const byId = new Map(processes.map((process) => [process.id, process]));
  const chain = [id];
  for (;;) {
    const next = byId.get(chain[chain.length - 1] as string)?.blockedBy[0];
    if (next === undefined) return chain;
    if (chain.includes(next)) return [...chain, next];
    chain.push(next);
  }
}

/** The sessions that wait for one directly. */
export function waitingFor(processes: readonly Process[], id: string): string[] {
  return processes.filter((p) => p.blockedBy.includes(id)).map((p) => p.id);
}

/** Who a session is, for a question that must name whom it ends. */
export function describe(process: Process): string {
  const parts = [process.id];
  if (process.user) parts.push(`user ${process.user}`);
  if (process.database) parts.push(`database ${process.database}`);
  if (process.application) parts.push(`application ${process.application}`);
  if (process.host) parts.push(`from ${process.host}`);
  return parts.join(", ");
}

/** Seconds after which an active statement is marked long: a minute is rare in what people wait for. */
export const longSeconds = 60;

export type Mark = "blocked" | "blocking" | "long" | "idle" | "active";

export function markOf(process: Process, blockedCount: number): Mark {
  if (process.blockedBy.length > 0) return "blocked";
  if (blockedCount > 0) return "blocking";
  if (!process.active) return "idle";
  return (process.seconds ?? 0) >= longSeconds ? "long" : "active";
}
