// Draws the Markdown of an answer while it comes. A block that is drawn stays the element that it is, so that reading,
// selecting and a screen reader go on undisturbed; as a rule only the last one changes.
import { type Attributes, el } from "./dom.js";
import { markdownBlocks, type MarkdownNode, type MarkdownTag } from "./markdown.js";

const attributes: Partial<Record<MarkdownTag, Attributes>> = {
  pre: { dir: "ltr", tabindex: 0 },
  ...{ p: { dir: "auto" }, li: { dir: "auto" }, td: { dir: "auto" }, th: { dir: "auto" } },
  ...{ h3: { dir: "auto" }, h4: { dir: "auto" }, h5: { dir: "auto" }, h6: { dir: "auto" } },
};

export class MarkdownView {
  readonly element = el("div", { class: "markdown" });
  /** The blocks that stand there, as texts to compare. */
  private drawn_: string[] = [];

  show(text: string): void {
    const blocks = markdownBlocks(text);
    const drawn = blocks.map((block) => JSON.stringify(block));
    const same = drawn.findIndex((block, i) => block !== this.drawn_[i]);
    const kept = same === -1 ? drawn.length : same;
    while (this.element.childNodes.length > kept) this.element.lastChild?.remove();
    this.element.append(...blocks.slice(kept).map(draw));
    this.drawn_ = drawn;
  }
}

function draw(node: MarkdownNode): Node {
  if (typeof node === "string") return document.createTextNode(node);
  const element = el(node.tag, attributes[node.tag], node.children.map(draw));
  if (element instanceof HTMLOListElement && node.start !== undefined) element.start = node.start;
  // Wide ones scroll by themselves.
  return node.tag === "table" ? el("div", { class: "wide", tabindex: 0 }, [element]) : element;
}
