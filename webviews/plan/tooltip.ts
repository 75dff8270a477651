import type { PlanNode } from "../../protocol/generated/ts/protocol.js";
import { el, elide } from "../shared/dom.js";
import { severityBadge } from "../shared/badge.js";
import type { PlanModel } from "./model.js";
import { measures } from "./numbers.js";

/** Shown beside a node while the pointer is on it; the side panel says the same and more to the keyboard. */
export class Tooltip {
  readonly element = el("div", { class: "tooltip", role: "tooltip", hidden: true });
  private timer_: ReturnType<typeof setTimeout> | undefined;

  show(node: PlanNode, model: PlanModel, card: HTMLElement): void {
    clearTimeout(this.timer_);
    this.timer_ = setTimeout(() => this.open(node, model, card), 350);
  }

  hide(): void {
    clearTimeout(this.timer_);
    this.element.hidden = true;
  }

  private open(node: PlanNode, model: PlanModel, card: HTMLElement): void {
    const surface = this.element.parentElement;
    if (surface === null || !card.isConnected) return;
    const numbers = measures(node).slice(0, 7);
    this.element.replaceChildren(
      el("strong", {}, [el("bdi", {}, [elide(node.operation, 120)])]),
      el(
        "dl",
        {},
        numbers.flatMap(({ name, value }) => [el("dt", {}, [name]), el("dd", {}, [value])]),
      ),
      ...model
        .facts(node.id)
        .findings.slice(0, 3)
        .map((finding) =>
          el("p", {}, [severityBadge(finding.severity), " ", elide(finding.title, 160)]),
        ),
    );
    this.element.hidden = false;
    this.place(surface, card);
  }

  private place(surface: HTMLElement, card: HTMLElement): void {
    const area = surface.getBoundingClientRect();
    const at = card.getBoundingClientRect();
    const own = this.element.getBoundingClientRect();
    const below = at.bottom - area.top + 6;
    const top = below + own.height < area.height ? below : at.top - area.top - own.height - 6;
    const left = Math.min(at.left - area.left, area.width - own.width - 6);
    this.element.style.left = `${Math.max(6, left)}px`;
    this.element.style.top = `${Math.max(6, top)}px`;
  }
}
