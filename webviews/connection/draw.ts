// Elements of the connection form.
import type { EngineDescriptor, TestResult } from "../../protocol/generated/ts/protocol.js";
import type { RequestError } from "../shared/bridge.js";
import { button, el, elide } from "../shared/dom.js";
import { duration } from "../shared/format.js";
import { icon } from "../shared/icons.js";
import type { Field, FieldName, FormValues } from "./layout.js";

export interface FormEvents {
  changed(name: FieldName, value: string): void;
  browse(name: FieldName): void;
}

export type Input = HTMLInputElement | HTMLSelectElement;

export interface DrawnField {
  element: HTMLElement;
  input: Input;
  problem: HTMLElement;
}

export function drawField(field: Field, values: FormValues, events: FormEvents): DrawnField {
  const id = `field-${field.name}`;
  const input = drawInput(field, id, values[field.name]);
  const read = () =>
    field.kind === "check" ? ((input as HTMLInputElement).checked ? "true" : "") : input.value;
  input.addEventListener(
    field.kind === "choice" || field.kind === "check" ? "change" : "input",
    () => events.changed(field.name, read()),
  );
  const problem = el("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  input.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
  const hint = el("p", { class: "dim hint", id: `${id}-hint` });
  const explain = () => {
    const chosen = field.choices?.find((choice) => choice.value === input.value);
    hint.textContent = field.hint ?? chosen?.hint ?? "";
    hint.hidden = hint.textContent === "";
  };
  input.addEventListener("change", explain);
  explain();
  const label = el("label", { for: id }, [field.label]);
  const line = el("div", { class: "line" }, [
    input,
    field.kind === "file" && button("Browse…", () => events.browse(field.name)),
    field.kind === "check" && label,
  ]);
  const shape = { class: `field kind-${field.kind}`, "data-field": field.name };
  const element = el("div", shape, [field.kind !== "check" && label, line, hint, problem]);
  return { element, input, problem };
}

function drawInput(field: Field, id: string, value: string): Input {
  if (field.kind === "choice") {
    const options = (field.choices ?? []).map((choice) =>
      el("option", { value: choice.value, selected: choice.value === value }, [choice.label]),
    );
    return el("select", { id }, options);
  }
  if (field.kind === "check")
    return el("input", { id, type: "checkbox", checked: value === "true" });
  const isPassword = field.kind === "password";
  return el("input", {
    id,
    type: isPassword ? "password" : "text",
    value: isPassword ? "" : value,
    placeholder: field.placeholder ?? "",
    spellcheck: "false",
    autocomplete: isPassword ? "new-password" : "off",
    inputmode: field.kind === "number" ? "numeric" : "text",
  });
}

export function drawEngines(
  engines: readonly EngineDescriptor[],
  chosen: EngineDescriptor,
  choose: (engine: EngineDescriptor) => void,
): HTMLElement {
  const options = engines.map((engine) => {
    const radio = el("input", {
      type: "radio",
      name: "engine",
      value: engine.id,
      checked: engine === chosen,
    });
    radio.addEventListener("change", () => choose(engine));
    return el("label", { class: "engine" }, [radio, engine.title]);
  });
  return el("div", { class: "engines", role: "radiogroup", "aria-label": "Database" }, options);
}

export function drawTested(result: TestResult): HTMLElement {
  const { server, elapsedMs } = result;
  const parts = [
    `${server.flavour} ${elide(server.version, 80)}`,
    server.user === undefined ? "" : `as ${elide(server.user, 60)}`,
    server.tls ? "encrypted" : "not encrypted",
    duration(elapsedMs),
  ];
  return el("p", { class: "outcome" }, [
    icon("ok", "severity-ok"),
    el("span", {}, [`It works: ${parts.filter((part) => part !== "").join(", ")}`]),
  ]);
}

export function drawTestFailure(error: RequestError): HTMLElement {
  const { hint, engineCode } = error.data ?? {};
  return el("div", { class: "outcome", role: "alert" }, [
    icon("critical", "severity-critical"),
    el("div", {}, [
      el("p", { class: "failure", dir: "auto" }, [elide(error.message, 2000)]),
      hint !== undefined && el("p", { dir: "auto" }, [elide(hint, 1000)]),
      engineCode !== undefined && el("p", { class: "dim" }, [`Code ${engineCode}`]),
    ]),
  ]);
}
