// Plans in a file or in text from the clipboard: read by the helper, then shown; when there are several, as in a log,
// the user chooses one.
import type { ExplainResult } from "../../protocol/generated/ts/protocol.js";
import { failureBanner } from "../shared/banner.js";
import { type Bridge, RequestError } from "../shared/bridge.js";
import { button, el, elide } from "../shared/dom.js";
import { headline } from "./words.js";

export interface SavedPlans {
  text: string;
  /** Of the file, or what the text is. */
  name: string;
}

export function openSaved(
  bridge: Bridge,
  { text, name }: SavedPlans,
  root: HTMLElement,
  show: (result: ExplainResult) => void,
): void {
  root.replaceChildren(el("div", { class: "empty", role: "status" }, [`Reading ${name}…`]));
  bridge.request("plan/open", { text }).result.then(
    ({ plans }) => {
      const [only, ...others] = plans;
      if (only !== undefined && others.length === 0) show(only);
      else root.replaceChildren(chooser(name, plans, show));
    },
    (error: unknown) => {
      const failure = RequestError.of(error);
      const again = () => openSaved(bridge, { text, name }, root, show);
      root.replaceChildren(failureBanner(`${name}: ${failure.message}`, failure, again));
    },
  );
}

function chooser(
  name: string,
  plans: readonly ExplainResult[],
  show: (result: ExplainResult) => void,
): HTMLElement {
  const item = (plan: ExplainResult) =>
    el("li", {}, [
      button(headline(plan), () => show(plan)),
      el("pre", { class: "asked", dir: "ltr" }, [elide(plan.tree.sql, 400)]),
    ]);
  return el("main", { class: "saved" }, [
    el("h2", {}, [`${name} holds ${plans.length} plans`]),
    el("ol", {}, plans.map(item)),
  ]);
}
