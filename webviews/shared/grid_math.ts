// Arithmetic of the virtual grid, without DOM.
//
// A browser caps the height of an element (Chromium at about 33.5 million pixels, Firefox at 17.9), so ten
// million rows of 22 pixels do not fit. The scrolled element is therefore at most `maxScrollHeight` high, and
// the grid keeps its own position in *virtual* pixels (exact: 2^53 is far away). Small movements (wheel,
// keys) change the virtual position directly; only dragging the scrollbar goes through the coarser mapping.

export const maxScrollHeight = 8_000_000;

export interface VerticalSpace {
  rowCount: number;
  rowHeight: number;
  /** Height that shows rows. */
  viewHeight: number;
}

/** Height of all rows in virtual pixels. */
export function virtualHeight(space: VerticalSpace): number {
  return space.rowCount * space.rowHeight;
}

/** Height to give the scrolled element. */
export function scrollHeight(space: VerticalSpace): number {
  return Math.min(virtualHeight(space), maxScrollHeight);
}

export function maxVirtualTop(space: VerticalSpace): number {
  return Math.max(0, virtualHeight(space) - space.viewHeight);
}

export function clampTop(space: VerticalSpace, top: number): number {
  return Math.min(Math.max(0, top), maxVirtualTop(space));
}

function maxScrollTop(space: VerticalSpace): number {
  return Math.max(0, scrollHeight(space) - space.viewHeight);
}

export function virtualFromScroll(space: VerticalSpace, scrollTop: number): number {
  const range = maxScrollTop(space);
  if (range === 0) return 0;
  if (virtualHeight(space) <= maxScrollHeight) return clampTop(space, scrollTop);
  return clampTop(space, (scrollTop / range) * maxVirtualTop(space));
}

export function scrollFromVirtual(space: VerticalSpace, top: number): number {
  const range = maxVirtualTop(space);
  if (range === 0) return 0;
  if (virtualHeight(space) <= maxScrollHeight) return clampTop(space, top);
  return (clampTop(space, top) / range) * maxScrollTop(space);
}

/** Rows [first, end) that touch the view. */
export function visibleRows(space: VerticalSpace, top: number): { first: number; end: number } {
  const first = Math.min(space.rowCount, Math.floor(top / space.rowHeight));
  const end = Math.min(space.rowCount, Math.ceil((top + space.viewHeight) / space.rowHeight));
  return { first, end: Math.max(first, end) };
}

/** The position that shows a row whole, moving as little as possible. */
export function topToReveal(space: VerticalSpace, top: number, row: number): number {
  const rowTop = row * space.rowHeight;
  if (rowTop < top) return clampTop(space, rowTop);
  const lowest = rowTop + space.rowHeight - space.viewHeight;
  return lowest > top ? clampTop(space, lowest) : top;
}

/** Left edges of columns from their widths; one more than there are columns. */
export function columnEdges(widths: readonly number[]): number[] {
  const edges = [0];
  for (const width of widths) edges.push((edges[edges.length - 1] as number) + width);
  return edges;
}

/** Columns [first, end) that touch a view of `width` pixels at `left`. */
export function visibleColumns(
  edges: readonly number[],
  left: number,
  width: number,
): { first: number; end: number } {
  const count = edges.length - 1;
  let first = upperBound(edges, left) - 1;
  first = Math.min(Math.max(first, 0), Math.max(count - 1, 0));
  let end = first;
  while (end < count && (edges[end] as number) < left + width) ++end;
  return { first, end };
}

function upperBound(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A rectangle of cells; `end`s are one past the last. */
export interface CellRange {
  firstRow: number;
  endRow: number;
  firstColumn: number;
  endColumn: number;
}

export interface CellAt {
  row: number;
  column: number;
}

export function rangeBetween(a: CellAt, b: CellAt): CellRange {
  return {
    firstRow: Math.min(a.row, b.row),
    endRow: Math.max(a.row, b.row) + 1,
    firstColumn: Math.min(a.column, b.column),
    endColumn: Math.max(a.column, b.column) + 1,
  };
}

export function contains(range: CellRange | undefined, row: number, column: number): boolean {
  return (
    range !== undefined &&
    row >= range.firstRow &&
    row < range.endRow &&
    column >= range.firstColumn &&
    column < range.endColumn
  );
}

export type Move =
  | "up"
  | "down"
  | "left"
  | "right"
  | "pageUp"
  | "pageDown"
  | "rowStart"
  | "rowEnd"
  | "first"
  | "last";

/** Where a key leads from a cell. `page` is the number of rows a view shows. */
export function moveCell(
  from: CellAt,
  move: Move,
  rowCount: number,
  columnCount: number,
  page: number,
): CellAt {
  const row = (value: number) => Math.min(Math.max(value, 0), Math.max(rowCount - 1, 0));
  const column = (value: number) => Math.min(Math.max(value, 0), Math.max(columnCount - 1, 0));
  switch (move) {
    case "up":
      return { row: row(from.row - 1), column: from.column };
    case "down":
      return { row: row(from.row + 1), column: from.column };
    case "left":
      return { row: from.row, column: column(from.column - 1) };
    case "right":
      return { row: from.row, column: column(from.column + 1) };
    case "pageUp":
      return { row: row(from.row - page), column: from.column };
    case "pageDown":
      return { row: row(from.row + page), column: from.column };
    case "rowStart":
      return { row: from.row, column: 0 };
    case "rowEnd":
      return { row: from.row, column: column(columnCount - 1) };
    case "first":
      return { row: 0, column: 0 };
    case "last":
      return { row: row(rowCount - 1), column: column(columnCount - 1) };
  }
}
