import "./style.css";
import { connectPage } from "../shared/bridge.js";
import { pageRoot } from "../shared/page.js";
import { AiPage, type Kept } from "./page.js";

let page: AiPage | undefined;

const bridge = connectPage(({ params }) => {
  page?.dispose();
  const kept = bridge.state as Kept | undefined;
  const { tab } = (params ?? {}) as Partial<Kept>;
  page = new AiPage(bridge, { tab: tab ?? kept?.tab ?? "models" }, pageRoot());
  void page.start();
});
bridge.ready();
