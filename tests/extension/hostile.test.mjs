// Names and values that would run, load, link or rearrange something if anything took them for more
// than text. The proof is twofold: a marker that an executed script would set in any frame, and a
// canary host that nothing may ask. What is shown must be the text itself.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { ask, inEditor } from "./harness.mjs";
import { cell } from "./results_panel.mjs";
import * as steps from "./steps.mjs";

const canary = "canary.invalid";
// Short enough for PostgreSQL's 63 bytes of a name.
const shortNames = {
  image: `<img src=//${canary}/t onerror=top.pwned=1>`,
  script: "<script>top.pwned=1</script>",
  svg: "<svg onload=top.pwned=1><b>bold",
  drop: `"; DROP TABLE victims; --`,
  command: `[click](command:workbench.action.quit)`,
  link: "[run](javascript:top.pwned=1)",
  remote: `![x](http://${canary}/i.png)`,
  icon: "$(flame) 🔥 emoji 👩‍👩‍👧",
  rightToLeft: "שולחן \u202egnp.exe",
  japanese: "顧客の名前",
};
const longValue = "x".repeat(9_997) + "END";
/** In the order of the columns; the last is as long as the engine allows, up to 10,000 characters. */
const namesUpTo = (longest) => [...Object.values(shortNames), `long ${"n".repeat(longest - 5)}`];
const longestName = { SQLite: 10_000, PostgreSQL: 63 };

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
const text = (value) => `'${value.replaceAll("'", "''")}'`;
const { image, script } = shortNames;

/** One table for each name, and one that has all of them as columns and values. */
function prepare(names) {
  const columns = names.map((name) => `${quoted(name)} text`);
  const values = [...Object.values(shortNames), longValue].map(text);
  return [
    ...names.map((name) => `DROP TABLE IF EXISTS ${quoted(name)}`),
    `CREATE TABLE ${quoted(image)} (${columns.join(", ")})`,
    `INSERT INTO ${quoted(image)} VALUES (${values.join(", ")})`,
    ...names
      .filter((name) => name !== image)
      .map((name) => `CREATE TABLE ${quoted(name)} (id integer)`),
  ];
}
const query = (names) => `SELECT * FROM ${quoted(image)}
LEFT JOIN ${quoted(names.at(-1))} ON true
WHERE ${quoted(script)} <> ${text(shortNames.link)};
`;

/** What the tree shows of a name: one line, its controls visible, cut when it is long. */
function inTree(name) {
  if (name === shortNames.rightToLeft) return "\u2068שולחן ␦gnp.exe\u2069";
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}

/** What the grid shows: an override of the direction is visible, a long name is cut. */
function inGrid(name) {
  const line = name.replace("\u202e", "␦");
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** Elements that only data can have made, and whether anything ran, in all frames. */
async function harm(page) {
  const found = [];
  for (const frame of page.frames()) {
    const here = await frame
      .evaluate((host) => {
        const targets = ({ src, href, dataset }) => [src, href, dataset?.href].map(String);
        const wrong = (target) =>
          target.includes(host) || /^(javascript:|command:workbench.action.quit)/.test(target);
        const made = [...document.querySelectorAll("*")].filter(
          (element) =>
            targets(element).some(wrong) || [...element.attributes].some((a) => /^on/.test(a.name)),
        );
        return { ran: window.pwned, made: made.map((element) => element.outerHTML) };
      }, canary)
      .catch(() => ({ made: [] })); // the frame went away while it was asked
    if (here.ran) found.push(`a script ran in ${frame.url()}`);
    found.push(...here.made);
  }
  return found;
}

const picture = (page, connection, what) =>
  steps.picture(page, `hostile-${connection}-${what}`, connection === "SQLite");

async function lookAtTree(page, connection, tree, names) {
  const folder = [connection, ...tree];
  await steps.openTree(page, [...folder, image, script]);
  for (const name of names) {
    await steps.treeRow(page, inTree(name), folder.length + 1).waitFor();
    await steps.treeRow(page, inTree(name), folder.length + 2).waitFor();
  }
  await picture(page, connection, "tree");
}

async function lookAtRows(page, connection, names) {
  const rows = await steps.run(page, connection);
  await cell(rows, 0, 0).waitFor();
  const headers = await rows.locator(".column-name").allTextContents();
  assert.deepEqual(headers, [...names.map(inGrid), "id"]);
  await cell(rows, 0, 0).click();
  for (const [column, value] of Object.values(shortNames).entries()) {
    assert.equal(await cell(rows, 0, column).textContent(), inGrid(value));
    await page.keyboard.press("ArrowRight");
  }
  await picture(page, connection, "rows");
  await page.keyboard.press("Enter");
  await rows.locator(".cell-viewer .cell-text", { hasText: "xEND" }).waitFor();
  assert.equal(await rows.locator(".cell-text").textContent(), longValue);
  await picture(page, connection, "cell");
}

async function lookAtPlan(page, editor, connection, names) {
  const plan = await steps.explain(page, editor, connection);
  await plan
    .locator(".card", { hasText: image.slice(0, 20) })
    .first()
    .waitFor();
  await plan
    .locator(".card", { hasText: names.at(-1).slice(0, 20) })
    .first()
    .waitFor();
  await picture(page, connection, "plan");
}

/** The text of an answer; code blocks have blanks that do not break. */
const answered = async (page, prompt) => (await ask(page, prompt)).replace(/\s+/g, " ");

async function lookAtChat(page, connection, names) {
  // A right-to-left name is isolated, a long one cut.
  const parts = names.map((name) =>
    name === shortNames.rightToLeft ? "שולחן" : name.slice(0, 60),
  );
  for (const prompt of ["@mydba /schema", `@mydba /schema ${image}`]) {
    const answer = await answered(page, prompt);
    const missing = parts.filter((part) => !answer.includes(part));
    assert.deepEqual(missing, [], `${prompt} answered ${answer.slice(0, 3000)}`);
  }
  await picture(page, connection, "chat");
  const explained = await answered(page, `@mydba /explain SELECT * FROM ${quoted(image)}`);
  assert.match(explained, /Plan of .*step/);
  assert.ok(explained.includes(image.slice(0, 20)), explained.slice(0, 3000));
}

async function useHostile(page, connection, url, tree) {
  const names = namesUpTo(longestName[connection]);
  const creating = url.startsWith("sqlite:") ? `${url}?mode=rwc` : url;
  for (const statement of prepare(names)) await steps.cli("query", creating, statement, "--yes");
  await steps.addConnection(page, connection, url);
  await lookAtTree(page, connection, tree, names);
  const editor = await steps.openSql(page, `${connection}.sql`, connection);
  await steps.cursorOn(editor, "SELECT");
  await lookAtRows(page, connection, names);
  await lookAtPlan(page, editor, connection, names);
  await lookAtChat(page, connection, names);
  assert.deepEqual(await harm(page), []);
  await steps.closeEditors(page);
  await steps.collapseTree(page);
}

test("what a database holds appears as text and executes nothing", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [engine, longest] of Object.entries(longestName))
    writeFileSync(path.join(folder, `${engine}.sql`), query(namesUpTo(longest)));
  const file = path.join(folder, "hostile.db");
  const postgres = process.env.MYDBA_TEST_POSTGRES;
  const skip = postgres ? false : "MYDBA_TEST_POSTGRES is not set";
  const settings = { "window.autoDetectColorScheme": true };
  await inEditor(
    "hostile",
    folder,
    async ({ page, context, part }) => {
      const asked = [];
      context.on("request", (request) => {
        if (request.url().includes(canary)) asked.push(request.url());
      });
      await steps.openSidebar(page);
      await part(t, "SQLite", () =>
        useHostile(page, "SQLite", `sqlite:${file}`, ["main", "Tables"]),
      );
      const onPostgres = async () => {
        await steps.cli("query", postgres, "DROP DATABASE IF EXISTS hostile", "--yes");
        await steps.cli("query", postgres, "CREATE DATABASE hostile", "--yes");
        const url = postgres.replace(/\/[^/]*$/, "/hostile");
        await useHostile(page, "PostgreSQL", url, ["hostile", "public", "Tables"]);
      };
      await part(t, "PostgreSQL", onPostgres, skip);
      assert.deepEqual(asked, []);
      await page.evaluate(() => (window.pwned = 1));
      assert.equal((await harm(page)).length, 1, "a marker would have been seen");
    },
    { settings },
  );
});
