// What a model says is written anew so that it can do nothing (ai/chat/model_text.h). Here random
// Markdown of the pieces that make links, code and tables goes through a turn, in pieces that end
// anywhere, and is rendered as the editor renders it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { Chat } from "./chat_client.mjs";
import { liveParts } from "./rendered.mjs";

const parts = [
  ..."`~|[]()<>:/.\\_*#-!$&",
  "`",
  "``",
  "```",
  "```sql\n",
  "~~~\n",
  "| a | b |\n|---|:-:|\n",
  "[x](https://evil.example/?q=1)",
  "![x](https://evil.example/x.png)",
  "[x][y]\n\n[y]: https://evil.example\n\n",
  "<https://evil.example>",
  "<b>bold</b>",
  "<!-- -->",
  "https:",
  "//evil.example",
  "www",
  ".evil.example",
  "a@evil.example",
  "ftp://evil.example",
  "word",
  " ",
  "    ",
  "\n",
  "\n\n",
  "\n> ",
  "\n- ",
  "\n1. ",
];
/** A line this long is cut, wherever that is. */
const cut = 4096;

/** Numbers from 0 to 1; the same for the same seed (mulberry32). */
function randomNumbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-markdown-"));
let chat;
let text;
before(async () => {
  writeFileSync(path.join(folder, "empty.db"), "");
  chat = await Chat.open(`sqlite:${folder}/empty.db`);
  await chat.model(() => text);
});
after(async () => {
  await chat?.end();
  rmSync(folder, { recursive: true, force: true });
});

async function checkDead(said) {
  text = said;
  chat.memory = undefined;
  const before = chat.asked.length;
  const { markdown } = await chat.ask("explain", "SELECT 1");
  assert.equal(chat.asked.length, before + 1);
  assert.deepEqual(liveParts(markdown), [], JSON.stringify({ said, markdown }));
}

test("nothing that a model says in random Markdown is alive", async () => {
  const rounds = Number(process.env.MYDBA_MARKDOWN_ROUNDS ?? 150);
  const random = randomNumbers(20261122);
  for (let round = 0; round < rounds; round += 1) {
    const count = 10 + Math.floor(random() * 50);
    const pick = () => parts[Math.floor(random() * parts.length)];
    const said = Array.from({ length: count }, pick).join("");
    const before = random() < 0.2 ? "x".repeat(cut - Math.floor(random() * 40)) : "";
    await checkDead(before + said);
  }
});

for (const [name, said] of Object.entries({
  "runs of backticks beside each other": "`A``` b`[x](https://e.example) ``",
  "two spans without a blank": "`A``` ` b`[x](https://e.example)` `` [y](https://e.example)",
  "a bar in a span in a table": "| a | b |\n|---|---|\n| `x | [y](https://e.example)` |\n",
  "an address where a long line is cut": `${"x".repeat(4096 - 6)}https://evil.example`,
  "www where a long line is cut": `${"x".repeat(4095)} ${"y".repeat(4092)} www.evil.example`,
  "a colon at the end of a piece": `${"x".repeat(4090)}https:${"//evil.example".repeat(3)}`,
}))
  test(`${name}: nothing is alive`, () => checkDead(said));

test("a renderer that shows links is told from one that does not", () => {
  assert.notDeepEqual(liveParts("[x](https://evil.example)"), []);
});
