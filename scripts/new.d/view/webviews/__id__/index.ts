import "./style.css";
import { connectPage } from "../shared/bridge.js";
import { el, replace } from "../shared/dom.js";
import { pageRoot } from "../shared/page.js";
import { summary } from "./layout.js";

const bridge = connectPage(({ params }) => {
  replace(pageRoot(), el("main", {}, [summary(params)]));
});
bridge.ready();
