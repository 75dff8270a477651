// A list of tabs of which one is chosen; arrow keys move between them as the pattern of WAI-ARIA asks.
import { el, elide } from "./dom.js";

export interface Tab {
  id: string;
  label: string;
  title: string;
}

/** Draws the tab list; the focus stays on the chosen tab when it was in the list. */
export function drawTabs(
  list: HTMLElement,
  tabs: readonly Tab[],
  current: string,
  choose: (id: string) => void,
): void {
  const hadFocus = list.contains(document.activeElement);
  list.replaceChildren(
    ...tabs.map((tab) =>
      el(
        "button",
        {
          class: "tab",
          role: "tab",
          type: "button",
          title: elide(tab.title, 600),
          tabindex: tab.id === current ? 0 : -1,
          "aria-selected": tab.id === current,
          "data-tab": tab.id,
        },
        [tab.label],
        { click: () => choose(tab.id), keydown: (event) => tabKey(event, tabs, current, choose) },
      ),
    ),
  );
  if (hadFocus) list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
}

function tabKey(
  event: KeyboardEvent,
  tabs: readonly Tab[],
  current: string,
  choose: (id: string) => void,
): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  const at = tabs.findIndex((tab) => tab.id === current);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  if (next !== undefined) choose(next.id);
  event.preventDefault();
}
