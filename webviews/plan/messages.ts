// What the plan page says where there is no plan: that one is waited for, that it failed, what to do.
import type { RequestError } from "../shared/bridge.js";
import { button, el, elide } from "../shared/dom.js";
import { icon } from "../shared/icons.js";

export const waiting = (what: string, sql: string): HTMLElement =>
  el("div", { class: "empty" }, [
    el("h2", {}, [what]),
    el("pre", { class: "asked", dir: "ltr" }, [elide(sql, 2000)]),
  ]);

export const withoutPlan = (explain: () => void): HTMLElement =>
  el("div", { class: "empty" }, [
    el("h2", {}, ["This run came without a plan"]),
    button("Explain", explain, {}, icon("refresh")),
  ]);

/** The reason stands in a banner above. */
export const notMeasured = (retry: () => void): HTMLElement =>
  el("div", { class: "empty" }, [
    el("h2", {}, ["Nothing was measured"]),
    button("Try again", retry, {}, icon("refresh")),
  ]);

export function noPlan(error: RequestError, retry: () => void): HTMLElement {
  const { hint, engineCode } = error.data ?? {};
  return el("div", { class: "empty", role: "alert" }, [
    el("p", { class: "severity-critical" }, [
      icon("critical"),
      " ",
      error.cancelled ? "Cancelled" : "There is no plan",
    ]),
    el("p", { dir: "auto" }, [elide(error.message, 4000)]),
    engineCode !== undefined && el("p", { class: "dim" }, [`Code ${engineCode}`]),
    hint !== undefined && el("p", { dir: "auto" }, [hint]),
    button("Try again", retry, {}, icon("refresh")),
  ]);
}
