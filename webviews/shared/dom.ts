// Elements without HTML text: children that are strings become text nodes, so nothing that a database says
// can turn into markup. Attributes are set one by one; `style` and `on*` attributes are refused by type.

export type Child = Node | string | null | undefined | false;

export interface Attributes {
  class?: string;
  id?: string;
  title?: string;
  role?: string;
  type?: string;
  name?: string;
  value?: string;
  placeholder?: string;
  for?: string;
  href?: string;
  tabindex?: number;
  disabled?: boolean;
  hidden?: boolean;
  checked?: boolean;
  selected?: boolean;
  required?: boolean;
  spellcheck?: "false";
  autocomplete?: string;
  inputmode?: string;
  dir?: "auto" | "ltr";
  [aria: `aria-${string}`]: string | number | boolean | undefined;
  [data: `data-${string}`]: string | number | undefined;
}

type Events = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  children: readonly Child[] = [],
  events: Events = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  const pairs = Object.entries(attributes) as [string, Attributes[keyof Attributes]][];
  for (const [name, value] of pairs) setAttribute(element, name, value);
  append(element, children);
  for (const [name, listener] of Object.entries(events))
    element.addEventListener(name, listener as EventListener);
  return element;
}

export function setAttribute(
  element: Element,
  name: string,
  value: Attributes[keyof Attributes],
): void {
  const isAria = name.startsWith("aria-");
  if (value === undefined || (value === false && !isAria)) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true && !isAria ? "" : String(value));
  }
}

export function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) parent.append(child);
  }
}

export function replace(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** Sets text only when it differs, so that a live table does not disturb a selection or a screen reader. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Foreign text, isolated in direction from what stands around it; its whole in a tooltip when it is long. */
export function foreign(text: string, className = ""): HTMLElement {
  const bdi = el("bdi", { class: className }, [elide(text, 400)]);
  if (text.length > 24) bdi.title = elide(text, 2000);
  return bdi;
}

/** The start of a text that is too long to lay out; never cuts a surrogate pair in two. */
export function elide(text: string, length: number): string {
  if (text.length <= length) return text;
  const code = text.charCodeAt(length - 1);
  const end = code >= 0xd800 && code <= 0xdbff ? length - 1 : length;
  return text.slice(0, end) + "…";
}

/** A button with an icon: in a narrow toolbar only the icon is drawn, and the label is its tooltip. */
export function button(
  label: string,
  onClick: () => void,
  attributes: Attributes = {},
  icon?: Node,
): HTMLButtonElement {
  const listeners = { click: onClick };
  if (icon === undefined)
    return el("button", { type: "button", ...attributes }, [label], listeners);
  const children = [icon, el("span", { class: "label" }, [label])];
  return el("button", { type: "button", title: label, ...attributes }, children, listeners);
}

/** A button that shows only an icon; the label is its name for screen readers and its tooltip. */
export function iconButton(label: string, icon: Node, onClick: () => void): HTMLButtonElement {
  const attributes: Attributes = {
    type: "button",
    class: "icon",
    title: label,
    "aria-label": label,
  };
  return el("button", attributes, [icon], { click: onClick });
}

/** A region whose changes are read out. */
export function liveRegion(): HTMLElement {
  return el("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
}
