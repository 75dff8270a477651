// What a person does in the editor, one function each. Everything waits for what is then to be seen.
import { spawn } from "node:child_process";
import path from "node:path";
import { helperPath } from "../server/client.mjs";
import { runCommand, screenshot, viewContainer, webviewFrame } from "./harness.mjs";

const waitMs = 30_000;

/** Polls until `look` gives something; its last answer is the result. */
export async function until(look, what, timeout = waitMs) {
  for (
    const end = Date.now() + timeout;
    ;
    await new Promise((resolve) => setTimeout(resolve, 50))
  ) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
  }
}

/** Runs the helper's CLI to its end; rejects when it fails. */
export function cli(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(helperPath(), args, { stdio: ["ignore", "pipe", "pipe"] });
    let [out, said] = ["", ""];
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (said += data));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(out) : reject(new Error(`mydba ${args[0]}: ${code} ${said}`)),
    );
  });
}

/** Another client of the server, in a statement that takes long; `ended` resolves when it is over. */
export function otherClient(url, sql) {
  const child = spawn(helperPath(), ["query", url, sql, "--yes"], { stdio: "ignore" });
  return {
    ended: new Promise((resolve) => child.once("close", resolve)),
    stop: () => child.kill("SIGKILL"),
  };
}

export async function openSidebar(page) {
  const tree = page.locator(".part.sidebar");
  await viewContainer(page, /^MyDBA/).click();
  await tree.getByText("Add a Connection").or(tree.locator(".monaco-list-row")).first().waitFor();
}

/**
 * Adds a connection by its URL in the form. `environment` is what the form calls it; `test` also presses
 * "Test connection".
 */
export async function addConnection(page, name, url, options = {}) {
  const { test, shot, environment, allowDestructive, readOnly } = options;
  await runCommand(page, "MyDBA: Add Connection");
  const form = await webviewFrame(page, "#url");
  await form.locator("#url").fill(url);
  await form.locator("#url").press("Enter");
  await until(
    () =>
      form
        .locator("#url")
        .inputValue()
        .then((left) => left === ""),
    "the fields",
  );
  await form.locator("#field-name").fill(name);
  if (environment) await form.getByLabel("Used for").selectOption({ label: environment });
  if (allowDestructive) await form.locator("#field-allowDestructive").check();
  if (readOnly) await form.locator("#field-readOnly").check();
  if (test) {
    await form.getByRole("button", { name: "Test connection" }).click();
    await form.getByText("It works:").waitFor();
  }
  if (shot) await shots(page, shot);
  await form.getByRole("button", { name: "Save" }).click();
  await treeRow(page, name, 1).waitFor();
}

const exactly = (text) => (text instanceof RegExp ? text : new RegExp(`^${escapeRegExp(text)}$`));
const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A row of the sidebar's tree by its name and depth (connections are at 1). */
export const treeRow = (page, name, level) =>
  page
    .locator(`.part.sidebar .monaco-list-row[aria-level="${level}"]`)
    .filter({ has: page.locator(".label-name", { hasText: exactly(name) }) })
    .first();

/** Opens the tree along the names; the last one is only looked for. Connects on the way. */
export async function openTree(page, names) {
  for (const [i, name] of names.entries()) {
    const row = treeRow(page, name, i + 1);
    await row.waitFor();
    await row.scrollIntoViewIfNeeded();
    if (i === names.length - 1) return row;
    const closed = row.locator(".monaco-tl-twistie.collapsed:not(.codicon-tree-item-loading)");
    await until(async () => {
      if ((await row.getAttribute("aria-expanded")) === "true") return true;
      await closed.click({ timeout: 1000 }).catch(() => {});
      return false;
    }, `${name} to open`);
  }
  return undefined;
}

export const collapseTree = (page) =>
  page.locator(".part.sidebar").getByLabel("Collapse All").first().click();

/** Opens a file of the workspace and says which connection its statements run on; `asked` answers what is asked then. */
export async function openSql(page, file, connection, asked = async () => {}) {
  await page.keyboard.press("Control+P");
  const input = page.locator(".quick-input-widget input[type=text]");
  await input.waitFor();
  await input.fill(file);
  await page
    .locator(".quick-input-list .monaco-list-row")
    .filter({ hasText: file })
    .first()
    .click();
  await page.locator(".tab.active", { hasText: file }).first().waitFor();
  await runCommand(page, "MyDBA: Choose Connection for This Editor");
  await page
    .locator(".quick-input-list .monaco-list-row")
    .filter({ hasText: connection })
    .first()
    .click();
  await asked();
  const editor = page.locator(".editor-instance .monaco-editor").first();
  await editor.locator(".codelens-decoration", { hasText: "Run" }).first().waitFor();
  return editor;
}

/** Puts the cursor on the line that holds `text`. */
export async function cursorOn(editor, text) {
  await editor.locator(".view-line", { hasText: text }).first().click();
}

export const closeEditors = (page) => runCommand(page, "View: Close All Editors");

/** The panel of a connection that holds `selector`; other connections' panels may be open too. */
export const panelOf = (page, connection, selector) =>
  webviewFrame(page, `body:has(footer .connection:text-is("${connection}")):has(${selector})`);

/** Presses Ctrl+Enter in the editor, and returns the results panel once it has rows. */
export async function run(page, connection) {
  await page.keyboard.press("Control+Enter");
  return panelOf(page, connection, ".grid-cell");
}

/** Presses Explain above the first statement, and returns the plan's panel once it is drawn. */
export async function explain(page, editor, connection) {
  await editor.locator(".codelens-decoration a", { hasText: "Explain" }).first().click();
  return panelOf(page, connection, ".surface .card");
}

/** Opens the process list from the connection's row. */
export async function openProcesses(page, connection) {
  const row = treeRow(page, connection, 1);
  await row.hover();
  await row.locator('[aria-label^="Show Processes"]').click();
  return panelOf(page, connection, "tbody tr");
}

/** Presses Explain beside the chosen session, sees its plan and comes back to the list. */
export async function explainProcess(page, processes, connection) {
  await processes.getByRole("button", { name: "Explain" }).click();
  await page.locator(".tab.active", { hasText: "Plan · Session" }).waitFor();
  await panelOf(page, connection, ".surface .card");
  await page.locator(".tab", { hasText: `Processes · ${connection}` }).click();
}

/** Ends the statement of the session whose row says `text`, with the confirmation. */
export async function endQuery(page, processes, text, action = "End query") {
  await processes.locator("tbody tr", { hasText: text }).first().click();
  await processes.getByRole("button", { name: action }).click();
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.waitFor();
  return {
    text: await dialog.innerText(),
    confirm: () => dialog.locator(".monaco-button", { hasText: /^End / }).first().click(),
  };
}

const schemes = {
  dark: [{ colorScheme: "dark", forcedColors: "none" }, ".vs-dark", "vscode-dark"],
  light: [{ colorScheme: "light", forcedColors: "none" }, ".vs", "vscode-light"],
  contrast: [{ colorScheme: "dark", forcedColors: "active" }, ".hc-black", "vscode-high-contrast"],
};

/** One picture in each theme, the light one last; `contrast` adds one in high contrast. */
export async function shots(page, name, { contrast = false } = {}) {
  for (const scheme of ["dark", ...(contrast ? ["contrast"] : []), "light"]) {
    const [media, mark, kind] = schemes[scheme];
    await page.emulateMedia(media);
    await page.locator(`.monaco-workbench${mark}`).waitFor();
    await until(async () => {
      const kinds = await Promise.all(page.frames().map((frame) => themeOf(frame)));
      return kinds.every((found) => !found || found === kind);
    }, `views in the ${scheme} theme`);
    await screenshot(page, `${name}-${scheme}`);
  }
}

async function themeOf(frame) {
  try {
    return await frame.evaluate(() =>
      ["vscode-high-contrast", "vscode-dark", "vscode-light"].find((name) =>
        document.body?.classList.contains(name),
      ),
    );
  } catch {
    return undefined; // the frame went away while it was asked
  }
}

/** After a failed part: a picture, and the editor as the next part needs it. */
export async function failed(page, name, error) {
  await screenshot(page, `failed-${name}`);
  await page.keyboard.press("Escape");
  await closeEditors(page).catch(() => {});
  throw error;
}
