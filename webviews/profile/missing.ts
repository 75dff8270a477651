// What could not be measured, why, and what to do about it.
import type { Unavailable } from "../../protocol/generated/ts/protocol.js";
import { button, el, elide, foreign } from "../shared/dom.js";
import { icon } from "../shared/icons.js";

export interface MissingEvents {
  copy(text: string): void;
  /** Absent when there is no connection to run on. */
  enable: (() => void) | undefined;
}

/** Undefined when nothing is missing. */
export function drawMissing(
  missing: readonly Unavailable[],
  events: MissingEvents,
): HTMLElement | undefined {
  if (missing.length === 0) return undefined;
  const { enable } = events;
  const canEnable = enable !== undefined && missing.some((part) => part.canEnable === true);
  return el("section", { class: "missing", "aria-label": "Not measured" }, [
    el("h2", {}, ["Not measured"]),
    canEnable &&
      el("p", {}, [button("Enable for one run…", enable, { class: "primary" }, icon("play"))]),
    el(
      "ul",
      {},
      missing.map((part) => drawPart(part, events)),
    ),
  ]);
}

function drawPart({ what, reason, fix, canEnable }: Unavailable, events: MissingEvents) {
  return el("li", {}, [
    el("b", {}, [icon("info", "severity-info"), " ", foreign(what)]),
    canEnable === true && el("span", { class: "badge" }, ["can be enabled for one run"]),
    el("p", { dir: "auto" }, [elide(reason, 1000)]),
    fix !== undefined && el("pre", { class: "sql", dir: "auto", tabindex: 0 }, [elide(fix, 2000)]),
    fix !== undefined &&
      button("Copy fix", () => events.copy(fix), {
        "aria-label": `Copy the fix of: ${elide(what, 80)}`,
      }),
  ]);
}
