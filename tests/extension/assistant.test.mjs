// What surrounds SQL in the editor: rules that underline it, documents that explain it, tools for agents,
// and the page that sets models up, with a server of the kind that MyDBA would ask.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { officialSite } from "../fakes/official_site.mjs";
import { answerTo } from "./chat_steps.mjs";
import {
  choose,
  extensionFile,
  inEditor,
  runCommand,
  screenshot,
  webviewFrame,
} from "./harness.mjs";
import { pack } from "./pack.mjs";
import * as steps from "./steps.mjs";

const sql = "SELECT id FROM orders WHERE total = NULL;\n";
const name = "Shop";

/** A server with two models that look at the table and then say the same; says what it was asked. */
async function fakeModels(t) {
  const [asked, said] = [[], []];
  const server = createServer(async (request, response) => {
    asked.push({ url: request.url, key: request.headers.authorization });
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.method === "POST") {
      said.push(body);
      const call = { name: "describe_object", arguments: '{"name":"orders"}' };
      const calls = [{ index: 0, id: "call_1", type: "function", function: call }];
      const first = said.length === 1;
      const delta = first ? { tool_calls: calls } : { content: "They have **no order**." };
      response.setHeader("content-type", "text/event-stream");
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`);
      const last = { index: 0, delta: {}, finish_reason: first ? "tool_calls" : "stop" };
      return response.end(`data: ${JSON.stringify({ choices: [last] })}\n\ndata: [DONE]\n\n`);
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ object: "list", data: [{ id: "small" }, { id: "large" }] }));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return { asked, said, url: `http://127.0.0.1:${server.address().port}` };
}

const problem = (page) => page.locator(".marker-widget, .monaco-hover").locator(":visible");

async function lints(page) {
  const editor = await steps.openSql(page, "lint.sql", name);
  await editor.locator(".squiggly-error").first().waitFor();
  await steps.cursorOn(editor, "SELECT");
  await runCommand(page, "Go to Next Problem");
  await problem(page).getByText("A comparison with NULL is never true").first().waitFor();
  await steps.shots(page, "lint", { contrast: true });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+.");
  const menu = page.locator(".action-widget");
  await menu.getByText("Write IS NULL").waitFor();
  await menu.getByText("Ask MyDBA why").waitFor();
  await screenshot(page, "lint-fixes");
  await menu.getByText("Write IS NULL").click();
  await editor.locator(".view-line", { hasText: "total IS NULL" }).waitFor();
  await editor.locator(".squiggly-error").first().waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await editor.locator(".view-line", { hasText: "total = NULL" }).waitFor();
}

async function explainsWhy(page) {
  const editor = page.locator(".editor-instance .monaco-editor").first();
  await editor.locator(".squiggly-error").first().waitFor();
  await runCommand(page, "Go to Next Problem");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget").getByText("Ask MyDBA why").click();
  const document = await webviewFrame(page, "h1");
  await document.getByRole("heading", { name: "Rules for SQL text" }).first().waitFor();
  await document
    .getByRole("link", { name: /^https:\/\/www\.postgresql\.org/ })
    .first()
    .waitFor();
  await steps.shots(page, "document", { contrast: true });
  await steps.closeEditors(page);
}

/** Nothing is asked before the user agreed; then it is, with the key of that address. */
async function setsUp(page, models) {
  const indicator = page.locator('.statusbar-item[id$="mydba.ai"]');
  await indicator.filter({ hasText: "AI off" }).click();
  const form = await webviewFrame(page, "#ai-enabled");
  await form.getByLabel("OpenAI, or compatible").check();
  await form.getByLabel("Address").fill(`${models.url}/v1`);
  await form.getByLabel("Address").press("Enter");
  await form.getByLabel("Let MyDBA ask a model").check();
  await indicator.filter({ hasText: "AI: not set up" }).waitFor();
  await form.getByLabel(`Key for ${models.url}`).fill("s3cret");
  await form.getByRole("button", { name: "Store" }).click();
  await form.getByText(`Stored for ${models.url}`).waitFor();
  assert.deepEqual(models.asked, []);
  await form.getByRole("button", { name: "I agree" }).click();
  await form.getByLabel("large").check();
  await indicator.filter({ hasText: "large" }).waitFor();
  assert.deepEqual(models.asked[0], { url: "/v1/models", key: "Bearer s3cret" });
  await steps.shots(page, "ai", { contrast: true });
  await form.getByRole("tab", { name: "What was sent" }).click();
  await form.getByText("Nothing was sent", { exact: true }).waitFor();
  await form.getByRole("tab", { name: "Set up" }).click();
  await form.getByLabel("Offer this model to other chat features").check();
  await form.getByLabel("Offer this model to other chat features").scrollIntoViewIfNeeded();
  await screenshot(page, "ai-offered");
}

/** A question that is not for `@mydba` goes to the model that the user set up, without what is his. */
async function answersOthers(page, models) {
  const { text } = await answerTo(page, "@other What are orders? Tell ann@planted.example");
  assert.match(text, /They have no order/);
  await screenshot(page, "other-chat-feature");
  const [asked, told] = models.said.map((body) => JSON.parse(body));
  assert.match(asked.messages.at(-1).content, /What are orders\?/);
  assert.match(told.messages.at(-1).content, /Data of the database.*total.*INTEGER/s);
  assert.doesNotMatch(models.said.join(), /planted|Shop/);
}

async function revokes(page) {
  await runCommand(page, "MyDBA: Set Up AI");
  const form = await webviewFrame(page, "#ai-enabled");
  await form.getByRole("button", { name: "Revoke" }).click();
  const indicator = page.locator('.statusbar-item[id$="mydba.ai"]');
  await indicator.filter({ hasText: "AI: not set up" }).waitFor();
  await steps.closeEditors(page);
}

/** Opens the first document that is found. */
async function findDocument(page, text) {
  await runCommand(page, "MyDBA: Search the Documentation");
  const input = page.locator(".quick-input-widget input[type=text]");
  await input.waitFor();
  await input.fill(text);
  const row = page.locator(".quick-input-list .monaco-list-row").first();
  await row.waitFor();
  await screenshot(page, "documents-search");
  await row.click();
  const document = await webviewFrame(page, "h1");
  await document.getByRole("heading", { level: 1 }).first().waitFor();
  return document;
}

/** There is a button for it only when the user switched that on; what it brings stands below our text. */
async function fetchesPage(page, site) {
  const button = page.locator(".editor-actions").getByLabel("Fetch Official Page");
  await findDocument(page, "automatic index");
  assert.equal(await button.count(), 0);
  await runCommand(page, "MyDBA: Set Up AI");
  const form = await webviewFrame(page, "#ai-enabled");
  await form.getByLabel("Let me fetch the official page of a document").check();
  await steps.closeEditors(page);
  const document = await findDocument(page, "automatic index");
  assert.deepEqual(site.tunnels, []);
  await button.click();
  const heading = document.getByRole("heading", { name: /^The official page, fetched / });
  await heading.waitFor();
  const text = document.getByText("Built for [one](https://evil.example) run.", { exact: true });
  await text.waitFor();
  await heading.scrollIntoViewIfNeeded();
  await steps.shots(page, "document-official-page", { contrast: true });
  assert.deepEqual(site.tunnels, ["www.sqlite.org:443"]);
  await steps.closeEditors(page);
}

/** Off until the user says so in a dialog; seen in the tree. */
async function letsAgentsWrite(page) {
  const dialog = page.locator(".monaco-dialog-box");
  const row = steps.treeRow(page, name, 1);
  for (const [button, says] of [
    ["Let Agents Write", true],
    ["Switch Off", false],
  ]) {
    await choose(page, "MyDBA: Let Agents Write", name);
    await dialog.locator(".monaco-button", { hasText: button }).click();
    await dialog.waitFor({ state: "hidden" });
    const mark = row.getByText("agents may write");
    await mark.waitFor({ state: says ? "visible" : "detached" });
    if (says) await screenshot(page, "agents-may-write");
  }
}

test("rules, documents and models in the editor", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, "lint.sql"), sql);
  const url = `sqlite:${path.join(folder, "shop.db")}`;
  await steps.cli(
    "query",
    `${url}?mode=rwc`,
    "CREATE TABLE orders (id integer, total integer)",
    "--yes",
  );
  const models = await fakeModels(t);
  const site = await officialSite("www.sqlite.org", folder, (_asked, answer) => {
    answer.writeHead(200, { "content-type": "text/html" });
    answer.end('<h2 id="autoindex">Automatic</h2><p>Built for [one](https://evil.example) run.');
  });
  t.after(() => site.close());
  const other = path.join(import.meta.dirname, "other_chat");
  const vsix = [extensionFile, pack(other, path.join(folder, "other.vsix"))];
  const settings = { "window.autoDetectColorScheme": true, "files.hotExit": "off" };
  const use = async ({ page, part }) => {
    await steps.openSidebar(page);
    await steps.addConnection(page, name, url);
    await part(t, "a rule underlines, fixes and explains", () => lints(page));
    await part(t, "a document opens", () => explainsWhy(page));
    await part(t, "documents are searched, and their pages fetched", () => fetchesPage(page, site));
    await part(t, "agents write where they may", () => letsAgentsWrite(page));
    await part(t, "a model is set up", () => setsUp(page, models));
    await part(t, "other chat features may ask it", () => answersOthers(page, models));
    await part(t, "consent is taken back", () => revokes(page));
  };
  const env = { ...site.env, all_proxy: site.proxy };
  await inEditor("assistant", folder, use, { settings, vsix, env });
});
