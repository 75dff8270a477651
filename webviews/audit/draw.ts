// Elements of the audit view: the details of an entry, and why a list is empty.
import type { AuditEntry } from "../../protocol/generated/ts/protocol.js";
import { detailsHeading, factList } from "../shared/details.js";
import { button, el, foreign } from "../shared/dom.js";
import { icon, type IconName } from "../shared/icons.js";
import { deedOf, environmentOf, factsOf, outcomeOf, outcomeText } from "./layout.js";

const outcomeLooks: Record<string, { icon: IconName; severity: string }> = {
  done: { icon: "ok", severity: "ok" },
  failed: { icon: "critical", severity: "critical" },
  refused: { icon: "lock", severity: "warning" },
  open: { icon: "warning", severity: "warning" },
};

export interface DetailEvents {
  copy(text: string): void;
  close(): void;
}

/** Everything about one entry. */
export function drawDetails(entry: AuditEntry, events: DetailEvents): HTMLElement {
  const environment = environmentOf(entry);
  const look = outcomeLooks[outcomeOf(entry)];
  const { sql } = entry;
  return el("section", {}, [
    detailsHeading(
      [
        environment !== "" &&
          el("span", { class: "badge environment", "data-environment": environment }, [
            environment,
          ]),
        look &&
          el("span", { class: `badge severity-${look.severity}` }, [
            icon(look.icon),
            foreign(outcomeText(entry)),
          ]),
      ],
      () => events.close(),
    ),
    sql === undefined
      ? el("p", {}, [foreign(deedOf(entry))])
      : el("pre", { class: "sql", tabindex: 0, dir: "ltr", "aria-label": "Statement" }, [sql]),
    sql !== undefined &&
      el("p", { class: "dim" }, ["Values are not kept: each stands as ? or as a 1."]),
    sql !== undefined &&
      el("div", { class: "buttons" }, [button("Copy", () => events.copy(sql), {}, icon("copy"))]),
    factList(factsOf(entry)),
  ]);
}

/** What is entered, for whoever finds nothing. */
export function drawEmpty(): HTMLElement {
  return el("div", {}, [
    el("h2", {}, ["Nothing has been entered yet"]),
    el("p", {}, [
      "Entered are every connection, every statement that changes something or that the guard asked about or blocked, every changed setting, and every session that was ended: who, when, where, and how it ended.",
    ]),
    el("p", {}, ["Statements are kept without their values; results and passwords never."]),
  ]);
}
