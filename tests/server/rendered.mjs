// Markdown as the editor's chat renders it: with marked, as Visual Studio Code does, GitHub's
// extensions on.
import { marked } from "marked";

const harmless = new Set(
  "p br em strong del ul ol li blockquote code pre hr h1 h2 h3 h4 h5 h6 table thead tbody tr th td input".split(
    " ",
  ),
);

/** What in it would be more than text: links, pictures, HTML. */
export function liveParts(markdown) {
  const html = marked.parse(markdown, { gfm: true });
  return [...html.matchAll(/<\/?([a-zA-Z][\w-]*)([^>]*)>/g)]
    .filter(
      ([, tag, attributes]) =>
        !harmless.has(tag.toLowerCase()) || /\b(on\w+|href|src|style)\s*=/i.test(attributes),
    )
    .map(([text]) => text);
}
