import "./style.css";
import { type Bridge, connectPage } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { type ComparedPlans, ComparePage } from "./compare_page.js";
import { PlanPage, type PlanState } from "./page.js";

let page: PlanPage | ComparePage | undefined;

const bridge = connectPage(({ params }) => {
  const given = (params ?? bridge.state) as PlanState | ComparedPlans | undefined;
  if (given === undefined) return;
  const isFirst = page === undefined;
  if (page instanceof PlanPage) page.dispose();
  page = isComparison(given) ? openComparison(bridge, given) : openPlan(bridge, given, isFirst);
});
bridge.ready();

const isComparison = (given: PlanState | ComparedPlans): given is ComparedPlans =>
  "comparison" in given;

function openComparison(bridge: Bridge, plans: ComparedPlans): ComparePage {
  bridge.state = plans;
  return new ComparePage(bridge, plans, pageRoot());
}

function openPlan(bridge: Bridge, wanted: PlanState, isFirst: boolean): PlanPage {
  const kept = bridge.state as PlanState | undefined;
  const isKept = isFirst && kept?.sql === wanted.sql && kept?.sessionId === wanted.sessionId;
  const choices = kept?.choices;
  // The plan that was shown before a reload is shown again without asking the server.
  const state = isKept && kept !== undefined ? { ...wanted, ...kept } : { ...wanted, choices };
  bridge.state = state;
  const opened = new PlanPage(bridge, state, pageRoot());
  opened.start();
  return opened;
}
