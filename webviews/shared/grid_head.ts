// The grid's head: column headers that sort and resize, and under them a row of filters.
// Headers form one tab stop (roving focus): arrows move, Enter sorts, Shift+Enter adds a sort key,
// Alt+arrows resize, arrow down goes to the rows.
import type { Column } from "../../protocol/generated/ts/protocol.js";
import { el, elide } from "./dom.js";
import { oneLine } from "./format.js";
import { icon } from "./icons.js";

export interface SortMark {
  column: number;
  descending: boolean;
}

export interface HeadEvents {
  sort(column: number, add: boolean): void;
  filter(column: number, text: string): void;
  resize(column: number, width: number): void;
  fit(column: number): void;
  menu(x: number, y: number, column: number): void;
  leave(): void;
}

export const filterHint =
  "Text to find, or: =text, !=text, !text (does not contain), <5, <=5, >5, >=5, null, !null";

/** Why the values of a column need care, and whether they are hidden. */
function careText(column: Column): string {
  if (column.sensitive === undefined) return "";
  const what = column.sensitive === "secret" ? "Secret" : "Personal";
  const hidden = column.redacted === true ? " Its values are hidden." : "";
  return `${what}: ${column.sensitiveBecause ?? ""}.${hidden}`;
}

function careMark(column: Column): HTMLElement | null {
  if (column.sensitive === undefined) return null;
  const text = careText(column);
  const mark = el("span", { class: "care-mark", role: "img", "aria-label": text, title: text });
  mark.append(icon(column.redacted === true ? "lock" : "eye"));
  return mark;
}

export class GridHead {
  readonly element: HTMLElement;
  private readonly strip_ = el("div", { class: "grid-strip", role: "presentation" });
  private readonly filterStrip_ = el("div", { class: "grid-strip" });
  private readonly filterRow_: HTMLElement;
  private headers_: HTMLElement[] = [];
  private inputs_: HTMLInputElement[] = [];
  private marks_: HTMLElement[] = [];
  private edges_: readonly number[] = [];

  constructor(private readonly events_: HeadEvents) {
    const corner = el("div", { class: "grid-gutter", role: "columnheader", "aria-label": "Row" });
    const head = el("div", { class: "grid-row", role: "row", "aria-rowindex": 1 }, [
      corner,
      this.strip_,
    ]);
    const mark = el("div", { class: "grid-gutter", title: filterHint }, [icon("filter")]);
    this.filterRow_ = el("div", { class: "grid-row grid-filters", hidden: true }, [
      mark,
      this.filterStrip_,
    ]);
    this.element = el("div", { class: "grid-head", role: "rowgroup" }, [head, this.filterRow_]);
    this.strip_.addEventListener("keydown", (event) => this.key(event));
  }

  setColumns(columns: readonly Column[]): void {
    this.marks_ = columns.map(() => el("span", { class: "sort-mark" }));
    this.headers_ = columns.map((column, i) => this.header(column, i));
    this.inputs_ = columns.map((column, i) => this.filterInput(column, i));
    this.strip_.replaceChildren(...this.headers_);
    this.filterStrip_.replaceChildren(...this.inputs_);
  }

  layout(edges: readonly number[], gutter: number): void {
    this.edges_ = edges;
    this.element.style.setProperty("--grid-gutter", `${gutter}px`);
    const place = (element: HTMLElement, i: number) => {
      element.style.left = `${edges[i]}px`;
      element.style.width = `${(edges[i + 1] ?? 0) - (edges[i] ?? 0)}px`;
    };
    this.headers_.forEach(place);
    this.inputs_.forEach(place);
  }

  setSort(marks: readonly SortMark[]): void {
    this.headers_.forEach((header, column) => {
      const at = marks.findIndex((mark) => mark.column === column);
      const found = marks[at];
      const state = found === undefined ? "none" : found.descending ? "descending" : "ascending";
      header.setAttribute("aria-sort", state);
      const mark = this.marks_[column];
      if (mark === undefined) return;
      mark.replaceChildren();
      if (found === undefined) return;
      mark.append(icon(found.descending ? "sortDown" : "sortUp"));
      if (marks.length > 1) mark.append(String(at + 1));
    });
  }

  get filtersShown(): boolean {
    return !this.filterRow_.hidden;
  }

  showFilters(shown: boolean): void {
    this.filterRow_.hidden = !shown;
    if (shown) this.inputs_[0]?.focus();
  }

  /** By column; those that are left out are empty. */
  setFilters(texts: ReadonlyMap<number, string>): void {
    this.inputs_.forEach((input, column) => (input.value = texts.get(column) ?? ""));
  }

  setFilterError(column: number, message: string): void {
    const input = this.inputs_[column];
    input?.setCustomValidity(message);
    input?.setAttribute("aria-invalid", String(message !== ""));
  }

  focusColumn(column: number): void {
    this.headers_.forEach((header, i) => (header.tabIndex = i === column ? 0 : -1));
    this.headers_[column]?.focus();
  }

  private header(column: Column, index: number): HTMLElement {
    const name = el("bdi", { class: "column-name" }, [
      oneLine(elide(column.name, 200)) || "(no name)",
    ]);
    const type = el("span", { class: "column-type" }, [elide(column.type, 60)]);
    const mark = this.marks_[index] ?? null;
    const handle = el("span", { class: "resize-handle", "aria-hidden": true });
    const header = el(
      "div",
      {
        class: `grid-header kind-${column.kind}`,
        role: "columnheader",
        tabindex: index === 0 ? 0 : -1,
        title: [oneLine(elide(column.name, 2000)), column.type, careText(column)]
          .filter((line) => line !== "")
          .join("\n"),
        "aria-colindex": index + 2,
        "aria-sort": "none",
      },
      [el("span", { class: "column-line" }, [name, careMark(column), mark]), type, handle],
      {
        click: (event) => this.events_.sort(index, event.shiftKey),
        contextmenu: (event) => {
          event.preventDefault();
          const box = header.getBoundingClientRect();
          // From the keyboard there is no place.
          const byKey = event.clientX === 0 && event.clientY === 0;
          this.events_.menu(
            byKey ? box.left : event.clientX,
            byKey ? box.bottom : event.clientY,
            index,
          );
        },
      },
    );
    this.attachResize(handle, index);
    return header;
  }

  private attachResize(handle: HTMLElement, index: number): void {
    handle.addEventListener("click", (event) => event.stopPropagation());
    handle.addEventListener("dblclick", () => this.events_.fit(index));
    handle.addEventListener("pointerdown", (down) => {
      down.preventDefault();
      handle.setPointerCapture(down.pointerId);
      const width = this.width(index);
      const move = (event: PointerEvent) =>
        this.events_.resize(index, width + event.clientX - down.clientX);
      handle.addEventListener("pointermove", move);
      const stop = () => handle.removeEventListener("pointermove", move);
      handle.addEventListener("pointerup", stop, { once: true });
      handle.addEventListener("pointercancel", stop, { once: true });
    });
  }

  private width(column: number): number {
    return (this.edges_[column + 1] ?? 0) - (this.edges_[column] ?? 0);
  }

  private filterInput(column: Column, index: number): HTMLInputElement {
    const input = el("input", {
      class: "grid-filter",
      type: "text",
      placeholder: "filter",
      title: filterHint,
      spellcheck: "false",
      dir: "auto",
      "aria-label": `Filter ${elide(column.name, 60)}`,
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const apply = () => {
      clearTimeout(timer);
      this.events_.filter(index, input.value);
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(apply, 400);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") apply();
      else if (event.key === "Escape" && input.value !== "") {
        input.value = "";
        apply();
      }
    });
    return input;
  }

  private key(event: KeyboardEvent): void {
    const column = this.headers_.indexOf(event.target as HTMLElement);
    if (column < 0) return;
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0 && event.altKey) this.events_.resize(column, this.width(column) + step * 16);
    else if (step !== 0) this.focusColumn(clamp(column + step, this.headers_.length));
    else if (event.key === "Enter" || event.key === " ") this.events_.sort(column, event.shiftKey);
    else if (event.key === "ArrowDown") this.events_.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function clamp(value: number, length: number): number {
  return Math.min(Math.max(value, 0), length - 1);
}
