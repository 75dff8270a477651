// A small pop-up menu with the keyboard of one: arrows, Home, End, Enter, Escape. One is open at a time.
import { el } from "./dom.js";

export interface MenuEntry {
  label: string;
  run(): void;
  disabled?: boolean;
}

let closeOpenMenu: (() => void) | undefined;

/** Opens at a point of the page, inside the window. Focus returns to where it was. */
export function openMenu(entries: readonly MenuEntry[], x: number, y: number): void {
  closeOpenMenu?.();
  const before = document.activeElement;
  const items = entries.map((entry) =>
    el(
      "div",
      { class: "menu-item", role: "menuitem", tabindex: -1, "aria-disabled": entry.disabled },
      [entry.label],
    ),
  );
  const menu = el("div", { class: "menu", role: "menu" }, items);
  const close = () => {
    closeOpenMenu = undefined;
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("blur", close);
    menu.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  const outside = (event: Event) => {
    if (!menu.contains(event.target as Node)) close();
  };
  items.forEach((item, i) => {
    const entry = entries[i];
    item.addEventListener("click", () => {
      if (entry === undefined || entry.disabled) return;
      close();
      entry.run();
    });
  });
  menu.addEventListener("keydown", (event) => menuKey(event, items, close));
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("blur", close);
  document.body.append(menu);
  place(menu, x, y);
  items[0]?.focus();
  closeOpenMenu = close;
}

function place(menu: HTMLElement, x: number, y: number): void {
  const box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(0, Math.min(x, window.innerWidth - box.width - 4))}px`;
  menu.style.top = `${Math.max(0, Math.min(y, window.innerHeight - box.height - 4))}px`;
}

function menuKey(event: KeyboardEvent, items: HTMLElement[], close: () => void): void {
  const at = items.indexOf(document.activeElement as HTMLElement);
  const last = items.length - 1;
  if (event.key === "ArrowDown") items[at === last ? 0 : at + 1]?.focus();
  else if (event.key === "ArrowUp") items[at <= 0 ? last : at - 1]?.focus();
  else if (event.key === "Home") items[0]?.focus();
  else if (event.key === "End") items[last]?.focus();
  else if (event.key === "Enter" || event.key === " ") items[at]?.click();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
