// The Markdown of answers: what it becomes, and that hostile text stays text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { markdownBlocks, type MarkdownNode } from "../../../webviews/shared/markdown.js";
import { hostile } from "../scenarios/hostile.mjs";

/** `p(text strong(text))`, so that a tree can be read in a test. */
const shape = (nodes: readonly MarkdownNode[]): string =>
  nodes
    .map((node) =>
      typeof node === "string" ? node : `${node.tag}${node.start ?? ""}(${shape(node.children)})`,
    )
    .join(" ");
const read = (text: string) => shape(markdownBlocks(text));
const textOf = (nodes: readonly MarkdownNode[]): string =>
  nodes.map((node) => (typeof node === "string" ? node : textOf(node.children))).join("");

test("the answers of the chat: emphasis, lists, tables, code, headings, citations", () => {
  assert.equal(
    read(
      "**Plan** of SQLite 3\\.46: 2 steps\\.\n\n- **⚠️ warning: a scan**. It reads all. \\[1\\]\n",
    ),
    "p(strong(Plan)  of SQLite 3.46: 2 steps.) ul(li(strong(⚠️ warning: a scan) . It reads all. [1]))",
  );
  assert.equal(read("### A\n\n# B\n\n###### C"), "h5(A) h3(B) h6(C)");
  assert.equal(
    read("| part | time |\n| --- | --- |\n| a \\| b | `2 ms` |"),
    "table(thead(tr(th(part) th(time))) tbody(tr(td(a | b) td(code(2 ms)))))",
  );
  assert.equal(
    read("\n````sql\nselect 1 -- ```\n````\nafter"),
    "pre(code(select 1 -- ```)) p(after)",
  );
  assert.equal(read("3. c\n4. d\n\n1. a"), "ol3(li(p(c)) li(p(d)) li(p(a)))");
  assert.equal(read("- a  \n  b\n\n---\n> c"), "ul(li(a br() b)) hr() blockquote(p(c))");
});

test("what has not come to its end yet is shown as far as it is there", () => {
  assert.equal(read("a **b"), "p(a **b)");
  assert.equal(read("```sql\nselect"), "pre(code(select))");
  assert.equal(read("| a |\n|--"), "table(thead(tr(th(a))))");
  assert.equal(read(""), "");
});

test("links, pictures, HTML and entities stay the characters that they are", () => {
  for (const text of [
    "[click](https://evil.example/?q=1)",
    "[click][1]",
    "![pixel](https://evil.example/p.png)",
    "<https://evil.example>",
    "https://evil.example www.evil.example me@evil.example",
    '<img src=x onerror="window.hacked=1">',
    "<script>window.hacked=1</script>",
    "&lt;b&gt; &#106;avascript:",
    "[![a](javascript:x)](command:mydba.chat.action)",
    "[1]: https://evil.example",
  ]) {
    assert.deepEqual(markdownBlocks(text), [{ tag: "p", children: [text] }]);
    assert.equal(textOf(markdownBlocks(`- **${text}**`)), text, "nested");
    assert.equal(textOf(markdownBlocks(`| ${text} |\n| --- |`)), text, "in a table");
  }
  for (const text of hostile()) {
    const [block] = markdownBlocks(text);
    assert.ok(block && typeof block !== "string" && block.children.length > 0, text);
  }
});

test("nothing of the text becomes an attribute", () => {
  const text =
    '```"><a href="https://evil.example\nx\n```\n\n99999999999999999999. a\n\n7. b {.c #d}';
  const seen = new Set<string>();
  const walk = (node: MarkdownNode) => {
    if (typeof node === "string") return;
    for (const name of Object.keys(node)) seen.add(name);
    node.children.forEach(walk);
  };
  markdownBlocks(text).forEach(walk);
  assert.deepEqual([...seen].sort(), ["children", "start", "tag"]);
  assert.equal(read("7. b"), "ol7(li(b))");
});

test("text that is made to be slow is read quickly", () => {
  const long = ["**a ", "_a", "[", "> ", "a** ", "`", "|", "- "].map((part) =>
    part.repeat(Math.ceil(40_000 / part.length)),
  );
  const start = performance.now();
  for (const text of long) markdownBlocks(text);
  assert.ok(performance.now() - start < 10_000);
});
