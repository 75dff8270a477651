// Markdown of an answer as a tree of a few elements. Pure; `markdown_view.ts` draws it.
//
// The helper has escaped whatever a database or a model says (native/src/ai/markdown.h, native/src/ai/chat/model_text.h).
// The page does not rely on it: the rules that make links, pictures and HTML are switched off, so that such text stays
// text, and what is left are the tags below, without attributes. The parser is markdown-it, because it takes 80 kB of
// emphasis that is never closed in a fifth of a second; marked 14, which the editor's chat uses, takes minutes.
import MarkdownIt, { type Token } from "markdown-it";

/** All that an answer is made of. Its headings stand below that of the pane, which is an `h2`. */
export type MarkdownTag =
  | "blockquote"
  | "br"
  | "code"
  | "em"
  | "h3"
  | "h4"
  | "h5"
  | "h6"
  | "hr"
  | "li"
  | "ol"
  | "p"
  | "pre"
  | "s"
  | "strong"
  | "table"
  | "tbody"
  | "td"
  | "th"
  | "thead"
  | "tr"
  | "ul";

export interface MarkdownElement {
  readonly tag: MarkdownTag;
  readonly children: readonly MarkdownNode[];
  /** Of a numbered list that does not begin at 1. */
  readonly start?: number;
}

export type MarkdownNode = string | MarkdownElement;

const parser = new MarkdownIt({ html: false, linkify: false }).disable([
  ...["link", "image", "autolink", "linkify", "reference"],
  ...["html_block", "html_inline", "entity"],
]);

const tags: Readonly<Record<string, MarkdownTag>> = {
  ...{ blockquote: "blockquote", br: "br", em: "em", hr: "hr", s: "s", strong: "strong" },
  ...{ h1: "h3", h2: "h4", h3: "h5", h4: "h6", h5: "h6", h6: "h6" },
  ...{ li: "li", ol: "ol", p: "p", ul: "ul" },
  ...{ table: "table", tbody: "tbody", td: "td", th: "th", thead: "thead", tr: "tr" },
};

/** The blocks of a text, which may still be on its way: what is not closed yet is closed at its end. */
export function markdownBlocks(text: string): readonly MarkdownNode[] {
  return treeOf(parser.parse(text, {}));
}

interface Open {
  readonly children: MarkdownNode[];
}

function treeOf(tokens: readonly Token[]): MarkdownNode[] {
  const root: MarkdownNode[] = [];
  const open: Open[] = [{ children: root }];
  for (const token of tokens) {
    const inside = open.at(-1)?.children ?? root;
    if (token.nesting < 0) open.pop();
    else if (token.nesting === 0) inside.push(...leaf(token));
    else {
      const element = opened(token);
      // A list without blank lines has no paragraphs in its items.
      if (element === undefined) open.push({ children: inside });
      else {
        inside.push(element);
        open.push(element);
      }
    }
  }
  return root;
}

function opened(token: Token): (MarkdownElement & Open) | undefined {
  const tag = tags[token.tag];
  if (tag === undefined || token.hidden) return undefined;
  const start = Number(token.attrGet("start") ?? 1);
  return { tag, children: [], ...(Number.isSafeInteger(start) && start !== 1 && { start }) };
}

function leaf({ type, tag, content, children }: Token): MarkdownNode[] {
  if (type === "inline") return treeOf(children ?? []);
  if (type === "fence" || type === "code_block") {
    const code = content.replace(/\n$/, "");
    return [{ tag: "pre", children: [{ tag: "code", children: [code] }] }];
  }
  if (type === "code_inline") return [{ tag: "code", children: [content] }];
  if (type === "softbreak") return ["\n"];
  const known = tags[tag];
  if (known !== undefined) return [{ tag: known, children: [] }];
  return content === "" ? [] : [content];
}
