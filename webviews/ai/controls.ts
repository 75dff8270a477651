// Controls of one setting each: they are made once and then follow what the host says, so that a place
// of the keyboard and what is being typed survive every answer.
import { button, type Child, el, setText } from "../shared/dom.js";
import type { AiSettings } from "../../protocol/generated/ts/protocol.js";
import { limitOf, type AiState, type Setting } from "./layout.js";

export interface Control {
  element: HTMLElement;
  update(state: AiState): void;
}

export type Save = (change: Partial<Record<Setting, unknown>>) => void;

/** A line that says what a control does, and one that says what is wrong with it. */
function described(id: string, input: HTMLElement, hint: string) {
  input.id = id;
  input.setAttribute("aria-describedby", `${id}-hint ${id}-problem`);
  const problem = el("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  return { problem, hint: el("p", { class: "dim hint", id: `${id}-hint` }, [hint]) };
}

export function section(title: string, children: readonly Child[]): HTMLElement {
  return el("section", {}, [el("h2", {}, [title]), ...children]);
}

export function check(name: Setting, label: string, hint: string, save: Save): Control {
  const input = el("input", { type: "checkbox" });
  const id = `ai-${name}`;
  const notes = described(id, input, hint);
  input.addEventListener("change", () => save({ [name]: input.checked }));
  const line = el("div", { class: "line" }, [input, el("label", { for: id }, [label])]);
  return {
    element: el("div", { class: "field check" }, [line, notes.hint]),
    update: ({ settings }) => {
      input.checked = settings[name] === true;
    },
  };
}

export interface Choice {
  value: string;
  label: string;
  hint: string;
}

export function choice(
  name: Setting,
  label: string,
  choices: readonly Choice[],
  save: Save,
): Control {
  const options = choices.map(({ value, label: text }) => el("option", { value }, [text]));
  const input = el("select", {}, options);
  const id = `ai-${name}`;
  const notes = described(id, input, "");
  const explain = () =>
    setText(notes.hint, choices.find(({ value }) => value === input.value)?.hint ?? "");
  input.addEventListener("change", () => {
    explain();
    save({ [name]: input.value });
  });
  const line = el("div", { class: "line" }, [input]);
  return {
    element: el("div", { class: "field" }, [el("label", { for: id }, [label]), line, notes.hint]),
    update: ({ settings }) => {
      input.value = String(settings[name]);
      explain();
    },
  };
}

interface Wording {
  label: string;
  hint: string;
  placeholder?: (state: AiState) => string;
}

/** A text that is saved when it is left or Enter is pressed, unless `wrong` says what is wrong with it. */
function typed(
  name: Setting,
  { label, hint, placeholder = () => "" }: Wording,
  wrong: (text: string) => string,
  save: (text: string) => void,
): Control & { input: HTMLInputElement; line: HTMLElement } {
  const input = el("input", { type: "text", spellcheck: "false", autocomplete: "off" });
  const id = `ai-${name}`;
  const notes = described(id, input, hint);
  let shown = "";
  input.addEventListener("change", () => {
    const problem = wrong(input.value);
    setText(notes.problem, problem);
    input.setAttribute("aria-invalid", String(problem !== ""));
    if (problem !== "" || input.value.trim() === shown) return;
    shown = input.value.trim();
    save(shown);
  });
  const line = el("div", { class: "line" }, [input]);
  const heading = el("label", { for: id }, [label]);
  return {
    input,
    line,
    element: el("div", { class: "field" }, [heading, line, notes.hint, notes.problem]),
    update: (state) => {
      const value = (state.settings as unknown as Record<string, unknown>)[name];
      input.placeholder = placeholder(state);
      shown = String(value ?? "");
      // What is being typed stays.
      if (document.activeElement !== input) input.value = shown;
    },
  };
}

export function text(name: Setting, wording: Wording, save: Save): Control {
  return typed(
    name,
    wording,
    () => "",
    (value) => save({ [name]: value }),
  );
}

export function number(
  name: Setting,
  wording: Wording,
  [least, most]: [number, number],
  save: Save,
): Control {
  const wrong = (value: string) => {
    const limit = limitOf(value, least, most);
    return typeof limit === "string" ? limit : "";
  };
  const control = typed(name, wording, wrong, (value) => save({ [name]: Number(value) }));
  control.input.setAttribute("inputmode", "numeric");
  control.element.classList.add("number");
  return control;
}

/** A folder that is typed or chosen in the editor's dialog. */
export function folder(
  name: keyof AiSettings & Setting,
  wording: Wording,
  browse: (current: string) => Promise<unknown>,
  save: Save,
): Control {
  const control = typed(
    name,
    wording,
    () => "",
    (value) => save({ [name]: value }),
  );
  const pick = async () => {
    const path = await browse(control.input.value);
    if (typeof path === "string") save({ [name]: path });
  };
  control.line.append(button("Browse…", () => void pick()));
  return control;
}
