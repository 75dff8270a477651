// A list as a table: headings sort, rows are one stop of Tab and go by arrows. Rows are kept and updated in place, so that
// a selection, the focus and a screen reader's place survive when it is drawn again. list_table.css is its look.
import { type Badge, drawBadge } from "./badge.js";
import { append, el, elide, foreign, replace } from "./dom.js";
import { icon } from "./icons.js";
import type { ListColumn, ListOrder } from "./list_layout.js";

/** More rows than this are filtered, not scrolled. */
export const mostRows = 500;

export interface ListEvents<Id extends string> {
  sort(column: Id): void;
  select(id: string): void;
  /** Enter: to what tells more about the selected row. */
  open(): void;
  remove?(id: string): void;
}

/** What a row is beside the texts of its columns. */
export interface RowLook<Id extends string> {
  /** Unique in the list, and the same as long as it is the same entry. */
  id: string;
  className?: string;
  badges?: Partial<Record<Id, Badge>>;
  /** Parts of a whole, 0 to 1, drawn as bars. */
  shares?: Partial<Record<Id, number>>;
}

interface Row {
  element: HTMLElement;
  cells: HTMLElement[];
}

export class ListTable<Entry, Id extends string> {
  readonly element: HTMLElement;
  private readonly body_ = el("tbody");
  private readonly heads_: HTMLElement[];
  private readonly rows_ = new Map<string, Row>();
  private order_: string[] = [];
  selected: string | undefined;

  constructor(
    label: string,
    private readonly columns_: readonly ListColumn<Entry, Id>[],
    private readonly look_: (entry: Entry) => RowLook<Id>,
    private readonly events_: ListEvents<Id>,
  ) {
    this.heads_ = columns_.map((column) => this.head(column));
    const table = el("table", { role: "grid", "aria-label": label }, [
      el("thead", {}, [el("tr", {}, this.heads_)]),
      this.body_,
    ]);
    this.element = el("div", { class: "table-view" }, [table]);
    this.body_.addEventListener("keydown", (event) => this.key(event));
  }

  setOrder({ sort, descending }: Pick<ListOrder<Id>, "sort" | "descending">): void {
    this.columns_.forEach((column, i) => {
      const head = this.heads_[i] as HTMLElement;
      const isSorted = column.id === sort;
      const state = !isSorted ? "none" : descending ? "descending" : "ascending";
      head.setAttribute("aria-sort", state);
      const mark = head.querySelector(".sort-mark") as HTMLElement;
      replace(mark, isSorted && icon(descending ? "sortDown" : "sortUp"));
    });
  }

  /** The first `mostRows` entries, in this order. */
  update(entries: readonly Entry[]): void {
    const drawn = entries.slice(0, mostRows).map((entry) => ({ entry, look: this.look_(entry) }));
    this.order_ = drawn.map(({ look }) => look.id);
    const ids = new Set(this.order_);
    for (const [id, row] of this.rows_) {
      if (ids.has(id)) continue;
      row.element.remove();
      this.rows_.delete(id);
    }
    let before: HTMLElement | null = null;
    for (const { entry, look } of drawn) {
      const row: Row = this.rows_.get(look.id) ?? this.create(look.id);
      this.fill(row, entry, look);
      // Moving an element loses its focus: only rows that changed places are moved.
      const place: Element | null =
        before === null ? this.body_.firstElementChild : before.nextElementSibling;
      if (place !== row.element) this.body_.insertBefore(row.element, place);
      before = row.element;
    }
    this.markSelected(false);
  }

  /** Columns about which the server tells nothing. */
  hide(columns: ReadonlySet<Id>): void {
    this.columns_.forEach(({ id }, i) => {
      const hidden = columns.has(id);
      for (const cells of [this.heads_, ...[...this.rows_.values()].map((row) => row.cells)])
        (cells[i] as HTMLElement).hidden = hidden;
    });
  }

  choose(id: string | undefined, focus: boolean): void {
    this.selected = id;
    this.markSelected(focus);
  }

  focusSelected(): void {
    this.markSelected(true);
  }

  private head({ id, title, numeric }: ListColumn<Entry, Id>): HTMLElement {
    const label = [title, el("span", { class: "sort-mark" })];
    const sort = el("button", { class: "link", type: "button" }, label, {
      click: () => this.events_.sort(id),
    });
    return el("th", { class: numeric ? "number" : "", "aria-sort": "none" }, [sort]);
  }

  private create(id: string): Row {
    const cells = this.columns_.map((column) =>
      el("td", { class: `cell-${column.id}${column.numeric ? " number" : ""}`, role: "gridcell" }),
    );
    const element = el("tr", { role: "row", tabindex: -1, "data-id": id }, cells, {
      click: () => this.events_.select(id),
    });
    const row = { element, cells };
    this.rows_.set(id, row);
    return row;
  }

  private fill(row: Row, entry: Entry, { className = "", badges, shares }: RowLook<Id>): void {
    row.element.className = className;
    this.columns_.forEach((column, i) => {
      const cell = row.cells[i] as HTMLElement;
      const badge = badges?.[column.id];
      const share = shares?.[column.id];
      const text = elide(column.text(entry), 300).replace(/\s+/g, " ");
      const stamp = JSON.stringify([text, badge?.label, share]);
      if (cell.dataset["stamp"] === stamp) return;
      cell.dataset["stamp"] = stamp;
      replace(cell, badge !== undefined && drawBadge(badge), badge !== undefined && " ");
      append(cell, [foreign(text), share !== undefined && drawShare(share)]);
    });
  }

  private markSelected(focus: boolean): void {
    const hasSelected = this.selected !== undefined && this.rows_.has(this.selected);
    const stop = hasSelected ? this.selected : this.order_[0];
    for (const [id, row] of this.rows_) {
      const isSelected = id === this.selected;
      row.element.setAttribute("aria-selected", String(isSelected));
      row.element.tabIndex = id === stop ? 0 : -1;
      if (isSelected && focus) row.element.focus();
    }
  }

  private key(event: KeyboardEvent): void {
    const at = this.order_.indexOf((event.target as HTMLElement).dataset["id"] ?? "");
    if (at < 0) return;
    const last = this.order_.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: Math.min(at + 1, last),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: last,
      PageDown: Math.min(at + 15, last),
      PageUp: Math.max(at - 15, 0),
    };
    const target = targets[event.key];
    const id = this.order_[target ?? at] as string;
    if (target !== undefined) {
      this.events_.select(id);
      this.choose(id, true);
    } else if (event.key === "Enter" || event.key === " ") {
      this.events_.select(id);
      this.events_.open();
    } else if (event.key === "Delete" && this.events_.remove) this.events_.remove(id);
    else return;
    event.preventDefault();
  }
}

function drawShare(share: number): HTMLElement {
  const bar = el("span", { class: "share", "aria-hidden": true });
  bar.style.setProperty("--share", String(share));
  return bar;
}
