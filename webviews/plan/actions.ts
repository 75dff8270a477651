// What can be done about a finding from the plan page: its index tried and created, the plan before it looked at.
import type { Finding, PlanRecord, Remedy } from "../../protocol/generated/ts/protocol.js";
import { createIndex } from "./fix.js";
import type { Action } from "../shared/findings.js";
import { compareRecord, fastest, tellsOfEarlierPlan } from "./history.js";
import type { PlanHost } from "./page_host.js";
import { tryIndexes } from "./what_if.js";

export const actionsOf =
  (page: PlanHost, earlier: readonly PlanRecord[]) =>
  (finding: Finding, remedy?: Remedy): Action[] =>
    remedy === undefined ? planActions(page, finding, earlier) : indexActions(page, remedy);

function planActions(page: PlanHost, finding: Finding, earlier: readonly PlanRecord[]): Action[] {
  const record = tellsOfEarlierPlan(finding) ? fastest(earlier) : undefined;
  if (record === undefined) return [];
  const run = () => void compareRecord(page, record);
  return [{ label: "Compare with the earlier plan", icon: "join", run }];
}

function indexActions(page: PlanHost, { sql, createsIndex, tradeOff }: Remedy): Action[] {
  if (sql === undefined || createsIndex !== true || page.asked === undefined) return [];
  const create = () => void createIndex(page, { sql, tradeOff });
  const actions: Action[] = [];
  if (page.can("whatIf"))
    actions.push({
      label: "Try it",
      icon: "play",
      title: "The plan with this index, without creating it",
      run: () => void tryIndexes(page, [sql], create),
    });
  if (page.state.readOnly !== true)
    actions.push({
      label: "Create…",
      icon: "plus",
      title: "Creates it, plans again and shows what it did; it can be taken back",
      run: create,
    });
  return actions;
}
