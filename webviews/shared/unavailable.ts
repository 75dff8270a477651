// A part that the server could not give: what, why, and the statement that brings it. unavailable.css is its look.
import type { Unavailable } from "../../protocol/generated/ts/protocol.js";
import { button, type Child, el, elide, foreign } from "./dom.js";
import { icon } from "./icons.js";

export function drawUnavailable(
  { what, reason, fix, canEnable }: Unavailable,
  copy: (text: string) => void,
): Child[] {
  return [
    el("b", {}, [icon("info", "severity-info"), " ", foreign(what)]),
    canEnable === true && el("span", { class: "badge" }, ["can be enabled for one run"]),
    el("p", { dir: "auto" }, [elide(reason, 1000)]),
    fix !== undefined && el("pre", { class: "sql", dir: "auto", tabindex: 0 }, [elide(fix, 2000)]),
    fix !== undefined &&
      button("Copy fix", () => copy(fix), {
        "aria-label": `Copy the fix of: ${elide(what, 80)}`,
      }),
  ];
}
