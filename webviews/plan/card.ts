// A step as a card of the drawn tree.
import { el, foreign } from "../shared/dom.js";
import { icon } from "../shared/icons.js";
import { type PlacedNode } from "./layout.js";
import type { PlanModel, StepFacts } from "./model.js";
import { severityBadge } from "../shared/badge.js";
import { objectText, rowsText, subjectText } from "./words.js";

export interface CardEvents {
  select(): void;
  toggle(): void;
  enter(card: HTMLElement): void;
  leave(): void;
}

/** Heat as a class: its colour, not its length. */
export const heatClass = ({ heat }: StepFacts) =>
  heat.below ? "heat-below" : `heat-${heat.level}`;

/** All that a step says, for whoever does not see it. */
export function stepLabel(placed: Pick<PlacedNode, "node">, model: PlanModel): string {
  const { node } = placed;
  const { heat, findings } = model.facts(node.id);
  const parts = [node.operation, objectText(node), rowsText(node)];
  if (heat.text !== "") parts.push(`${model.metric.label} ${heat.text}`);
  const mark = model.marks.get(node.id);
  if (mark !== undefined) parts.push(mark);
  for (const finding of findings) parts.push(`${finding.severity}: ${finding.title}`);
  return parts
    .filter((part) => part !== "")
    .join(", ")
    .slice(0, 500);
}

export function drawCard(placed: PlacedNode, model: PlanModel, events: CardEvents): HTMLElement {
  const { node } = placed;
  const facts = model.facts(node.id);
  const { severity, heat } = facts;
  const names = ["card", `is-${severity ?? "fine"}`, heatClass(facts)];
  if (node.neverExecuted === true) names.push("never");
  if (model.found.has(node.id)) names.push("found");
  const bar = el("div", { class: "share" });
  bar.style.width = `${heat.share * 100}%`;
  const card = el(
    "div",
    {
      class: names.join(" "),
      role: "treeitem",
      "aria-level": placed.depth + 1,
      "aria-posinset": (placed.parent?.node.children.indexOf(node) ?? 0) + 1,
      "aria-setsize": placed.parent?.node.children.length ?? 1,
      "aria-expanded": node.children.length === 0 ? undefined : !placed.collapsed,
      "aria-label": stepLabel(placed, model),
      "data-node": node.id,
    },
    [
      el("div", { class: "card-head" }, [
        icon(node.category),
        foreign(node.operation, "operation"),
        changeBadge(model.marks.get(node.id)),
        severity !== undefined && severityBadge(severity),
      ]),
      el("div", { class: "card-object" }, [foreign(subjectText(node))]),
      el("div", { class: "card-numbers" }, [
        el("span", {}, [rowsText(node)]),
        el("span", { class: "heat-text" }, [heat.text]),
      ]),
      bar,
      node.children.length > 0 && toggleButton(placed, events),
    ],
    {
      click: () => events.select(),
      dblclick: () => events.toggle(),
      pointerenter: () => events.enter(card),
      pointerleave: () => events.leave(),
    },
  );
  card.style.transform = `translate(${placed.x}px, ${placed.y}px)`;
  return card;
}

/** What became of a step between two plans; nothing for one that stayed. */
export function changeBadge(kind: string | undefined): HTMLElement | undefined {
  if (kind === undefined || kind === "same") return undefined;
  return el("span", { class: `badge change change-${kind}` }, [kind]);
}

function toggleButton(placed: PlacedNode, events: CardEvents): HTMLElement {
  const label = placed.collapsed
    ? `Show ${placed.hiddenNodes} steps below`
    : "Hide the steps below";
  const text = placed.collapsed ? `+${placed.hiddenNodes}` : icon("minus");
  return el("button", { class: "toggle", type: "button", tabindex: -1, title: label }, [text], {
    click: (event) => {
      event.stopPropagation();
      events.toggle();
    },
    dblclick: (event) => event.stopPropagation(),
  });
}
