// The counters that a run moved: a table in groups, with a filter, sorted by what the user chose.
import type { Profile } from "../../protocol/generated/ts/protocol.js";
import { el, foreign, setText } from "../shared/dom.js";
import { plural } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import {
  amountText,
  changeText,
  groupMetrics,
  type MetricChoice,
  type MetricGroup,
  type MetricOrder,
  type MetricRow,
  metricsText,
} from "./metrics_layout.js";

interface Column {
  readonly title: string;
  readonly order?: MetricOrder;
  text(row: MetricRow): string;
}

const value: Column = {
  title: "Value",
  order: "value",
  text: ({ now, unit }) => amountText(now, unit),
};
const compared: readonly Column[] = [
  { title: "Before", text: ({ was, unit }) => amountText(was, unit) },
  { ...value, title: "This run" },
  { title: "Difference", order: "change", text: changeText },
];

export class MetricsView {
  readonly element: HTMLElement;
  private choice_: MetricChoice = { filter: "", order: "server", descending: false };
  private readonly columns_: readonly Column[];
  private readonly table_ = el("table", { class: "metrics", "aria-label": "Counters" });
  private readonly count_ = el("span", { class: "dim", role: "status" });

  constructor(
    private readonly profile_: Profile,
    private readonly former_: Profile | undefined,
  ) {
    this.columns_ = former_ === undefined ? [value] : compared;
    const filter = el(
      "input",
      {
        type: "search",
        placeholder: "Filter counters",
        "aria-label": "Filter counters",
        spellcheck: "false",
      },
      [],
      { input: () => this.choose({ filter: filter.value }) },
    );
    const head = el("div", { class: "section-tools" }, [filter, this.count_]);
    const scroller = el("div", { class: "metrics-scroller" }, [this.table_]);
    this.element = el("div", { class: "metrics-view" }, [head, scroller]);
    this.draw();
  }

  get text(): string {
    return metricsText(this.groups());
  }

  private groups(): MetricGroup[] {
    return groupMetrics(this.profile_.metrics, this.former_?.metrics, this.choice_);
  }

  private choose(choice: Partial<MetricChoice>): void {
    this.choice_ = { ...this.choice_, ...choice };
    this.draw();
  }

  private draw(): void {
    const groups = this.groups();
    const count = groups.reduce((sum, group) => sum + group.rows.length, 0);
    const asked = this.choice_.filter.trim() !== "";
    setText(this.count_, `${plural(count, "counter", "counters")}${asked ? " found" : ""}`);
    const active = this.table_.contains(document.activeElement)
      ? document.activeElement?.textContent
      : undefined;
    this.table_.replaceChildren(this.head(), ...groups.map((group) => this.group(group)));
    const buttons = [...this.table_.querySelectorAll("thead button")] as HTMLElement[];
    buttons.find((button) => button.textContent === active)?.focus();
  }

  private head(): HTMLElement {
    const cell = ({ title, order }: { title: string; order?: MetricOrder }) => {
      const isChosen = order !== undefined && this.choice_.order === order;
      const sorted = isChosen ? (this.choice_.descending ? "descending" : "ascending") : undefined;
      const sign = isChosen && icon(this.choice_.descending ? "sortDown" : "sortUp");
      const content =
        order === undefined
          ? title
          : el("button", { type: "button", class: "sort-button" }, [title, sign], {
              click: () => this.sort(order),
            });
      return el("th", { "aria-sort": sorted, "data-order": order }, [content]);
    };
    return el("thead", {}, [
      el("tr", {}, [cell({ title: "Counter", order: "name" }), ...this.columns_.map(cell)]),
    ]);
  }

  /** Numbers start with the largest, names with the first; the third press is the server's order again. */
  private sort(order: MetricOrder): void {
    const first = order !== "name";
    const { order: chosen, descending } = this.choice_;
    if (chosen !== order) this.choose({ order, descending: first });
    else if (descending === first) this.choose({ descending: !first });
    else this.choose({ order: "server", descending: false });
  }

  private group({ group, rows }: MetricGroup): HTMLElement {
    const span = el("th", {}, [foreign(group)]);
    span.colSpan = this.columns_.length + 1;
    span.scope = "rowgroup";
    return el("tbody", {}, [
      el("tr", { class: "group" }, [span]),
      ...rows.map((row) => this.row(row)),
    ]);
  }

  private row(row: MetricRow): HTMLElement {
    const wide =
      row.wide &&
      el(
        "span",
        { class: "badge", title: "It counts for all sessions: others may have moved it too." },
        [icon("info"), "whole server"],
      );
    return el("tr", {}, [
      el("td", { class: "counter" }, [foreign(row.name), wide]),
      ...this.columns_.map((column) => el("td", { class: "number" }, [column.text(row)])),
    ]);
  }
}
