// The virtual grid: a table of any number of rows in which only what is visible has elements.
//
// Structure: a head (column headers, filter row) above a scrolled view. Inside the view a sizer is as large as
// the content may be (see grid_math.ts), and in it a sticky layer as large as the view holds the row elements,
// which are moved by transforms. Because the layer is sticky, scrolling that the browser does on its own never
// shows an empty page; the next frame paints what the position asks for.
//
// Painting asks the source for cells synchronously; rows that are not there are shown as loading, and
// `source.need` is told which rows are in view. Who fetched them calls `refresh()`.
import type { Column } from "../../protocol/generated/ts/protocol.js";
import { el, elide } from "./dom.js";
import { oneLine } from "./format.js";
import { GridHead, type SortMark } from "./grid_head.js";
import {
  type CellAt,
  type CellRange,
  clampTop,
  columnEdges,
  contains,
  rangeBetween,
  scrollFromVirtual,
  scrollHeight,
  topToReveal,
  type VerticalSpace,
  virtualFromScroll,
  visibleColumns,
  visibleRows,
} from "./grid_math.js";
import { attachGridInput } from "./grid_input.js";
import type { Cell } from "./row_frame.js";

export const rowHeight = 24;
const cellCharacters = 300;
/** Of a cell, both sides, and its border. */
const cellPadding = 22;

export interface GridSource {
  readonly columns: readonly Column[];
  /** Rows that can be scrolled to. */
  readonly rowCount: number;
  /** Cells [from, to) of a row, or undefined when they have to be fetched. */
  cells(row: number, from: number, to: number): Cell[] | undefined;
  /** Rows [first, end) are in view: fetch what is missing, grant credit. */
  need(first: number, end: number): void;
}

export interface GridEvents {
  sort(column: number, add: boolean): void;
  filter(column: number, text: string): void;
  openCell(at: CellAt): void;
  activeCell(at: CellAt): void;
  copy(): void;
  /** `column` when it was asked for in the head. */
  menu(x: number, y: number, column?: number): void;
  /** The user wants the last row there is, read or not. */
  last(): void;
}

interface RowElement {
  element: HTMLElement;
  gutter: HTMLElement;
  strip: HTMLElement;
  cells: HTMLElement[];
  row: number;
}

export class Grid {
  readonly element: HTMLElement;
  readonly view: HTMLElement;
  readonly head: GridHead;
  private readonly sizer_ = el("div", { class: "grid-sizer" });
  private readonly layer_ = el("div", { class: "grid-layer", role: "rowgroup" });
  private source_: GridSource;
  private widths_: number[] = [];
  private characterWidth_ = 8.5;
  /** Characters of the longest cell painted, by column; undefined once the user has set a width. */
  private longest_: (number | undefined)[] = [];
  private tooNarrow_ = false;
  private edges_: number[] = [0];
  private gutterWidth_ = 40;
  private top_ = 0;
  private ownScrollTop_ = 0;
  private readonly rows_ = new Map<number, RowElement>();
  private readonly spare_: RowElement[] = [];
  private scheduled_ = false;
  private active_: CellAt = { row: 0, column: 0 };
  private anchor_: CellAt | undefined;

  constructor(
    label: string,
    source: GridSource,
    readonly events: GridEvents,
  ) {
    this.source_ = source;
    this.head = new GridHead({
      sort: (column, add) => events.sort(column, add),
      filter: (column, text) => events.filter(column, text),
      resize: (column, width) => this.resizeColumn(column, width),
      fit: (column) => this.resizeColumn(column, this.fittingWidth(column)),
      menu: (x, y, column) => events.menu(x, y, column),
      leave: () => this.setActive(this.active_, false, true),
    });
    this.sizer_.append(this.layer_);
    this.view = el("div", { class: "grid-view", tabindex: 0 }, [this.sizer_]);
    this.element = el(
      "div",
      { class: "grid", role: "grid", "aria-label": label, "aria-multiselectable": true },
      [this.head.element, this.view],
    );
    this.view.addEventListener("scroll", () => this.scrolled());
    attachGridInput(this);
    new ResizeObserver(() => this.refresh()).observe(this.view);
    this.setSource(source);
  }

  /** Shows another source from its first row. */
  setSource(source: GridSource): void {
    this.source_ = source;
    this.measureFont();
    this.widths_ = source.columns.map((column) => this.startWidth(column, undefined));
    this.longest_ = source.columns.map(() => 0);
    this.active_ = { row: 0, column: 0 };
    this.anchor_ = undefined;
    this.top_ = 0;
    this.view.scrollLeft = 0;
    this.head.setColumns(source.columns);
    this.layoutColumns();
    this.refresh();
  }

  /** Widths from the first rows, once they are there. */
  fitToContent(): void {
    this.measureFont();
    this.widths_ = this.source_.columns.map((column, i) => this.startWidth(column, this.sample(i)));
    this.layoutColumns();
    this.refresh();
  }

  setSort(marks: readonly SortMark[]): void {
    this.head.setSort(marks);
  }

  /** Repaints everything in the next animation frame. */
  refresh(): void {
    for (const row of this.rows_.values()) row.row = -1;
    this.schedule();
  }

  /** Repaints everything now: for a caller that is in an animation frame already. */
  repaint(): void {
    for (const row of this.rows_.values()) row.row = -1;
    this.paint();
  }

  scrollToTop(): void {
    this.moveTo(0);
  }

  get rowCount(): number {
    return this.source_.rowCount;
  }

  get columnCount(): number {
    return this.source_.columns.length;
  }

  get active(): CellAt {
    return this.active_;
  }

  /** Selected cells; a single cell when nothing was extended; undefined in an empty grid. */
  get selection(): CellRange | undefined {
    if (this.rowCount === 0 || this.columnCount === 0) return undefined;
    return rangeBetween(this.anchor_ ?? this.active_, this.active_);
  }

  get pageRows(): number {
    return Math.max(1, Math.floor(this.view.clientHeight / rowHeight) - 1);
  }

  setActive(at: CellAt, extend: boolean, focus: boolean): void {
    this.anchor_ = extend ? (this.anchor_ ?? this.active_) : undefined;
    this.active_ = at;
    this.reveal(at);
    this.refresh();
    if (focus) {
      this.paint();
      this.focusActive();
    }
    this.events.activeCell(at);
  }

  /** Selects a rectangle without scrolling; the active cell becomes its corner. */
  select(anchor: CellAt, active: CellAt): void {
    this.anchor_ = anchor;
    this.active_ = active;
    this.refresh();
  }

  focusActive(): void {
    (this.activeCell() ?? this.view).focus({ preventScroll: true });
  }

  private activeCell(): HTMLElement | undefined {
    const row = this.rows_.get(this.active_.row);
    return row?.cells.find((cell) => Number(cell.dataset["column"]) === this.active_.column);
  }

  /** Moves by virtual pixels: exact where the scrollbar is coarse. True when something moved. */
  scrollBy(delta: number): boolean {
    const before = this.top_;
    this.moveTo(this.top_ + delta);
    return this.top_ !== before;
  }

  /** The cell under an element; column -1 is the row number. */
  cellAtPoint(target: EventTarget | null): CellAt | undefined {
    if (!(target instanceof Element)) return undefined;
    const cell = target.closest<HTMLElement>("[data-row]");
    if (cell === null || !this.layer_.contains(cell)) return undefined;
    return { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"] ?? -1) };
  }

  private space(): VerticalSpace {
    return { rowCount: this.rowCount, rowHeight, viewHeight: this.view.clientHeight };
  }

  private scrolled(): void {
    this.adoptScroll();
    this.schedule();
  }

  /** Our own writes come back as events; only what the user dragged is mapped to a position. */
  private adoptScroll(): void {
    if (Math.abs(this.view.scrollTop - this.ownScrollTop_) < 1) return;
    this.top_ = virtualFromScroll(this.space(), this.view.scrollTop);
    this.ownScrollTop_ = this.view.scrollTop;
  }

  private moveTo(top: number): void {
    const space = this.space();
    this.top_ = clampTop(space, top);
    this.view.scrollTop = scrollFromVirtual(space, this.top_);
    this.ownScrollTop_ = this.view.scrollTop;
    this.schedule();
  }

  private reveal(at: CellAt): void {
    this.layoutHeight();
    this.moveTo(topToReveal(this.space(), this.top_, at.row));
    const left = this.edges_[at.column] ?? 0;
    const right = this.edges_[at.column + 1] ?? left;
    const width = this.view.clientWidth - this.gutterWidth_;
    if (left < this.view.scrollLeft) this.view.scrollLeft = left;
    else if (right > this.view.scrollLeft + width)
      this.view.scrollLeft = Math.min(left, right - width);
  }

  private schedule(): void {
    if (this.scheduled_) return;
    this.scheduled_ = true;
    requestAnimationFrame(() => {
      this.scheduled_ = false;
      this.paint();
    });
  }

  private layoutColumns(): void {
    this.edges_ = columnEdges(this.widths_);
    this.head.layout(this.edges_, this.gutterWidth_);
    const total = (this.edges_[this.edges_.length - 1] ?? 0) + this.gutterWidth_;
    this.sizer_.style.width = `${total}px`;
  }

  private layoutHeight(): void {
    const digits = String(Math.max(this.rowCount, 1)).length;
    const gutter = Math.max(36, digits * 8 + 18);
    if (gutter !== this.gutterWidth_) {
      this.gutterWidth_ = gutter;
      this.layoutColumns();
    }
    const height = `${scrollHeight(this.space())}px`;
    if (this.sizer_.style.height !== height) {
      this.adoptScroll();
      this.sizer_.style.height = height;
      // More rows move the place of the same position on the scrollbar.
      this.moveTo(this.top_);
    }
    this.element.setAttribute("aria-rowcount", String(this.rowCount + 1));
    this.element.setAttribute("aria-colcount", String(this.columnCount + 1));
  }

  private paint(): void {
    if (this.view.clientHeight === 0) return;
    this.layoutHeight();
    const left = this.view.scrollLeft;
    this.layer_.style.width = `${this.view.clientWidth}px`;
    this.layer_.style.height = `${this.view.clientHeight}px`;
    this.element.style.setProperty("--grid-left", `${-left}px`);
    this.element.style.setProperty("--grid-gutter", `${this.gutterWidth_}px`);
    const rows = visibleRows(this.space(), this.top_);
    const columns = visibleColumns(this.edges_, left, this.view.clientWidth - this.gutterWidth_);
    this.source_.need(rows.first, rows.end);
    this.recycle(rows.first, rows.end);
    for (let row = rows.first; row < rows.end; ++row) this.paintRow(row, columns);
    // One stop for Tab: the active cell, or what it was scrolled out of.
    this.view.tabIndex = this.activeCell() === undefined ? 0 : -1;
    if (this.tooNarrow_) this.widen();
  }

  /** A number that is cut reads as another one: columns grow with what is seen, those of texts not far. */
  private widen(): void {
    this.tooNarrow_ = false;
    const before = this.widths_;
    this.widths_ = before.map((width, i) => {
      const column = this.source_.columns[i];
      const longest = this.longest_[i];
      if (column === undefined || longest === undefined) return width;
      const most = column.kind === "number" || column.kind === "time" ? undefined : 200;
      return Math.max(width, this.startWidth(column, ["0".repeat(longest)], most));
    });
    if (this.widths_.every((width, i) => width === before[i])) return;
    this.layoutColumns();
    this.refresh();
  }

  private recycle(first: number, end: number): void {
    for (const [row, element] of this.rows_) {
      if (row >= first && row < end) continue;
      if (element.element.contains(document.activeElement)) {
        this.view.focus({ preventScroll: true });
      }
      this.rows_.delete(row);
      element.element.hidden = true;
      this.spare_.push(element);
    }
  }

  private paintRow(row: number, columns: { first: number; end: number }): void {
    let element = this.rows_.get(row);
    if (element === undefined) {
      element = this.spare_.pop() ?? this.createRow();
      this.rows_.set(row, element);
      element.element.hidden = false;
      element.row = -1;
    }
    element.element.style.transform = `translateY(${row * rowHeight - this.top_}px)`;
    const stamp = `${columns.first}-${columns.end}`;
    if (element.row === row && element.element.dataset["columns"] === stamp) return;
    element.element.dataset["columns"] = stamp;
    const cells = this.source_.cells(row, columns.first, columns.end);
    element.row = cells === undefined ? -1 : row;
    element.element.setAttribute("aria-rowindex", String(row + 2));
    element.element.classList.toggle("odd", row % 2 === 1);
    element.gutter.textContent = String(row + 1);
    element.gutter.dataset["row"] = String(row);
    this.paintCells(element, row, columns, cells);
  }

  private createRow(): RowElement {
    const gutter = el("div", { class: "grid-gutter", role: "rowheader", "aria-colindex": 1 });
    const strip = el("div", { class: "grid-strip", role: "presentation" });
    const element = el("div", { class: "grid-row", role: "row" }, [gutter, strip]);
    this.layer_.append(element);
    return { element, gutter, strip, cells: [], row: -1 };
  }

  private paintCells(
    target: RowElement,
    row: number,
    columns: { first: number; end: number },
    cells: Cell[] | undefined,
  ): void {
    const count = columns.end - columns.first;
    while (target.cells.length < count) {
      const cell = el("div", { role: "gridcell", tabindex: -1 });
      target.cells.push(cell);
      target.strip.append(cell);
    }
    target.cells.forEach((cell, i) => {
      cell.hidden = i >= count;
      if (i < count) {
        this.paintCell(cell, { row, column: columns.first + i }, cells === undefined, cells?.[i]);
      }
    });
    const selected = this.selection;
    const whole = selected !== undefined && row >= selected.firstRow && row < selected.endRow;
    target.gutter.classList.toggle("selected", whole);
  }

  private paintCell(
    element: HTMLElement,
    at: CellAt,
    loading: boolean,
    cell: Cell | undefined,
  ): void {
    const { row, column } = at;
    const isActive = this.active_.row === row && this.active_.column === column;
    const isSelected = contains(this.selection, row, column);
    const kind = this.source_.columns[column]?.kind ?? "text";
    element.className = cellClass(kind, loading, cell, isActive, isSelected);
    element.textContent = loading ? "" : cellText(cell ?? null);
    if ((cell?.length ?? 0) > (this.longest_[column] ?? Infinity)) {
      this.longest_[column] = cell?.length;
      this.tooNarrow_ = true;
    }
    element.dataset["row"] = String(row);
    element.dataset["column"] = String(column);
    element.style.left = `${this.edges_[column]}px`;
    element.style.width = `${this.widths_[column]}px`;
    element.setAttribute("aria-colindex", String(column + 2));
    element.setAttribute("aria-selected", String(isSelected));
    element.tabIndex = isActive ? 0 : -1;
    if (loading) element.setAttribute("aria-busy", "true");
    else element.removeAttribute("aria-busy");
  }

  private resizeColumn(column: number, width: number): void {
    this.widths_[column] = Math.min(Math.max(width, 40), 2000);
    this.longest_[column] = undefined;
    this.layoutColumns();
    this.refresh();
  }

  private fittingWidth(column: number): number {
    const kind = this.source_.columns[column];
    return kind === undefined ? 80 : this.startWidth(kind, this.sample(column), 900);
  }

  /** A width in pixels for a column from its name and some of its cells. */
  private startWidth(column: Column, sample: Cell[] | undefined, most = 360): number {
    let characters = Math.max(column.name.length + 3, column.type.length * 0.85);
    characters = Math.min(characters, 28);
    for (const cell of sample ?? []) characters = Math.max(characters, (cell ?? "NULL").length);
    if (sample === undefined) characters = Math.max(characters, 10);
    const width = characters * this.characterWidth_ + cellPadding;
    return Math.round(Math.min(Math.max(width, 64), most));
  }

  /** A character of the user's own font, which differs in width by a third between machines. */
  private measureFont(): void {
    const probe = document.createElement("span");
    probe.className = "grid-probe";
    probe.textContent = "0".repeat(100);
    this.view.append(probe);
    const width = probe.getBoundingClientRect().width / 100;
    probe.remove();
    if (width > 0) this.characterWidth_ = width;
  }

  /** Texts of a column in the rows that are painted. */
  private sample(column: number): Cell[] {
    const cells: Cell[] = [];
    const { first, end } = visibleRows(this.space(), this.top_);
    for (let row = first; row < end; ++row) {
      const found = this.source_.cells(row, column, column + 1);
      if (found !== undefined) cells.push(found[0] ?? null);
    }
    return cells;
  }
}

function cellClass(
  kind: string,
  loading: boolean,
  cell: Cell | undefined,
  active: boolean,
  selected: boolean,
): string {
  const names = ["grid-cell", `kind-${kind}`];
  if (loading) names.push("loading");
  else if (cell === null) names.push("null");
  if (active) names.push("active");
  if (selected) names.push("selected");
  return names.join(" ");
}

/** A grid row has no place for more than a line; the cell viewer shows the text as it is. */
export function cellText(cell: Cell): string {
  if (cell === null) return "NULL";
  return oneLine(elide(cell, cellCharacters));
}
