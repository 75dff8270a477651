// What a run waited for, as bars by their share of it, over those of the run before it.
import type { ProfileWait } from "../../protocol/generated/ts/protocol.js";
import { el, foreign } from "../shared/dom.js";
import { duration, percent, plural } from "../shared/format.js";

const mostWaits = 100;

/** `12 ms · 40 % · 8 samples`. */
export function waitText({ ms, share, samples }: ProfileWait): string {
  const parts = [percent(share)];
  if (ms !== undefined) parts.unshift((samples === undefined ? "" : "≈ ") + duration(ms));
  if (samples !== undefined) parts.push(plural(samples, "sample", "samples"));
  return parts.join(" · ");
}

export function drawWaits(
  waits: readonly ProfileWait[],
  former: readonly ProfileWait[] | undefined,
): HTMLElement {
  const before = new Map((former ?? []).map((wait) => [wait.event, wait]));
  const lines = waits.slice(0, mostWaits).map((wait) => {
    const was = before.get(wait.event);
    before.delete(wait.event);
    return drawWait(wait, was, former !== undefined);
  });
  const gone = [...before.values()].map((wait) =>
    drawWait({ event: wait.event, share: 0 }, wait, true),
  );
  return el("section", { class: "waits", "aria-label": "Waits" }, [
    el("h2", {}, ["Waits"]),
    el("ul", {}, [...lines, ...gone.slice(0, mostWaits)]),
  ]);
}

function drawWait(wait: ProfileWait, was: ProfileWait | undefined, compared: boolean): HTMLElement {
  const bar = (share: number, className: string) => {
    const drawn = el("i", { class: className });
    drawn.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
    return drawn;
  };
  const word = was === undefined ? "new" : `was ${waitText(was)}`;
  return el("li", {}, [
    foreign(wait.event, "wait-name"),
    el("span", { class: "wait-track", "aria-hidden": "true" }, [
      bar(wait.share, "wait-bar kind-wait"),
      was !== undefined && bar(was.share, "wait-bar former"),
    ]),
    el("span", { class: "wait-text" }, [
      wait.share === 0 && was !== undefined ? "gone" : waitText(wait),
      compared && el("span", { class: "dim" }, [` ${word}`]),
    ]),
  ]);
}
