// The pane beside a list that tells everything about one entry; details.css is its look.
import { type Child, el, elide, foreign, iconButton } from "./dom.js";
import { icon } from "./icons.js";

export function detailsHeading(title: readonly Child[], close: () => void): HTMLElement {
  const button = iconButton("Close (Escape)", icon("close"), close);
  return el("div", { class: "heading" }, [el("h2", {}, title), button]);
}

/** Names and what is known of them; those without a value are left out. */
export function factList(facts: readonly (readonly [string, string | undefined])[]): HTMLElement {
  const known = facts.filter(([, value]) => value !== undefined && value !== "");
  return el(
    "dl",
    {},
    known.flatMap(([name, value = ""]) => [
      el("dt", {}, [foreign(name)]),
      el("dd", {}, [el("bdi", {}, [elide(value, 4000)])]),
    ]),
  );
}
