// The side panel that shows one cell in full, as text as it is; JSON can be indented.
import type { Column } from "../../protocol/generated/ts/protocol.js";
import type { Bridge } from "../shared/bridge.js";
import { button, el, foreign, iconButton, replace } from "../shared/dom.js";
import { bytes, grouped } from "../shared/format.js";
import type { CellAt } from "../shared/grid_math.js";
import { icon } from "../shared/icons.js";
import type { ResultSet } from "./result_set.js";

/** The browser lays out this much at once without a pause; the rest can be copied. */
const mostShownCharacters = 500_000;

export class CellViewer {
  readonly element = el("aside", { class: "cell-viewer", "aria-label": "Cell", hidden: true });
  private readonly text_ = el("pre", { class: "cell-text", tabindex: 0, dir: "auto" });
  private indent_ = true;
  private turn_ = 0;

  constructor(
    private readonly bridge_: Bridge,
    private readonly onClose_: () => void,
  ) {
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  get shown(): boolean {
    return !this.element.hidden;
  }

  close(): void {
    this.element.hidden = true;
    this.onClose_();
  }

  /** Shows a cell; a cell that was cut is fetched in full first. */
  async show(set: ResultSet, at: CellAt): Promise<void> {
    const turn = ++this.turn_;
    const column = set.columns[at.column];
    const cells = set.cells(at.row, at.column, at.column + 1);
    if (column === undefined || cells === undefined) return;
    this.element.hidden = false;
    let text = cells[0] ?? null;
    let note = "";
    if (set.resultId !== undefined && set.isCut(at.row, at.column)) {
      const params = { resultId: set.resultId, viewId: set.view?.viewId, ...at };
      const full = await this.bridge_.request("result/cell", params).result;
      text = full.text ?? null;
      if (full.truncated) note = `Only the first 4 MiB of ${bytes(full.bytes)} are kept.`;
    }
    if (turn === this.turn_) this.draw(column, at, text, note);
  }

  private draw(column: Column, at: CellAt, text: string | null, note: string): void {
    const whole = text ?? "NULL";
    const json = column.kind === "json" ? indented(whole) : undefined;
    const shown = json !== undefined && this.indent_ ? json : whole;
    this.text_.classList.toggle("null", text === null);
    this.text_.textContent = shown.slice(0, mostShownCharacters);
    if (shown.length > mostShownCharacters)
      note += ` Shown: the first ${grouped(mostShownCharacters)} characters.`;
    const size =
      text === null
        ? "NULL"
        : `${grouped(text.length)} characters, ${bytes(new TextEncoder().encode(text).length)}`;
    const toggle = () => {
      this.indent_ = !this.indent_;
      this.draw(column, at, text, note);
    };
    replace(
      this.element,
      el("header", {}, [
        el("h2", {}, [foreign(column.name || "(no name)")]),
        iconButton("Copy the cell", icon("copy"), () =>
          this.bridge_.action("copy", { text: text ?? "" }),
        ),
        iconButton("Close", icon("close"), () => this.close()),
      ]),
      el("p", { class: "dim" }, [
        `Row ${grouped(at.row + 1)} · ${column.type || column.kind} · ${size}`,
      ]),
      json !== undefined && button(this.indent_ ? "As stored" : "Indented", toggle),
      this.text_,
      note !== "" && el("p", { class: "dim" }, [note.trim()]),
    );
  }
}

function indented(text: string): string | undefined {
  // Numbers that JavaScript cannot hold exactly would change: then the text stays as the server wrote it.
  if (/\d{16,}/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}
