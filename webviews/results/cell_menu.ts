// What can be done with the cells that are selected: copied, saved, revealed, looked at.
import type { Bridge } from "../shared/bridge.js";
import { plural } from "../shared/format.js";
import type { Grid } from "../shared/grid.js";
import type { CellAt } from "../shared/grid_math.js";
import { openMenu } from "../shared/menu.js";
import { mostCopiedRows, rangeText } from "./copy.js";
import type { CopyFormat } from "./layout.js";
import type { ResultSet } from "./result_set.js";

export interface CellMenuEvents {
  /** The result in view. */
  current(): ResultSet | undefined;
  openCell(at: CellAt): void;
  /** The values of a column are shown from now on. */
  revealed(set: ResultSet): void;
  /** For a screen reader. */
  say(text: string): void;
  failed(error: unknown): void;
}

export class CellMenu {
  constructor(
    private readonly bridge_: Bridge,
    private readonly grid_: Grid,
    private readonly events_: CellMenuEvents,
  ) {}

  open(x: number, y: number, column = this.grid_.active.column): void {
    const set = this.events_.current();
    const hidden = set?.resultId !== undefined && set.columns[column]?.redacted === true;
    const reveal = () => this.reveal(column);
    openMenu(
      [
        ...(hidden ? [{ label: "Reveal values of this column", run: reveal }] : []),
        { label: "Copy", run: () => this.copy("text") },
        { label: "Copy with headers", run: () => this.copy("textWithHeaders") },
        { label: "Copy as CSV", run: () => this.copy("csv") },
        { label: "Copy as JSON", run: () => this.copy("json") },
        { label: "Copy first column as SQL IN list", run: () => this.copy("inList") },
        { label: "Show the cell", run: () => this.events_.openCell(this.grid_.active) },
        { label: `Save up to ${mostCopiedRows / 1000},000 rows as CSV…`, run: () => this.save() },
      ],
      x,
      y,
    );
  }

  copy(format: CopyFormat): void {
    const set = this.events_.current();
    const range = this.grid_.selection;
    if (set === undefined || range === undefined) return;
    rangeText(this.bridge_, set, range, format).then(
      (text) => {
        this.bridge_.action("copy", { text });
        this.events_.say(`Copied ${plural(range.endRow - range.firstRow, "row", "rows")}`);
      },
      (error: unknown) => this.events_.failed(error),
    );
  }

  private reveal(column: number): void {
    const set = this.events_.current();
    if (set?.resultId === undefined) return;
    this.bridge_.request("result/reveal", { resultId: set.resultId, column }).result.then(
      () => {
        set.revealed(column);
        this.events_.revealed(set);
        this.events_.say(`Values of ${set.columns[column]?.name ?? ""} shown`);
      },
      (error: unknown) => this.events_.failed(error),
    );
  }

  private save(): void {
    const set = this.events_.current();
    if (set === undefined) return;
    const endRow = Math.min(set.rowCount, mostCopiedRows);
    const range = { firstRow: 0, endRow, firstColumn: 0, endColumn: set.columns.length };
    rangeText(this.bridge_, set, range, "csv").then(
      (text) => this.bridge_.action("save", { suggestedName: "result.csv", text }),
      (error: unknown) => this.events_.failed(error),
    );
  }
}
