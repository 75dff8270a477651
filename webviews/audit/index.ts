import "./style.css";
import { connectPage } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { noFilter, type Shown } from "./layout.js";
import { AuditPage } from "./page.js";

let page: AuditPage | undefined;

const bridge = connectPage(() => {
  page?.dispose();
  const kept = bridge.state as Shown | undefined;
  page = new AuditPage(bridge, { ...noFilter, ...kept }, pageRoot());
  page.start();
});
bridge.ready();
