// The plans that a statement had before: each can be shown, laid beside the present one, and pinned.
import type { Finding, PlanRecord } from "../../protocol/generated/ts/protocol.js";
import { banner } from "../shared/banner.js";
import { button, el, foreign } from "../shared/dom.js";
import { cost, duration, grouped } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import type { PlanHost } from "./page_host.js";

export interface HistoryEvents {
  show(record: PlanRecord): void;
  compare(record: PlanRecord): void;
  /** Resolves to whether it is pinned now. */
  pin(record: PlanRecord, pinned: boolean): Promise<boolean>;
}

/** `2026-02-03 04:05` of a UTC time stamp; anything else as it is. */
export const dayAndTime = (utc: string): string =>
  utc.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, "$1 $2");

/** Events are absent for a saved plan: its history is elsewhere. */
export function drawHistory(
  records: readonly PlanRecord[],
  events: HistoryEvents | undefined,
): HTMLElement {
  return el(
    "ul",
    { class: "history" },
    records.map((record) => drawRecord(record, events)),
  );
}

function recordFacts({ executionMs, totalCost, analyzed, count, version }: PlanRecord): string {
  const parts = [analyzed ? "measured" : "estimated"];
  if (executionMs !== undefined) parts.push(duration(executionMs));
  else if (totalCost !== undefined) parts.push(`cost ${cost(totalCost)}`);
  return [...parts, `seen ${grouped(count)}×`, version].filter((part) => part !== "").join(" · ");
}

function drawRecord(record: PlanRecord, events: HistoryEvents | undefined): HTMLElement {
  const when = dayAndTime(record.lastSeen);
  const named = (action: string) => ({ "aria-label": `${action} the plan of ${when}` });
  const pinned = el("span", { class: "badge" }, [icon("lock"), "pinned"]);
  pinned.hidden = !record.pinned;
  const parts = [
    el("div", { class: "record-head" }, [el("b", {}, [foreign(when)]), pinned]),
    el("div", { class: "dim" }, [foreign(recordFacts(record))]),
  ];
  if (events === undefined) return el("li", {}, parts);
  const pin = button(record.pinned ? "Unpin" : "Pin", () => void change(), named("Pin"));
  pin.title = "A pinned plan is kept however old it gets";
  pin.setAttribute("aria-pressed", String(record.pinned));
  let isPinned = record.pinned;
  const change = async () => {
    pin.disabled = true;
    isPinned = await events.pin(record, !isPinned);
    pin.disabled = false;
    pin.textContent = isPinned ? "Unpin" : "Pin";
    pin.setAttribute("aria-pressed", String(isPinned));
    pinned.hidden = !isPinned;
  };
  return el("li", {}, [
    ...parts,
    el("div", { class: "record-tools" }, [
      button("Show", () => events.show(record), named("Show")),
      button("Compare", () => events.compare(record), {
        "aria-label": `Compare the plan of ${when} with this one`,
      }),
      pin,
    ]),
  ]);
}

/** The earlier plan that a regression is measured against: the fastest that was. */
export function fastest(records: readonly PlanRecord[]): PlanRecord | undefined {
  const measured = records.filter(({ executionMs }) => executionMs !== undefined);
  return measured.sort((a, b) => (a.executionMs ?? 0) - (b.executionMs ?? 0))[0];
}

export const tellsOfEarlierPlan = ({ id }: Finding): boolean => id === "plan-regression";

export function historyOf(page: PlanHost): HistoryEvents | undefined {
  if (page.asked === undefined) return undefined;
  return {
    show: (record) => void showRecord(page, record),
    compare: (record) => void compareRecord(page, record),
    pin: (record, pinned) => pinRecord(page, record, pinned),
  };
}

async function recall(page: PlanHost, record: PlanRecord, retry: () => void) {
  return page.work(page.bridge.request("plan/recall", { id: record.id }), retry);
}

async function showRecord(page: PlanHost, record: PlanRecord): Promise<void> {
  const kept = await recall(page, record, () => void showRecord(page, record));
  const now = page.state.result;
  if (kept === undefined) return;
  page.peek(kept);
  const text = `A plan that was kept, last seen ${dayAndTime(record.lastSeen)}. Its values are masked.`;
  const toNow = () => {
    page.note();
    if (now !== undefined) page.peek(now);
  };
  page.note(
    banner(
      "info",
      text,
      button("Compare with the present plan", () => void compareRecord(page, record)),
      button("Back to the present plan", toNow, {}, icon("undo")),
    ),
  );
}

export async function compareRecord(page: PlanHost, record: PlanRecord): Promise<void> {
  const kept = await recall(page, record, () => void compareRecord(page, record));
  const now = page.state.result;
  if (kept === undefined || now === undefined) return;
  await page.compare(kept.tree, now.tree, {
    title: "An earlier plan and the present one",
    sides: [dayAndTime(record.lastSeen), "Now"],
    notes: [],
    tools: [],
  });
}

async function pinRecord(page: PlanHost, record: PlanRecord, pinned: boolean): Promise<boolean> {
  const call = page.bridge.request("plan/pin", { id: record.id, pinned });
  const done = await page.work(call, () => void pinRecord(page, record, pinned));
  return done === undefined ? !pinned : pinned;
}
