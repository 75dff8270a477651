// Copying and saving cells: fetches what is not at hand and what was cut, within limits that are told.
import type { Bridge } from "../shared/bridge.js";
import { grouped } from "../shared/format.js";
import type { CellRange } from "../shared/grid_math.js";
import type { Cell } from "../shared/row_frame.js";
import { type CopyFormat, formatCells } from "./layout.js";
import type { ResultSet } from "./result_set.js";

/** More rows than this belong in an export to a file, not on the clipboard. */
export const mostCopiedRows = 100_000;
const chunkRows = 5_000;
const mostCutCells = 200;

/** The text of a range. Rejects with the reason when rows cannot be read. */
export async function rangeText(
  bridge: Bridge,
  set: ResultSet,
  range: CellRange,
  format: CopyFormat,
): Promise<string> {
  const count = range.endRow - range.firstRow;
  if (count > mostCopiedRows)
    throw new Error(
      `${grouped(count)} rows are too many to copy; the most is ${grouped(mostCopiedRows)}.`,
    );
  const columns = { from: range.firstColumn, to: range.endColumn };
  const rows: Cell[][] = [];
  for (let first = range.firstRow; first < range.endRow; first += chunkRows) {
    const window = { first, count: Math.min(chunkRows, range.endRow - first) };
    rows.push(...(await set.readRows(window, columns)));
  }
  await completeCutCells(bridge, set, range, rows);
  return formatCells(format, set.columns.slice(columns.from, columns.to), rows);
}

/** Replaces cells that frames carry only in part by their full text. */
async function completeCutCells(
  bridge: Bridge,
  set: ResultSet,
  range: CellRange,
  rows: Cell[][],
): Promise<void> {
  if (set.resultId === undefined) return;
  let completed = 0;
  for (const [i, cells] of rows.entries()) {
    for (let c = 0; c < cells.length; ++c) {
      const row = range.firstRow + i;
      const column = range.firstColumn + c;
      if (!set.isCut(row, column) || ++completed > mostCutCells) continue;
      const params = { resultId: set.resultId, viewId: set.view?.viewId, row, column };
      const full = await bridge.request("result/cell", params).result;
      cells[c] = full.text ?? null;
    }
  }
  if (completed > mostCutCells)
    throw new Error(`More than ${mostCutCells} very long cells: copy fewer rows at a time.`);
}
