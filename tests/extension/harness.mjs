// The real editor, driven as a person would: VS Code as a server (scripts/editor) in Chromium.
//
// Each test file starts its own server with a profile that it throws away. Everything here waits for
// what a person would see, with a deadline; nothing sleeps. What the editor itself cannot do in this
// form: native menus and dialogs, the keychain of the operating system (secrets live in the page's
// own storage, so they are gone with the browser).
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { startEditor } from "../../scripts/editor.d/server.mjs";
import { root } from "../../scripts/paths.mjs";
import { explainFailure } from "./failure.mjs";
import { insist, until, waitMs } from "./patience.mjs";

const startMs = 120_000;
const browserPrograms = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const screenshots = path.join(root, "build", "screenshots");

/** The extension as it is installed by a user, made by scripts/package. */
export const extensionFile =
  process.env.MYDBA_TEST_VSIX ?? path.join(root, "build", "mydba-linux-x64.vsix");

/**
 * An editor with the extension (and others, as .vsix files) in a profile of its own. The options are
 * those of scripts/editor.d/server.mjs.
 * @returns the editor of scripts/editor.d/server.mjs; `stop()` also removes the profile
 */
export async function startServer(options = {}) {
  const profile = mkdtempSync(path.join(os.tmpdir(), "mydba-editor-"));
  const remove = () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  try {
    const editor = await startEditor({
      vsix: [extensionFile],
      ...options,
      profile,
      settings: { "git.enabled": false, "window.restoreWindows": "none", ...options.settings },
      env: { HOME: profile, ...options.env },
    });
    return { ...editor, stop: () => editor.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A browser page with the workbench of `url` ready to be used. `errors` grows with what the page reports. */
export async function openWorkbench(
  url,
  { width = 1400, height = 900, colorScheme = "light", storageState } = {},
) {
  const executablePath = browserPrograms.find(existsSync);
  if (!executablePath) throw new Error("no chromium: run scripts/deps browser");
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    // Chromium's sandbox needs a user namespace and an account that is not root.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    storageState,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(waitMs);
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url, { waitUntil: "domcontentloaded" });
  await page.locator(".monaco-workbench").waitFor({ timeout: startMs });
  await page.locator(".part.activitybar .action-item").first().waitFor({ timeout: startMs });
  return { browser, context, page, errors };
}

const quickInput = (page) => page.locator(".quick-input-widget input[type=text]");
const quickRow = (page, text) =>
  page.locator(".quick-input-list .monaco-list-row").filter({ hasText: text }).first();

/** Opens the quick input with a key, anew: its list is a snapshot, and one that is open may be another's. */
async function openQuickInput(page, key, text, timeout) {
  const input = quickInput(page);
  if (await input.isVisible()) {
    await page.keyboard.press("Escape");
    await input.waitFor({ state: "hidden", timeout });
  }
  await page.keyboard.press(key);
  await input.fill(text, { timeout });
}

/** Runs a command by its title. What it opens or asks is for the caller to wait for. */
export async function runCommand(page, title) {
  const inPalette = async () => {
    const input = quickInput(page);
    if (!(await input.isVisible())) return false;
    return (await input.inputValue({ timeout: 1000 }).catch(() => "")).startsWith(">");
  };
  await insist(
    `the command ${title}`,
    async (timeout) => {
      await openQuickInput(page, "F1", `>${title}`, timeout);
      await quickRow(page, title).click({ timeout });
    },
    async () => !(await inPalette()),
  );
}

/** Runs a command that lets choose, and chooses; again when the list closed because the focus went elsewhere. */
export const choose = (page, title, row) =>
  insist(
    `${row} of ${title}`,
    async (timeout) => {
      await runCommand(page, title);
      await quickRow(page, row).click({ timeout });
    },
    async () => !(await quickInput(page).isVisible()),
  );

/** Opens a file of the workspace by its name. */
export const openFile = (page, file) =>
  insist(
    `the file ${file}`,
    async (timeout) => {
      await openQuickInput(page, "Control+P", file, timeout);
      await quickRow(page, file).click({ timeout });
    },
    () => page.locator(".tab.active", { hasText: file }).first().isVisible(),
  );

const chat = (page) => page.locator(".part.auxiliarybar .interactive-session");

/** Makes a gesture that begins an answer in the chat, and returns that answer. */
export async function nextAnswer(page, what, gesture) {
  // The list is virtual: what has scrolled out is not there, so rows are told apart by their number.
  const rows = chat(page).locator(".monaco-list-row:has(.interactive-response)");
  const lastRow = () =>
    rows.evaluateAll((found) => Math.max(-1, ...found.map((row) => Number(row.dataset.index))));
  const before = await lastRow();
  await insist(what, gesture, async () => (await lastRow()) > before);
  return chat(page).locator(`.monaco-list-row[data-index="${await lastRow()}"]`);
}

/**
 * Types a prompt in the chat and returns the answer, which has begun. Before it is sent, the editor must know a
 * model and mark every `@participant` and `/command` as such: else it would be asked for something else.
 */
export async function send(page, prompt) {
  const input = chat(page).locator(".chat-input-container .monaco-editor").first();
  const model = { hasText: /\(no AI\)|\(MyDBA\)|Scripted/ };
  await chat(page).locator(".chat-input-container", model).first().waitFor();
  return nextAnswer(page, `asking ${prompt}`, async (timeout) => {
    await input.click({ timeout });
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    const [names] = prompt.match(/^@\w+( \/\w+)?/) ?? [""];
    await page.keyboard.type(`${names} `, { delay: 15 }); // the space closes the list of suggestions
    for (const known of names.split(" ").filter(Boolean))
      await input
        .locator('[class*="chat-session-text"]', { hasText: known })
        .first()
        .waitFor({ timeout });
    await page.keyboard.insertText(prompt.slice(names.length).trim());
    await page.locator(".suggest-widget.visible").first().waitFor({ state: "hidden", timeout });
    await page.keyboard.press("Enter");
  });
}

/** An answer that is complete. */
export async function complete(answer) {
  await answer.locator(".chat-response-loading").waitFor({ state: "detached" });
  return answer;
}

/** Asks in the chat and returns the text of the finished answer. */
export async function ask(page, prompt) {
  return (await complete(await send(page, prompt))).innerText();
}

/** The inner frame of the webview that has `selector`: a webview is a frame within a frame. */
export function webviewFrame(page, selector) {
  const has = async (frame) => {
    try {
      return (await frame.locator(selector).count()) > 0;
    } catch {
      return false; // the frame went away while it was asked
    }
  };
  return until(async () => {
    for (const frame of page.frames())
      if (frame.parentFrame()?.url().includes("/webview/") && (await has(frame))) return frame;
    return undefined;
  }, `a webview with ${selector}`);
}

/** The text of the first notification that matches; waits for it. */
export async function notification(page, pattern) {
  const message = page.locator(".notification-list-item-message", { hasText: pattern }).first();
  await message.waitFor();
  return message.innerText();
}

/** A tab of the activity bar, by the name of its view container. */
export const viewContainer = (page, name) =>
  page.locator(".part.activitybar").getByRole("tab", { name });

export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Process ids and arguments of the programs of MyDBA that run in the editor whose profile this is. */
function helpers(profile) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [program, ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        const ours = program.startsWith(profile) && program.endsWith("/bin/mydba");
        return ours ? [{ pid: Number(pid), args: args.slice(0, -1) }] : [];
      } catch {
        return []; // the process ended while it was looked at
      }
    });
}

/** Process id of the helper, if it runs. */
export const helperPid = (profile) => helpers(profile).find(({ args }) => args[0] === "serve")?.pid;

/** The editor's MCP server, {pid, args}, once it runs. */
export const mcpServer = (profile) => helpers(profile).find(({ args }) => args[0] === "mcp");

/** Collapses everything: rows are found by their name and depth, so two open branches would be mixed up. */
export const collapseTree = (page) =>
  insist(
    "collapsing the tree",
    (timeout) =>
      page.locator(".part.sidebar").getByLabel("Collapse All").first().click({ timeout }),
    async () =>
      (await page.locator('.part.sidebar .monaco-list-row[aria-expanded="true"]').count()) === 0,
  );

/** The editor as the next part needs it, whatever the last one left open. */
async function tidyUp(page) {
  const open = page
    .locator(".monaco-dialog-box, .quick-input-widget")
    .and(page.locator(":visible"));
  await insist(
    "closing what asks",
    () => page.keyboard.press("Escape"),
    async () => (await open.count()) === 0,
  );
  await runCommand(page, "View: Close All Editors");
  await collapseTree(page);
}

/**
 * Runs `use` in a fresh editor on `folder`, and ends both whatever happens. `use` gets the editor, its
 * page, what the page reported as errors, and `part`: a subtest after whose failure the next can go on.
 */
export async function inEditor(name, folder, use, options = {}) {
  const editor = await startServer(options);
  let workbench;
  const explained = async (error, what) => {
    if (!workbench) return;
    await screenshot(workbench.page, `failed-${what}`).catch(() => {});
    await explainFailure(error, workbench.page, editor, workbench.errors);
  };
  const part = (t, title, act, skip = false) =>
    t.test(title, { skip }, async (t) => {
      try {
        await act(t);
      } catch (error) {
        await explained(error, `${name}-${title}`);
        await tidyUp(workbench.page).catch(() => {});
        throw error;
      }
    });
  try {
    workbench = await openWorkbench(editor.url(folder, options.file), options);
    await use({ editor, part, ...workbench });
  } catch (error) {
    await explained(error, name);
    throw error;
  } finally {
    await workbench?.browser.close();
    await editor.stop();
  }
}
