import "./style.css";
import { connectPage } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { ProcessesPage, type ProcessesState } from "./page.js";

let page: ProcessesPage | undefined;

const bridge = connectPage(({ params }) => {
  const kept = bridge.state as ProcessesState | undefined;
  const wanted = (params ?? kept) as ProcessesState | undefined;
  if (wanted?.sessionId === undefined) return;
  page?.dispose();
  // Interval and filters outlive a reload.
  const state = kept?.sessionId === wanted.sessionId ? { ...kept, ...wanted } : wanted;
  bridge.state = state;
  page = new ProcessesPage(bridge, state, pageRoot());
  page.start();
});
bridge.ready();
