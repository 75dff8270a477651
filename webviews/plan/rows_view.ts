// A list of lines of one height of which only those in view, and some beyond, have elements.
import { el } from "../shared/dom.js";

const beyond = 12;

export interface RowsSource {
  readonly rowHeight: number;
  count(): number;
  draw(row: number): HTMLElement;
}

export class RowsView {
  readonly element: HTMLElement;
  private readonly space_ = el("div", { class: "rows-space", role: "presentation" });
  private readonly drawn_ = new Map<number, HTMLElement>();
  private top_ = 0;

  constructor(
    private readonly source_: RowsSource,
    className: string,
    private readonly head_?: HTMLElement,
  ) {
    const parts = head_ === undefined ? [this.space_] : [head_, this.space_];
    this.element = el("div", { class: `rows ${className}` }, parts);
    this.element.addEventListener("scroll", () => {
      this.top_ = this.element.scrollTop;
      this.paint();
    });
    new ResizeObserver(() => {
      // A view that was put away and is shown again starts where it was.
      if (this.element.scrollTop !== this.top_) this.element.scrollTop = this.top_;
      this.paint();
    }).observe(this.element);
  }

  /** Draws every line in view anew. */
  redraw(): void {
    this.space_.style.height = `${this.source_.count() * this.source_.rowHeight}px`;
    for (const row of this.drawn_.values()) row.remove();
    this.drawn_.clear();
    this.paint();
  }

  /** Scrolls no further than needed. */
  reveal(row: number): void {
    const { rowHeight } = this.source_;
    const head = this.head_?.offsetHeight ?? 0;
    const height = this.element.clientHeight - head;
    if (height <= 0) {
      this.top_ = Math.max(0, (row - 3) * rowHeight);
      return;
    }
    const at = row * rowHeight;
    if (at < this.element.scrollTop) this.element.scrollTop = at;
    else if (at + rowHeight > this.element.scrollTop + height)
      this.element.scrollTop = at + rowHeight - height;
    this.top_ = this.element.scrollTop;
    this.paint();
  }

  row(row: number): HTMLElement | undefined {
    return this.drawn_.get(row);
  }

  private paint(): void {
    const { scrollTop, clientHeight } = this.element;
    if (clientHeight === 0) return;
    const { rowHeight } = this.source_;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
    const end = Math.min(
      this.source_.count(),
      Math.ceil((scrollTop + clientHeight) / rowHeight) + beyond,
    );
    for (const [row, element] of this.drawn_) {
      if (row >= first && row < end) continue;
      if (element.contains(document.activeElement)) continue; // keep the keyboard's place
      element.remove();
      this.drawn_.delete(row);
    }
    for (let row = first; row < end; ++row) {
      if (this.drawn_.has(row)) continue;
      const element = this.source_.draw(row);
      element.classList.add("row");
      element.style.top = `${row * rowHeight}px`;
      this.drawn_.set(row, element);
      this.space_.append(element);
    }
  }
}
