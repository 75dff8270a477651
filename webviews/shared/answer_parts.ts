// What stands below the text of an answer: its documents, its buttons, and what of it came from where.
import type { AiStatus, ChatButton, ChatCitation } from "../../protocol/generated/ts/protocol.js";
import { button, type Child, el, elide, foreign } from "./dom.js";
import { grouped } from "./format.js";
import { icon } from "./icons.js";

export type Act = (button: ChatButton) => void;

/** Each opens here; its address comes with the documents, not from a model. */
export function drawCitations(citations: readonly ChatCitation[], act: Act): HTMLElement {
  const items = citations.map(({ number, citation: { anchor, title, url } }) => {
    const open = () => act({ title, action: "openDocument", anchor });
    const page = { href: url, "aria-label": `official page of [${number}]` };
    return el("li", {}, [
      el("span", { class: "number" }, [`[${number}]`]),
      el("span", { dir: "auto" }, [
        button(elide(title, 200), open, { class: "link" }),
        ...(url.startsWith("https://") ? [" · ", el("a", page, ["official page"])] : []),
      ]),
    ]);
  });
  return el("ul", { class: "citations", "aria-label": "Documents" }, items);
}

export const drawButtons = (buttons: readonly ChatButton[], act: Act): HTMLElement =>
  el(
    "div",
    { class: "buttons" },
    buttons.map((each) => button(elide(each.title, 80), () => act(each))),
  );

/**
 * To whom something was sent, or that nothing was. `status` is from before the question: where no model could be asked
 * then, none was. `sent` is the helper's button that shows the text; it comes once a model has answered.
 */
export function drawSent(status: AiStatus, sent: ChatButton | undefined, act: Act): HTMLElement {
  const { state, place, name, address, model, message } = status;
  if (state !== "ready")
    return line("lock", [
      "No model was asked. ",
      el("span", { dir: "auto" }, [elide(message, 300)]),
    ]);
  const whom = [foreign(name), address !== "" && " at ", address !== "" && foreign(address)];
  const glyph = place === "cloud" || place === "editor" ? "globe" : "lock";
  if (sent === undefined) {
    const log: ChatButton = { title: "What was sent", action: "showSent" };
    const show = button(log.title, () => act(log), { class: "link" });
    return line(glyph, [...whom, " was to be asked, and has not answered. ", show]);
  }
  const size = `${grouped(sent.text?.length ?? 0)} characters were sent to `;
  const show = button(elide(sent.title, 80), () => act(sent), { class: "link" });
  return line(glyph, [size, ...whom, ", model ", foreign(model), ". ", show]);
}

const line = (glyph: "lock" | "globe", text: readonly Child[]): HTMLElement =>
  el("p", { class: "sent dim" }, [icon(glyph), el("span", {}, text)]);
