import "./style.css";
import { connectPage } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { ResultsPage, type ResultsState } from "./page.js";

let page: ResultsPage | undefined;

const bridge = connectPage(({ params }) => {
  const kept = bridge.state as ResultsState | undefined;
  const wanted = (params ?? kept) as ResultsState | undefined;
  if (wanted?.sql === undefined) return;
  // A page that has just loaded and finds its own state was shown before: it never runs by itself again.
  const restored =
    page === undefined && kept?.sql === wanted.sql && kept.sessionId === wanted.sessionId;
  page?.dispose();
  page = new ResultsPage(bridge, wanted, pageRoot());
  bridge.state = wanted;
  if (restored) page.restored();
  else page.start();
});
bridge.ready();
