// Search over the steps: what is found stands out everywhere, Enter and Shift+Enter go from one to the next.
import { el, iconButton, setText } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import type { PlanModel } from "./model.js";

export class SearchBox {
  readonly element: HTMLElement;
  private found_: readonly number[] = [];
  private at_ = -1;
  private readonly input_ = el("input", {
    type: "search",
    placeholder: "Search steps  /",
    "aria-label": "Search steps",
    spellcheck: "false",
  });
  private readonly count_ = el("span", { class: "dim search-count" });
  private readonly previous_ = iconButton("Previous (Shift+Enter)", icon("sortUp"), () =>
    this.next(-1),
  );
  private readonly next_ = iconButton("Next (Enter)", icon("sortDown"), () => this.next(1));

  constructor(
    private readonly model_: PlanModel,
    private readonly show_: (id: number) => void,
    private readonly leave_: () => void,
  ) {
    const box = el("span", { class: "search-box" }, [this.input_, this.count_]);
    this.element = el("span", { class: "search" }, [box, this.previous_, this.next_]);
    this.input_.addEventListener("input", () => this.search());
    this.input_.addEventListener("keydown", (event) => this.key(event));
    this.showButtons();
  }

  focus(): void {
    this.input_.focus();
  }

  get count(): string {
    return this.count_.textContent;
  }

  private search(): void {
    this.found_ = this.model_.nodes.search(this.input_.value);
    this.at_ = -1;
    this.model_.found = new Set(this.found_);
    const asked = this.input_.value.trim() !== "";
    setText(this.count_, asked ? plural(this.found_.length, "step", "steps") : "");
    this.showButtons();
    if (this.found_.length > 0) this.next(1);
    else this.show_(this.model_.selected);
  }

  private showButtons(): void {
    this.previous_.hidden = this.next_.hidden = this.found_.length < 2;
  }

  private next(step: number): void {
    const count = this.found_.length;
    if (count === 0) return;
    this.at_ = (this.at_ + step + count) % count;
    setText(this.count_, `${this.at_ + 1} of ${count}`);
    this.show_(this.found_[this.at_] as number);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Enter") this.next(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      this.input_.value = "";
      this.search();
      this.leave_();
    } else return;
    event.preventDefault();
  }
}
