// What a person does in the editor, one function each. Everything waits for what is then to be seen.
import { spawn } from "node:child_process";
import { helperPath } from "../server/client.mjs";
import {
  choose,
  collapseTree,
  openFile,
  runCommand,
  screenshot,
  viewContainer,
  webviewFrame,
} from "./harness.mjs";
import { insist, until } from "./patience.mjs";

export { collapseTree, until };

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

/** Another client of the server, in a statement that takes long; `ended` waits until it is over. */
export function otherClient(url, sql) {
  const child = spawn(helperPath(), ["query", url, sql, "--yes"], { stdio: "ignore" });
  let over = false;
  child.once("close", () => (over = true));
  return {
    ended: () => until(() => over, "the other client's statement to end"),
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
  const typed = form.locator("#url");
  const nameField = form.locator("#field-name");
  await insist(
    "the fields of the URL",
    async (timeout) => {
      await typed.fill(url, { timeout });
      await typed.press("Enter", { timeout });
    },
    async () => (await typed.inputValue()) === "" && (await nameField.inputValue()) !== "",
  );
  await nameField.fill(name);
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

/** The text editor that is in view. */
const textEditor = (page) => page.locator(".editor-instance .monaco-editor").first();

/** Opens a file of the workspace and says which connection its statements run on; `asked` answers what is asked then. */
export async function openSql(page, file, connection, asked = async () => {}) {
  await openFile(page, file);
  // The extension knows of the editor only a moment after it is in view.
  const status = page.locator('.statusbar-item[id$="mydba.connection"]');
  await status.waitFor();
  await choose(page, "MyDBA: Choose Connection for This Editor", connection);
  await status.filter({ hasText: connection }).waitFor();
  await asked();
  const editor = textEditor(page);
  await editor.locator(".codelens-decoration", { hasText: "Run" }).first().waitFor();
  return editor;
}

/** Puts the cursor on the line that holds `text`. */
export const cursorOn = (editor, text) =>
  insist(
    `the cursor on ${text}`,
    (timeout) => editor.locator(".view-line", { hasText: text }).first().click({ timeout }),
    () => isFocused(editor),
  );

const isFocused = async (editor) =>
  (await editor.and(editor.page().locator(".focused")).count()) > 0;

export async function closeEditors(page) {
  const tabs = page.locator(".tabs-container .tab");
  await insist(
    "closing the editors",
    () => runCommand(page, "View: Close All Editors"),
    async () => (await tabs.count()) === 0,
  );
}

/** The panel of a connection that holds `selector`; other connections' panels may be open too. */
export const panelOf = (page, connection, selector) =>
  webviewFrame(page, `body:has(footer .connection:text-is("${connection}")):has(${selector})`);

/** Presses Ctrl+Enter in the editor; the keys go there only while it has the focus. */
export async function pressRun(page) {
  await until(() => isFocused(textEditor(page)), "the focus in the editor");
  await page.keyboard.press("Control+Enter");
}

/** Runs the statement at the cursor, and returns the results panel once it has rows. */
export async function run(page, connection) {
  await pressRun(page);
  return panelOf(page, connection, ".grid-cell");
}

/** Presses Explain above the first statement, and returns the plan's panel once it is drawn. */
export async function explain(page, editor, connection) {
  // It is drawn anew whenever the editor asks again which statements there are.
  await insist(
    "Explain above the statement",
    (timeout) =>
      editor.locator(".codelens-decoration a", { hasText: "Explain" }).first().click({ timeout }),
    () => activeTab(page, `· ${connection}`, "Plan ·").isVisible(),
  );
  return panelOf(page, connection, ".surface .card");
}

const activeTab = (page, ...texts) =>
  texts.reduce((tab, hasText) => tab.filter({ hasText }), page.locator(".tab.active")).first();

/** Opens the process list from the connection's row. */
export async function openProcesses(page, connection) {
  const row = treeRow(page, connection, 1);
  if (!(await row.isVisible())) await collapseTree(page); // scrolled out of sight
  // The tree draws the row anew when something of the connection changes.
  await insist(
    `the processes of ${connection}`,
    async (timeout) => {
      await row.hover({ timeout });
      await row.locator('[aria-label^="Show Processes"]').click({ timeout });
    },
    () => activeTab(page, `Processes · ${connection}`).isVisible(),
  );
  return panelOf(page, connection, "tbody tr");
}

/** Opens the busiest statements from the menu of the connection's row. */
export async function openWorkload(page, connection) {
  const menu = page.locator(".monaco-menu-container").first();
  const entry = menu.getByRole("menuitem", { name: "Show Busiest Statements" });
  await insist(
    `the busiest statements of ${connection}`,
    async (timeout) => {
      // A menu shows what the row could do when it was opened; it lies over the row.
      if (await menu.isVisible()) await page.keyboard.press("Escape");
      await treeRow(page, connection, 1).click({ button: "right", timeout });
      await entry.waitFor({ timeout });
      // A menu takes no click in its first 100 ms (VS Code: base/browser/ui/menu/menu.ts).
      await until(
        async () => {
          if (await menu.isVisible()) await entry.click({ timeout: 1000 }).catch(() => {});
          return !(await menu.isVisible());
        },
        "the menu to take the click",
        timeout,
      );
    },
    () => activeTab(page, `Busiest Statements · ${connection}`).isVisible(),
  );
  return panelOf(page, connection, ".outcome");
}

/** Chooses the session whose statement says `text`: its row may not be there yet, or be replaced. */
export const chooseProcess = (processes, text) =>
  insist(
    `the session with ${text}`,
    (timeout) =>
      processes
        .locator("tbody tr", { hasText: text })
        .first()
        .locator("td")
        .first()
        .click({ timeout }),
    () => processes.locator("aside", { hasText: text }).isVisible(),
  );

/** Presses Explain beside the chosen session, sees its plan and comes back to the list. */
export async function explainProcess(page, processes, connection) {
  await insist(
    "Explain beside the session",
    (timeout) => processes.getByRole("button", { name: "Explain" }).click({ timeout }),
    () => activeTab(page, "Plan · Session").isVisible(),
  );
  await panelOf(page, connection, ".surface .card");
  await insist(
    "the list of processes again",
    (timeout) => page.locator(".tab", { hasText: `Processes · ${connection}` }).click({ timeout }),
    () => activeTab(page, `Processes · ${connection}`).isVisible(),
  );
}

/** Ends the statement of the chosen session, with the confirmation. */
export async function endQuery(page, processes, action = "End query") {
  const dialog = page.locator(".monaco-dialog-box");
  await insist(
    action,
    (timeout) => processes.getByRole("button", { name: action }).click({ timeout }),
    () => dialog.isVisible(),
  );
  return {
    text: await dialog.innerText(),
    async confirm() {
      await dialog.locator(".monaco-button", { hasText: /^End / }).first().click();
      await dialog.waitFor({ state: "hidden" });
    },
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

/** Themes are the pages' affair, whatever the engine: of one engine all are looked at, of the others one. */
export const picture = (page, name, allThemes, options) =>
  allThemes ? shots(page, name, options) : screenshot(page, `${name}-light`);

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
