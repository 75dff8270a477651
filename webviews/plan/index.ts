import "./style.css";
import { failureBanner } from "../shared/banner.js";
import { type Bridge, connectPage, RequestError } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { ComparePage, type PlansToCompare } from "./compare_page.js";
import type { PlanState } from "./page_host.js";
import { PlanPage } from "./page.js";
import { openSaved, type SavedPlans } from "./saved.js";

let page: PlanPage | undefined;

const bridge = connectPage(({ params }) => {
  const given = (params ?? bridge.state) as PlanState | PlansToCompare | SavedPlans | undefined;
  if (given === undefined) return;
  const isFirst = page === undefined;
  page?.dispose();
  page = undefined;
  if (isSaved(given)) {
    openSaved(bridge, given, pageRoot(), (result) => (page = openPlan(bridge, { result }, false)));
    return;
  }
  page = isComparison(given) ? openComparison(bridge, given) : openPlan(bridge, given, isFirst);
});
bridge.ready();

const isSaved = (given: object): given is SavedPlans => "text" in given;
const isComparison = (given: object): given is PlansToCompare => "before" in given;

/** Two plans come with their comparison, or the helper is asked for it. */
function openComparison(bridge: Bridge, plans: PlansToCompare): undefined {
  const { comparison, before, after } = plans;
  bridge.state = plans;
  if (comparison !== undefined) {
    new ComparePage(bridge, { ...plans, comparison }, pageRoot());
    return;
  }
  bridge.request("plan/compare", { before, after }).result.then(
    (made) => openComparison(bridge, { ...plans, comparison: made }),
    (error: unknown) => {
      const failure = RequestError.of(error);
      const retry = () => openComparison(bridge, plans);
      pageRoot().replaceChildren(failureBanner(failure.message, failure, retry));
    },
  );
}

function openPlan(bridge: Bridge, wanted: PlanState, isFirst: boolean): PlanPage {
  const kept = bridge.state as PlanState | undefined;
  const isKept = isFirst && kept?.sql === wanted.sql && kept?.sessionId === wanted.sessionId;
  const { choices, answering } = kept ?? {};
  // The plan that was shown before a reload is shown again without asking the server.
  const state =
    isKept && kept !== undefined ? { ...wanted, ...kept } : { ...wanted, choices, answering };
  bridge.state = state;
  const opened = new PlanPage(bridge, state, pageRoot());
  opened.start();
  return opened;
}
