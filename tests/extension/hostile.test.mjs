// Names and values that would run, load, link or rearrange something if anything took them for more
// than text. The proof is twofold: a marker that an executed script would set in any frame, and a
// canary host that nothing may ask. What is shown must be the text itself.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { ask, inEditor } from "./harness.mjs";
import * as steps from "./steps.mjs";

const canary = "canary.invalid";
// Short enough for PostgreSQL's 63 bytes of a name.
const names = {
  image: `<img src=//${canary}/t onerror=top.pwned=1>`,
  script: "<script>top.pwned=1</script>",
  drop: `"; DROP TABLE victims; --`,
  link: `[click](command:workbench.action.quit)`,
  remote: `![x](http://${canary}/i.png)`,
  icon: "$(flame) 🔥 emoji 👩‍👩‍👧",
  rightToLeft: "שולחן \u202egnp.exe",
};
const long = "x".repeat(9_990) + "END";
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
const text = (value) => `'${value.replaceAll("'", "''")}'`;

const table = quoted(names.image);
const prepare = (type) => [
  `DROP TABLE IF EXISTS ${table}`,
  ...Object.values(names).map((name) => `DROP TABLE IF EXISTS ${quoted(name)}`),
  `CREATE TABLE ${table} (${Object.values(names)
    .map((name) => `${quoted(name)} ${type}`)
    .join(", ")}, "long" ${type})`,
  `INSERT INTO ${table} VALUES (${[...Object.values(names), long].map(text).join(", ")})`,
  ...Object.values(names)
    .slice(1)
    .map((name) => `CREATE TABLE ${quoted(name)} (id integer)`),
];
const sql = `SELECT * FROM ${table} WHERE ${quoted(names.script)} <> ${text(names.link)};\n`;

/** Elements that only data can have made, and whether anything ran, in all frames. */
async function harm(page) {
  const found = [];
  for (const frame of page.frames()) {
    const here = await frame
      .evaluate((host) => {
        const made = [...document.querySelectorAll("img, script, iframe, a")].filter((element) =>
          [element.src, element.href, element.dataset?.href, element.textContent]
            .slice(0, 3)
            .some((target) => String(target ?? "").includes(host)),
        );
        const links = [...document.querySelectorAll("a[href^='command:workbench']")];
        return { ran: window.pwned, made: [...made, ...links].map((e) => e.outerHTML) };
      }, canary)
      .catch(() => ({ made: [] }));
    if (here.ran) found.push(`a script ran in ${frame.url()}`);
    found.push(...here.made);
  }
  return found;
}

async function lookEverywhere(page, connection, tree) {
  for (const name of Object.values(names).slice(0, 6))
    await steps.openTree(page, [connection, ...tree, name]);
  await steps.openTree(page, [connection, ...tree, /^\u2068?שולחן/]);
  await steps.openTree(page, [connection, ...tree, names.image, names.script]);
  await steps.shots(page, `hostile-${connection}-tree`);

  const editor = await steps.openSql(page, "hostile.sql", connection);
  await steps.cursorOn(editor, "SELECT");
  const rows = await steps.run(page, connection);
  for (const name of Object.values(names).slice(0, 3))
    await rows.locator(".grid-cell", { hasText: name }).first().waitFor();
  const grid = await rows.locator(".grid").innerText();
  assert.ok(grid.includes(names.script), "the header shows the name");
  await steps.shots(page, `hostile-${connection}-rows`);

  const plan = await steps.explain(page, editor, connection);
  await plan.locator(".card", { hasText: "<img src=" }).first().waitFor();
  await steps.shots(page, `hostile-${connection}-plan`);

  const schema = await ask(page, "@mydba /schema");
  assert.ok(schema.includes("<img src="), schema.slice(0, 500));
  const described = await ask(page, `@mydba /schema ${names.image}`);
  assert.ok(described.includes("<script>"), described.slice(0, 500));
  await steps.shots(page, `hostile-${connection}-chat`);
  const explained = await ask(page, `@mydba /explain ${sql.trim()}`);
  assert.match(explained, /Plan of .*step/s);
  assert.match(explained, /<img\ssrc=/); // a code block has blanks that do not break
}

async function useHostile(page, connection, url, tree, type) {
  const creating = url.startsWith("sqlite:") ? `${url}?mode=rwc` : url;
  for (const statement of prepare(type)) await steps.cli("query", creating, statement, "--yes");
  await steps.addConnection(page, connection, url);
  await lookEverywhere(page, connection, tree);
  assert.deepEqual(await harm(page), []);
  await steps.closeEditors(page);
  await steps.collapseTree(page);
}

test("what a database holds appears as text and executes nothing", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, "hostile.sql"), sql);
  const file = path.join(folder, "hostile.db");
  const postgres = process.env.MYDBA_TEST_POSTGRES;
  const skip = postgres ? false : "MYDBA_TEST_POSTGRES is not set";
  const settings = { "window.autoDetectColorScheme": true };
  await inEditor(
    "hostile",
    folder,
    async ({ page, context }) => {
      const asked = [];
      context.on("request", (request) => {
        if (request.url().includes(canary)) asked.push(request.url());
      });
      await steps.openSidebar(page);
      const engine = (name, options, use) =>
        t.test(name, options, () => use().catch((error) => steps.failed(page, name, error)));
      await engine("SQLite", {}, () =>
        useHostile(page, "SQLite", `sqlite:${file}`, ["main", "Tables"], "text"),
      );
      await engine("PostgreSQL", { skip }, async () => {
        await steps.cli("query", postgres, "DROP DATABASE IF EXISTS hostile", "--yes");
        await steps.cli("query", postgres, "CREATE DATABASE hostile", "--yes");
        const url = postgres.replace(/\/[^/]*$/, "/hostile");
        await useHostile(page, "PostgreSQL", url, ["hostile", "public", "Tables"], "text");
      });
      assert.deepEqual(asked, []);
    },
    { settings },
  );
});
