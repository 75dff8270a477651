// A read-only connection that a program beside the user tries to leave: by SQL, by the settings, by the
// commands that any extension may call. Nothing of it changes a row; only a person can agree.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { root } from "../../scripts/paths.mjs";
import { answer, ended, question, run } from "./guard_steps.mjs";
import { choose, inEditor, runCommand } from "./harness.mjs";
import { pack } from "./pack.mjs";
import * as steps from "./steps.mjs";

const update = "UPDATE report SET total = 0";
/** Each a whole text of statements; the server is PostgreSQL. */
const attempts = [
  update,
  `SET TRANSACTION READ WRITE; ${update}`,
  `BEGIN READ WRITE; ${update}; COMMIT`,
  `SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; ${update}`,
  `SELECT set_config('transaction_read_only', 'off', false); ${update}`,
  `WITH changed AS (UPDATE report SET total = 0 RETURNING 1) SELECT count(*) FROM changed`,
  `DO $$ BEGIN UPDATE report SET total = 0; END $$`,
  `EXPLAIN ANALYZE ${update}`,
];

/** What an agent with the reach of an extension does; what it got to is written to a file. */
const agent = (log) => `
const vscode = require("vscode");
const { writeFileSync } = require("node:fs");
exports.activate = () =>
  vscode.commands.registerCommand("agent.leave", async () => {
    const tried = {};
    const attempt = async (name, act) => {
      try { tried[name] = String(await act()); } catch (error) { tried[name] = "refused: " + error.message; }
      writeFileSync(${JSON.stringify(log)}, JSON.stringify(tried));
    };
    const settings = vscode.workspace.getConfiguration("mydba");
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const loosened = settings.get("connections").map((c) => ({ ...c, readOnly: false }));
    await attempt("guard of the workspace", () => settings.update("guard.safeMode", false, Workspace));
    await attempt("connections", () => settings.update("connections", loosened, Global));
    const item = { type: "connection", profileId: "report" };
    await attempt("disconnect", () => vscode.commands.executeCommand("mydba.connection.disconnect", item));
    await attempt("duplicate", () => vscode.commands.executeCommand("mydba.connection.duplicate", item));
    await attempt("connect", () => vscode.commands.executeCommand("mydba.connection.connect", item));
    tried.done = true;
    writeFileSync(${JSON.stringify(log)}, JSON.stringify(tried));
  });
`;

function packAgent(folder, log) {
  mkdirSync(folder);
  const manifest = {
    name: "agent",
    publisher: "test-only",
    version: "0.0.1",
    license: "MIT",
    engines: { vscode: "^1.104.0" },
    main: "./main.js",
    contributes: { commands: [{ command: "agent.leave", title: "Agent: Leave Read-Only" }] },
  };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(path.join(folder, "main.js"), agent(log));
  writeFileSync(path.join(folder, "README.md"), "Test only.\n");
  return pack(folder, path.join(folder, "agent.vsix"));
}

const extensionFile =
  process.env.MYDBA_TEST_VSIX ?? path.join(root, "build", "mydba-linux-x64.vsix");

async function withEditor(name, settings, vsix, use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  writeFileSync(path.join(folder, "report.sql"), "SELECT 1;\n");
  const given = settings(folder);
  const options = {
    settings: { "window.autoDetectColorScheme": true, "files.hotExit": "off", ...given },
    vsix: [extensionFile, ...vsix(folder)],
  };
  try {
    await inEditor(name, folder, (editor) => use({ folder, ...editor }), options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(url) {
  const creating = url.startsWith("sqlite:") ? `${url}?mode=rwc` : url;
  for (const sql of [
    "DROP TABLE IF EXISTS report",
    "CREATE TABLE report (id integer PRIMARY KEY, total integer)",
    "INSERT INTO report VALUES (1, 10), (2, 20)",
  ])
    await steps.cli("query", creating, sql, "--yes");
  return () => steps.cli("query", url, "SELECT sum(total) AS total FROM report");
}

test("an agent that edits the settings leaves the connection as read-only as it was", async () => {
  const file = (folder) => path.join(folder, "report.db");
  const profile = (folder) => ({
    id: "report",
    name: "Report",
    engine: "sqlite",
    path: file(folder),
    readOnly: true,
  });
  const log = (folder) => path.join(folder, "agent.json");
  await withEditor(
    "read-only-settings",
    (folder) => ({ "mydba.connections": [profile(folder)] }),
    (folder) => [packAgent(path.join(folder, "agent"), log(folder))],
    async ({ page, folder, editor }) => {
      const content = await prepare(`sqlite:${file(folder)}`);
      const before = await content();
      await steps.openSidebar(page);
      const sql = await steps.openSql(page, "report.sql", "Report");
      const refused = async () => {
        await run(page, sql, update);
        const rows = await ended(page, "Report");
        await rows.getByText("This was not run").waitFor();
        await rows.locator("footer .badge", { hasText: "read-only" }).waitFor();
        assert.equal(await content(), before);
      };
      await refused();

      await runCommand(page, "Agent: Leave Read-Only");
      const strictness = /Open Report less strictly than before\?/;
      const asked = await question(page, strictness);
      assert.match(asked, /was read-only; the settings now say that it is not/);
      await steps.shots(page, "guard-agent-settings");
      await answer(page, "Cancel");
      // That was about the copy that it makes; connecting asks the same.
      await question(page, strictness);
      await answer(page, "Cancel");
      const whatItDid = () => readFileSync(log(folder), "utf8");
      await steps.until(() => whatItDid().endsWith('"done":true}'), "the agent to be done");
      const tried = JSON.parse(whatItDid());
      assert.match(tried["guard of the workspace"], /^refused/);
      const stored = readFileSync(path.join(editor.profile, "user/User/settings.json"), "utf8");
      assert.match(stored, /"readOnly": false/);
      await refused();
      for (const name of ["Report", "Report (copy)"])
        await steps.treeRow(page, name, 1).filter({ hasText: "read-only" }).waitFor();
      await steps.shots(page, "guard-agent-refused");

      // A person may agree: then it is as the settings say.
      for (const command of ["MyDBA: Disconnect", "MyDBA: Connect"])
        await choose(page, command, /^Report(?! .copy)/);
      await question(page, strictness);
      await answer(page, "Accept the Change");
      await run(page, sql, update, "Change");
      await steps.until(async () => (await content()) !== before, "the rows to change");
    },
  );
});

const postgres = process.env.MYDBA_TEST_POSTGRES;
const skip = postgres ? false : "MYDBA_TEST_POSTGRES is not set";
test("no statement leads out of a read-only connection", { skip }, async () => {
  await withEditor(
    "read-only-sql",
    () => ({}),
    () => [],
    async ({ page }) => {
      const content = await prepare(postgres);
      const before = await content();
      await steps.openSidebar(page);
      await steps.addConnection(page, "Reader", postgres, { readOnly: true });
      const sql = await steps.openSql(page, "report.sql", "Reader");
      for (const attempt of attempts) {
        await run(page, sql, attempt);
        await ended(page, "Reader");
        await steps.cursorOn(sql, "");
        await page.keyboard.press("Control+A");
        await steps.pressRun(page);
        const rows = await ended(page, "Reader");
        await rows.getByText(/This was not run|The statement failed/).waitFor();
        assert.equal(await content(), before, attempt);
      }
      await steps.shots(page, "guard-reader");
    },
  );
});
