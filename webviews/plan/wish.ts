// "Try an index…": indexes that the user writes, to see the plan that the statement would have with them.
import { button, el } from "../shared/dom.js";
import { icon } from "../shared/icons.js";

export interface WishEvents {
  /** As it was typed, for the next time. */
  kept(text: string): void;
  tried(indexes: readonly string[]): void;
  closed(): void;
}

/** An empty line stands between two statements. */
export const wishesIn = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== "");

export class WishPane {
  readonly element: HTMLElement;
  private readonly text_: HTMLTextAreaElement;
  private readonly try_ = button("Try it", () => this.tryIt(), { class: "primary" }, icon("play"));

  constructor(
    text: string,
    private readonly events_: WishEvents,
  ) {
    const keys = (event: KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.tryIt();
      else if (event.key === "Escape") this.events_.closed();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const attributes = {
      id: "wish",
      class: "mono",
      spellcheck: "false",
      dir: "ltr",
      placeholder: "The statement that would create it",
      "aria-describedby": "wish-help",
    } as const;
    this.text_ = el("textarea", attributes, [], {
      input: () => {
        this.update();
        this.events_.kept(this.text_.value);
      },
      keydown: keys,
    });
    this.text_.rows = 3;
    this.text_.value = text;
    this.element = el("form", { class: "wish", "aria-label": "Try an index" }, [
      el("label", { for: "wish" }, ["Try an index that is not there"]),
      this.text_,
      el("div", { class: "wish-tools" }, [
        this.try_,
        button("Close", () => this.events_.closed()),
        el("span", { class: "dim", id: "wish-help" }, [
          "Nothing is created without asking. An empty line between two indexes; Ctrl+Enter tries them.",
        ]),
      ]),
    ]);
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.update();
  }

  focus(): void {
    this.text_.focus();
  }

  private update(): void {
    this.try_.disabled = wishesIn(this.text_.value).length === 0;
  }

  private tryIt(): void {
    const indexes = wishesIn(this.text_.value);
    if (indexes.length > 0) this.events_.tried(indexes);
  }
}
