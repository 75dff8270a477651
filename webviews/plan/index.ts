import "./style.css";
import { connectPage } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { PlanPage, type PlanState } from "./page.js";

let page: PlanPage | undefined;

const bridge = connectPage(({ params }) => {
  const kept = bridge.state as PlanState | undefined;
  const given = params as PlanState | undefined;
  const wanted = given ?? kept;
  if (wanted === undefined) return;
  const isKept =
    page === undefined && kept?.sql === wanted.sql && kept?.sessionId === wanted.sessionId;
  page?.dispose();
  // The plan that was shown before a reload is shown again without asking the server.
  const choices = kept?.choices;
  const state = isKept && kept !== undefined ? { ...wanted, ...kept } : { ...wanted, choices };
  bridge.state = state;
  page = new PlanPage(bridge, state, pageRoot());
  page.start();
});
bridge.ready();
