// What comes from a database is shown as text in the editor's own labels.
import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./bundle.mjs";

const { plainLabel, plainLine, plainMarkdown, plainNotice } = await load("extension/src/text.ts");

test("controls and line breaks become visible symbols", () => {
  assert.equal(plainLine("a\nb\u0000c\u202ed"), "a␊b␀c␦d");
});

test("long text is cut, and never inside a character", () => {
  assert.equal(plainLine("x".repeat(10_000)).length, 201);
  assert.equal(plainLine("ab🦆", 3), "ab…");
});

test("right-to-left text is isolated from what stands beside it", () => {
  assert.equal(plainLine("שלום"), "\u2068שלום\u2069");
  assert.equal(plainLine('<b>🦆 "; DROP TABLE x'), '<b>🦆 "; DROP TABLE x');
});

test("icons, links and Markdown of a name do nothing", () => {
  assert.equal(plainLabel("$(trash) t"), "\\$(trash) t");
  assert.equal(plainNotice("[x](command:y)"), "[x]\u200b(command:y)");
  assert.equal(plainMarkdown("a_b*c <b>[x](y)`"), "a\\_b\\*c \\<b\\>\\[x\\]\\(y\\)\\`");
});
