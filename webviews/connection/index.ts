import "./style.css";
import { connectPage } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { ConnectionPage, type ConnectionState } from "./page.js";

let page: ConnectionPage | undefined;

const bridge = connectPage(({ params }) => {
  const kept = bridge.state as ConnectionState | undefined;
  const wanted = (params ?? kept) as ConnectionState | undefined;
  if (wanted?.engines === undefined || wanted.engines.length === 0) return;
  const isKept = page === undefined && kept?.profile?.id === wanted.profile?.id;
  page?.dispose();
  const state = isKept && kept?.typed !== undefined ? { ...wanted, typed: kept.typed } : wanted;
  bridge.state = state;
  page = new ConnectionPage(bridge, state, pageRoot());
});
bridge.ready();
