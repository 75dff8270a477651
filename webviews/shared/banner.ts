// A line above the content of a page: what happened, and what can be done about it.
import type { RequestError } from "./bridge.js";
import { button, type Child, el, elide } from "./dom.js";
import { icon, type IconName } from "./icons.js";

export type Mood = "ok" | "info" | "warning" | "error";

const looks: Record<Mood, { icon: IconName; severity: string }> = {
  ok: { icon: "ok", severity: "ok" },
  info: { icon: "info", severity: "info" },
  warning: { icon: "warning", severity: "warning" },
  error: { icon: "critical", severity: "critical" },
};

/** An error is read out when it comes; whoever shows another mood says it in a live region. */
export function banner(mood: Mood, said: Child, ...actions: Child[]): HTMLElement {
  const look = looks[mood];
  return el("div", { class: `banner ${mood}`, role: mood === "error" ? "alert" : "note" }, [
    icon(look.icon, `severity-${look.severity}`),
    el("div", { dir: "auto" }, [typeof said === "string" ? elide(said, 2000) : said]),
    ...actions,
  ]);
}

/** What failed, the helper's hint, and a way to try again. */
export function failureBanner(what: string, error: RequestError, retry: () => void): HTMLElement {
  const hint = error.data?.hint;
  return banner(
    "error",
    what,
    hint !== undefined && el("span", {}, [elide(hint, 600)]),
    button("Try again", retry, {}, icon("refresh")),
  );
}
