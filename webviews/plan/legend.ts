// What the colours mean, and the number they follow.
import { el } from "../shared/dom.js";
import { legend, type MetricId } from "./heat.js";
import type { PlanModel } from "./model.js";

/** The list from which the number is chosen. */
export function heatChoice(model: PlanModel, chosen: (id: MetricId) => void): HTMLElement {
  const options = model.metrics.map(({ id, label }) =>
    el("option", { value: id, selected: id === model.metric.id }, [label]),
  );
  const choice = el("select", { class: "heat-choice", "aria-label": "Heat by" }, options, {
    change: () => chosen(choice.value as MetricId),
  });
  choice.hidden = options.length === 0;
  return choice;
}

export function drawLegend(model: PlanModel): HTMLElement {
  const { id, label } = model.metric;
  const swatches = legend(id).map((text, level) =>
    el("span", { class: `swatch heat-${level}` }, [el("i"), text]),
  );
  const directions =
    id === "estimate"
      ? [
          el("span", {}, ["▲ more than planned"]),
          el("span", { class: "swatch heat-below" }, [el("i"), "▼ fewer"]),
        ]
      : [];
  return el("div", { class: "legend", role: "note", "aria-label": `Heat: ${label}` }, [
    el("span", { class: "dim" }, [label]),
    ...swatches,
    ...directions,
  ]);
}
