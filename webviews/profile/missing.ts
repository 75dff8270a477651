// What could not be measured, why, and what to do about it.
import type { Unavailable } from "../../protocol/generated/ts/protocol.js";
import { button, el } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { drawUnavailable } from "../shared/unavailable.js";

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
      missing.map((part) =>
        el(
          "li",
          {},
          drawUnavailable(part, (text) => events.copy(text)),
        ),
      ),
    ),
  ]);
}
