// @mydba in the real editor. Without a model every command answers from facts and documents; with one of
// the editor, which says what the script here has it say, its words stream in behind them, it asks for
// tools, and what it proposes can be run.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { call, connectMcp } from "../server/mcp_client.mjs";
import { answerTo, followUp, press, seen } from "./chat_steps.mjs";
import * as harness from "./harness.mjs";
import { pack } from "./pack.mjs";
import { insist } from "./patience.mjs";
import { scriptedModel, toolResults } from "./scripted_model.mjs";
import * as steps from "./steps.mjs";

const name = "Shop";
const slow = "SELECT * FROM orders WHERE note = 'Ann Example'";
const wrapped = "SELECT id, total_cents FROM orders WHERE date(ordered_at) = '2025-03-14'";
const settings = { "window.autoDetectColorScheme": true, "files.hotExit": "off" };

let folder;
let shop;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  writeFileSync(path.join(folder, "slow.sql"), `${wrapped};\n`);
  writeFileSync(path.join(folder, "notes.sql"), `${slow};\n`);
  await steps.cli("sample", folder);
  shop = `sqlite:${path.join(folder, "shop.db")}`;
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What is said is cited by documents of that title, each with its official page, and nothing else is a link. */
function assertCited({ text, sources, links }, what) {
  assert.ok(sources.length > 0, `${what} cites nothing: ${text}`);
  for (const title of sources) assert.doesNotMatch(title, /\.md$/, what);
  assert.equal(links.length, sources.length, `${what}: ${links.join(" ")}`);
  for (const link of links) assert.match(link, /^https:\/\//, what);
}

/** Each command with what a useful answer has. */
const onFile = [
  [`/explain ${slow}`, /Plan of SQLite.*Full table scan: orders.*\[1\]/s],
  [`/analyze ${slow}`, /SELECT \*|Full table scan: orders/],
  [`/optimize ${slow}`, /Create an index on orders \(note\).*CREATE INDEX.*Before:.*After:/s],
  [`/profile ${slow}`, /Run of .* ms/],
  [`/compare ${slow}; ${slow} LIMIT 9`, /median time.*First plan.*Second plan/s],
  ["/schema orders", /customer_id.*orders_by_status/s],
  ["/processlist", /has no sessions/],
  ["/variables", /journal_mode/],
  ["/connections", /Shop.*connected, active/s],
  ["/help", /\/optimize.*AI is off: nothing is sent/s],
  ["what is a covering index?", /holds every column/],
  ["how many orders are there by status?", /COUNT\(\*\).*GROUP BY/s],
];
/** Of servers what SQLite has not: the others are asked in spine.test.mjs, and all of them in tests/server. */
const onServer = [
  ["/processlist", /sessions, /],
  ["/variables", /settings\./],
];
const servers = {
  PostgreSQL: "POSTGRES",
  MySQL: "MYSQL",
  MariaDB: "MARIADB",
  Redis: "REDIS",
  Valkey: "VALKEY",
};

async function asksAll(page, connection, asked) {
  for (const [prompt, useful] of asked) {
    const told = await answerTo(page, `@mydba ${prompt}`);
    assert.match(told.text, useful, `${connection} ${prompt}`);
    assertCited(told, `${connection} ${prompt}`);
    await harness.screenshot(page, `chat-${connection}-${prompt.split(" ")[0].replace("/", "")}`);
  }
}

/** A source opens the document of its title in the editor's preview. */
async function opensSource(page) {
  const { answer, sources } = await answerTo(page, "@mydba /schema orders");
  await answer.locator(".chat-inline-anchor-widget").first().click();
  const document = await harness.webviewFrame(page, "h1");
  const heading = await document.getByRole("heading", { level: 1 }).first().innerText();
  assert.ok(heading.startsWith(sources[0].replace(/…$/, "")), `${heading}: ${sources[0]}`);
  await steps.shots(page, "chat-source", { contrast: true });
  await steps.closeEditors(page);
}

/** Listed and started like any other server of the editor; with the connections that need no password. */
async function offersMcp(t, page, editor) {
  await steps.addConnection(page, "Secret", "postgres://me:s3cret@127.0.0.1:1/shop");
  const row = (text) => page.locator(".quick-input-list .monaco-list-row", { hasText: text });
  const { pid, args } = await insist(
    "starting the server",
    async (timeout) => {
      await harness.runCommand(page, "MCP: List Servers");
      await row("MyDBA").first().click({ timeout });
      await row("Start Server").first().click({ timeout });
    },
    () => harness.mcpServer(editor.profile),
  );
  const given = args.slice(1);
  const list = () => harness.runCommand(page, "MCP: List Servers");
  await insist("the server that runs", list, () => row("Running").first().isVisible());
  await harness.screenshot(page, "mcp-started");
  await page.keyboard.press("Escape");
  // An agent goes on while the user opens and closes connections.
  for (const command of ["MyDBA: Disconnect", "MyDBA: Connect"])
    await harness.choose(page, command, "Shop");
  await insist("the server that still runs", list, () => row("Running").first().isVisible());
  await page.keyboard.press("Escape");
  assert.equal(harness.mcpServer(editor.profile)?.pid, pid);
  assert.equal(given.length, 1, "not the one with a password");
  const [, profile] = /^Shop=(.*)$/.exec(given[0]);
  assert.equal(`sqlite:${JSON.parse(profile).path}`, shop);
  const agent = await connectMcp(given);
  t.after(() => agent.close());
  const found = await call(agent, "describe_object", { connection: "Shop", name: "orders" });
  assert.match(JSON.stringify(found), /customer_id/);
}

test("every command answers without a model", async (t) => {
  const use = async ({ page, part, editor }) => {
    await steps.openSidebar(page);
    await steps.addConnection(page, name, shop);
    await part(t, "SQLite", () => asksAll(page, "SQLite", onFile));
    await part(t, "a source opens", () => opensSource(page));
    await part(t, "nothing would be sent", async () => {
      await harness.runCommand(page, "MyDBA: Show What Would Be Sent");
      await harness.notification(page, /Nothing would be sent: there is no model/);
    });
    await part(t, "an MCP server", (t) => offersMcp(t, page, editor));
    for (const [connection, variable] of Object.entries(servers)) {
      const url = process.env[`MYDBA_TEST_${variable}`];
      const act = async () => {
        await steps.addConnection(page, connection, url);
        await harness.choose(page, "MyDBA: Connect", connection);
        await asksAll(page, connection, onServer);
      };
      await part(t, connection, act, !url && `MYDBA_TEST_${variable} is not set`);
    }
  };
  await harness.inEditor("chat", folder, use, { settings, height: 1200 });
});

const indicator = (page) => page.locator('.statusbar-item[id$="mydba.ai"]');
const tab = (page, hasText) => page.locator(".tab.active", { hasText }).first();

/** As a person does: the page says what leaves, and nothing is asked before they agree. */
async function setsUp(page, model) {
  await harness.runCommand(page, "MyDBA: Set Up AI");
  const form = await harness.webviewFrame(page, "#ai-enabled");
  await form.getByLabel("The editor's models").check();
  await form.getByLabel("Let MyDBA ask a model").check();
  await indicator(page).filter({ hasText: "AI: not set up" }).waitFor();
  await form.getByRole("button", { name: "I agree" }).click();
  // The editor knows a model only once the extension that brings it has begun.
  const listed = form.getByLabel("Scripted");
  const again = form.getByRole("button", { name: "List models" });
  await steps.until(async () => {
    if (await listed.isVisible()) return true;
    await again.click({ timeout: 1000 }).catch(() => {});
    return false;
  }, "the model in the list");
  await listed.check();
  // The stand-in, which answers nothing, makes room for it.
  await page.locator(".chat-input-container", { hasText: "Scripted" }).first().waitFor();
  await indicator(page).filter({ hasText: "scripted" }).waitFor();
  assert.deepEqual(model.asked, []);
  await steps.closeEditors(page);
}

/** The facts stand while the model speaks, and its first words before it has said the last. */
async function streams(page, model) {
  let goOn;
  const told = new Promise((resolve) => (goOn = resolve));
  model.script = async (_request, say) => {
    say.text("It reads **all rows** [1], see [this](https://evil.example/?q=1).\n\n");
    await told;
    say.text("- An index on `note` would ");
    say.text("help.\n");
  };
  const answer = await harness.send(page, `@mydba /explain ${slow}`);
  await answer.getByText("all rows").waitFor();
  await answer.getByText("Full table scan: orders").first().waitFor();
  await page.locator(".statusbar-item", { hasText: "Asking The editor's models" }).waitFor();
  assert.doesNotMatch(await answer.innerText(), /would help/);
  goOn();
  const complete = await seen(await harness.complete(answer));
  assert.match(complete.text, /Plan of SQLite.*all rows \[1\].*An index on note would help/s);
  assertCited(complete, "with a model");
  await steps.shots(page, "chat-model", { contrast: true });
  await press(answer, "Open the plan", () => tab(page, "Plan · Chat · Shop").isVisible());
  await steps.panelOf(page, name, ".surface .card");
  await press(answer, "Run the statement", () => tab(page, "Chat · Shop").isVisible());
  await steps.panelOf(page, name, ".bar");
  await press(answer, "Show what was sent", () => tab(page, "What was sent").isVisible());
  const sent = await page.locator(".editor-instance .view-lines").first().innerText();
  assert.match(sent.replaceAll("\u00a0", " "), /note = :text_1/);
  assert.doesNotMatch(JSON.stringify(model.asked), /Ann Example/);
  await harness.screenshot(page, "chat-sent");
  await steps.closeEditors(page);
}

/** It asks for a tool, gets the answer redacted, proposes SQL, and the user runs it. */
async function usesTools(page, model) {
  const sql = "SELECT country, count(*) AS customers FROM customers GROUP BY country";
  const asked = [
    ["describe_object", { name: "customers" }],
    ["propose_sql", { sql, why: "People by country" }],
  ];
  const results = [];
  model.script = async (request, say) => {
    results.push(...toolResults(request));
    if (asked.length > 0) return say.call(...asked.shift());
    return say.text("That is all.");
  };
  const question = "what would you make of the distribution of people?";
  const { answer, text, buttons } = await answerTo(page, `@mydba ${question}`);
  assert.match(results[0], /Data of the database.*country/s);
  assert.match(results[1], /server can plan it/);
  assert.match(text, /People by country.*SELECT country.*the server can plan it.*That is all/s);
  assert.ok(buttons.includes("Run the statement"), buttons.join());
  await press(answer, "Run the statement", () => tab(page, "Chat · Shop").isVisible());
  const rows = await steps.panelOf(page, name, ".grid-cell");
  await rows.locator(".grid-cell", { hasText: "CH" }).first().waitFor();
  await harness.screenshot(page, "chat-tools");
  await steps.closeEditors(page);
}

/** What was proved faster takes the place of the statement in the editor; an index is only drafted. */
async function optimizes(page, model) {
  model.script = async (_request, say) => say.text("Better so.");
  const editor = await steps.openSql(page, "slow.sql", name);
  const faster = await answerTo(page, "@mydba /optimize");
  assert.match(faster.text, /proven: .*ordered_at >= '2025-03-14'.*Better so/s);
  const better = editor.locator(".view-line", { hasText: "ordered_at >=" });
  await press(faster.answer, "Apply to the editor", () => better.isVisible());
  const { answer } = await answerTo(page, `@mydba /optimize ${slow}`);
  await press(answer, "Create the index", () => tab(page, "Untitled").isVisible());
  await page.locator(".view-line", { hasText: "CREATE INDEX" }).first().waitFor();
  await harness.screenshot(page, "chat-index");
  await discardEditors(page);
}

async function discardEditors(page) {
  const tabs = page.locator(".tabs-container .tab");
  while ((await tabs.count()) > 0) await harness.runCommand(page, "View: Revert and Close Editor");
}

async function profiles(page, model) {
  model.script = async (_request, say) => say.text("The reading.");
  const { answer, text } = await answerTo(page, `@mydba /profile ${slow}`);
  assert.match(text, /Run of .* ms.*The reading/s);
  const dialog = page.locator(".monaco-dialog-box");
  await press(answer, "Open the profile", () => dialog.isVisible());
  await dialog.getByRole("button", { name: "Profile", exact: true }).click();
  await steps.panelOf(page, name, "main.profile");
  await harness.screenshot(page, "chat-profile");
  await steps.closeEditors(page);
}

/** Ten turns: a question that is offered, others, and at last one about the statement of the first. */
async function remembers(page, model) {
  model.script = async (_request, say) => say.text("So it is.");
  await answerTo(page, `@mydba /explain ${slow}`);
  const { text } = await followUp(page, "Make it faster");
  assert.match(text, /CREATE INDEX/);
  const others = [
    "/schema orders",
    "/help",
    "/connections",
    "/variables",
    "/schema",
    "/processlist",
  ];
  for (const prompt of [...others, "/schema reviews"]) await answerTo(page, `@mydba ${prompt}`);
  const explained = await answerTo(page, "@mydba explain it");
  assert.match(explained.text, /Full table scan: orders.*So it is/s);
  const [, ...turns] = model.asked.at(-1).messages;
  assert.ok(turns.length >= 9 * 2 + 1, `${turns.length} messages`);
  assert.match(JSON.stringify(turns.at(-1)), /note = :text_1/);
}

/** The model hears that nobody listens any more, and the next question is answered. */
async function stops(page, model) {
  let stopped = false;
  model.script = async (_request, say) => {
    await say.stopped;
    stopped = true;
  };
  const asked = model.asked.length;
  await harness.send(page, `@mydba /explain ${slow}`);
  await steps.until(() => model.asked.length > asked, "the question to the model");
  await page.locator(".interactive-session .codicon-stop-circle:visible").first().click();
  await steps.until(() => stopped, "the end of the request");
  model.script = async (_request, say) => say.text("Here again.");
  assert.match((await answerTo(page, "@mydba explain it")).text, /Full table scan.*Here again/s);
}

/** The commands of the editor: what would be sent is shown and not sent; the chat is asked about the statement. */
async function asksFromEditor(page, model) {
  const asked = model.asked.length;
  const editor = await steps.openSql(page, "notes.sql", name);
  await steps.cursorOn(editor, "SELECT");
  await harness.runCommand(page, "MyDBA: Show What Would Be Sent");
  await tab(page, "What would be sent").waitFor();
  const shown = page.locator(".editor-instance .view-lines", { hasText: "propose_sql" }).first();
  assert.match(await shown.innerText(), /:text_1(?!.*Ann)/s);
  await harness.screenshot(page, "chat-preview");
  assert.equal(model.asked.length, asked);
  await harness.openFile(page, "notes.sql");
  await steps.cursorOn(editor, "SELECT");
  const answer = await harness.nextAnswer(page, "Ask @mydba to Explain", () =>
    harness.runCommand(page, "MyDBA: Ask @mydba to Explain"),
  );
  const { text } = await seen(await harness.complete(answer));
  assert.match(text, /Full table scan: orders/);
  assert.equal(model.asked.length, asked + 1);
  await steps.closeEditors(page);
}

test("a model of the editor explains, asks and proposes", async (t) => {
  const model = await scriptedModel(t);
  const own = path.join(import.meta.dirname, "scripted_model");
  const vsix = [harness.extensionFile, pack(own, path.join(folder, "model.vsix"))];
  const use = async ({ page, part }) => {
    await steps.openSidebar(page);
    await steps.addConnection(page, name, shop);
    await setsUp(page, model);
    await part(t, "its words stream in", () => streams(page, model));
    await part(t, "it uses tools and proposes", () => usesTools(page, model));
    await part(t, "what is proved is applied", () => optimizes(page, model));
    await part(t, "a profile opens", () => profiles(page, model));
    await part(t, "ten turns", () => remembers(page, model));
    await part(t, "it is stopped", () => stops(page, model));
    await part(t, "the commands of the editor", () => asksFromEditor(page, model));
  };
  const env = { MYDBA_TEST_MODEL: model.url };
  await harness.inEditor("chat-model", folder, use, { settings, vsix, env, height: 1200 });
});
