import "./style.css";
import { connectPage } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { WorkloadPage, type WorkloadState } from "./page.js";

let page: WorkloadPage | undefined;

const bridge = connectPage(({ params }) => {
  const kept = bridge.state as WorkloadState | undefined;
  const wanted = (params ?? kept) as WorkloadState | undefined;
  if (wanted?.sessionId === undefined) return;
  page?.dispose();
  // How many, in which order and which of them outlive a reload.
  const state = kept?.sessionId === wanted.sessionId ? { ...kept, ...wanted } : wanted;
  bridge.state = state;
  page = new WorkloadPage(bridge, state, pageRoot());
  page.start();
});
bridge.ready();
