// A list of tabs of which one is chosen; arrow keys move between them as the pattern of WAI-ARIA asks.
import { el, elide, setText } from "./dom.js";

export interface Tab {
  id: string;
  label: string;
  title: string;
}

/**
 * Draws the tab list; the focus stays on the chosen tab when it was in the list. Tabs that are there are
 * updated in place: one that is replaced between press and release, as rows are counted, would lose the click.
 */
export function drawTabs(
  list: HTMLElement,
  tabs: readonly Tab[],
  current: string,
  choose: (id: string) => void,
): void {
  const hadFocus = list.contains(document.activeElement);
  const ids = buttonsOf(list).map((button) => button.dataset["tab"]);
  if (ids.length !== tabs.length || tabs.some(({ id }, i) => id !== ids[i]))
    list.replaceChildren(...tabs.map(({ id }) => drawTab(id, list, choose)));
  buttonsOf(list).forEach((button, i) => {
    const { id, label, title } = tabs[i] as Tab;
    setText(button, label);
    button.title = elide(title, 600);
    button.tabIndex = id === current ? 0 : -1;
    button.setAttribute("aria-selected", String(id === current));
  });
  if (hadFocus) list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
}

const buttonsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>('[role="tab"]')];

const drawTab = (id: string, list: HTMLElement, choose: (id: string) => void) =>
  el("button", { class: "tab", role: "tab", type: "button", "data-tab": id }, [], {
    click: () => choose(id),
    keydown: (event) => tabKey(event, list, choose),
  });

function tabKey(event: KeyboardEvent, list: HTMLElement, choose: (id: string) => void): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  const buttons = buttonsOf(list);
  const at = buttons.findIndex((button) => button.getAttribute("aria-selected") === "true");
  const next = buttons[(at + step + buttons.length) % buttons.length]?.dataset["tab"];
  if (next !== undefined) choose(next);
  event.preventDefault();
}
