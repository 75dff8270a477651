// Mouse, wheel and keyboard of the grid.
import type { Grid } from "./grid.js";
import { type CellAt, type Move, moveCell } from "./grid_math.js";

const moves: Record<string, Move> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  PageUp: "pageUp",
  PageDown: "pageDown",
  Home: "rowStart",
  End: "rowEnd",
};

const controlMoves: Record<string, Move> = {
  Home: "first",
  End: "last",
  ArrowLeft: "rowStart",
  ArrowRight: "rowEnd",
};

export function attachGridInput(grid: Grid): void {
  grid.view.addEventListener("keydown", (event) => key(grid, event));
  grid.view.addEventListener("wheel", (event) => wheel(grid, event), { passive: false });
  grid.view.addEventListener("pointerdown", (event) => press(grid, event));
  grid.view.addEventListener("dblclick", (event) => {
    const at = grid.cellAtPoint(event.target);
    if (at !== undefined && at.column >= 0) grid.events.openCell(at);
  });
  grid.view.addEventListener("mouseover", (event) => showWhole(event.target));
  grid.view.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    grid.events.menu(event.clientX, event.clientY);
  });
}

/** Gives an elided cell its tooltip only when the pointer is on it: most cells never need one. */
function showWhole(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement) || !target.classList.contains("grid-cell")) return;
  target.title = target.scrollWidth > target.clientWidth ? target.innerText : "";
}

function wheel(grid: Grid, event: WheelEvent): void {
  if (event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
  const page = event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? grid.view.clientHeight : unit;
  if (!grid.scrollBy(event.deltaY * page)) return;
  if (event.deltaX !== 0) grid.view.scrollLeft += event.deltaX;
  event.preventDefault();
}

function press(grid: Grid, event: PointerEvent): void {
  const at = grid.cellAtPoint(event.target);
  if (at === undefined || event.button > 2 || event.button === 1) return;
  const inSelection = event.button === 2 && isSelected(grid, at);
  if (inSelection) return;
  event.preventDefault();
  if (at.column < 0) {
    selectRows(grid, at.row, event.shiftKey);
    return;
  }
  grid.setActive(at, event.shiftKey, true);
  if (event.button === 0) drag(grid);
}

function isSelected(grid: Grid, at: CellAt): boolean {
  const range = grid.selection;
  if (range === undefined) return false;
  const inRows = at.row >= range.firstRow && at.row < range.endRow;
  return (
    inRows && (at.column < 0 || (at.column >= range.firstColumn && at.column < range.endColumn))
  );
}

function selectRows(grid: Grid, row: number, extend: boolean): void {
  const from = extend ? (grid.selection?.firstRow ?? row) : row;
  grid.select({ row: from, column: 0 }, { row, column: grid.columnCount - 1 });
  grid.view.focus({ preventScroll: true });
}

function drag(grid: Grid): void {
  const move = (event: PointerEvent) => {
    const at = grid.cellAtPoint(document.elementFromPoint(event.clientX, event.clientY));
    if (at === undefined || at.column < 0) return;
    if (at.row === grid.active.row && at.column === grid.active.column) return;
    grid.setActive(at, true, false);
  };
  const stop = () => document.removeEventListener("pointermove", move);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", stop, { once: true });
  document.addEventListener("pointercancel", stop, { once: true });
}

function key(grid: Grid, event: KeyboardEvent): void {
  const control = event.ctrlKey || event.metaKey;
  const move = control ? controlMoves[event.key] : moves[event.key];
  if (move !== undefined) {
    if (move === "up" && grid.active.row === 0 && !event.shiftKey) {
      grid.head.focusColumn(grid.active.column);
    } else if (move === "last") grid.events.last();
    else moveActive(grid, move, event.shiftKey);
  } else if (control && event.key.toLowerCase() === "a") {
    grid.select({ row: 0, column: 0 }, { row: grid.rowCount - 1, column: grid.columnCount - 1 });
  } else if (control && event.key.toLowerCase() === "c") grid.events.copy();
  else if (event.key === "Enter" || event.key === " ") grid.events.openCell(grid.active);
  else if (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) openMenu(grid);
  else return;
  event.preventDefault();
}

function moveActive(grid: Grid, move: Move, extend: boolean): void {
  const to = moveCell(grid.active, move, grid.rowCount, grid.columnCount, grid.pageRows);
  grid.setActive(to, extend, true);
}

function openMenu(grid: Grid): void {
  const cell = document.activeElement ?? grid.view;
  const box = cell.getBoundingClientRect();
  grid.events.menu(box.left + 8, box.top + Math.min(box.height, 24));
}
