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

const waitMs = 30_000;
const startMs = 60_000;
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

/** The palette lists what was registered when it opened, so one that lacks the command is opened again. */
export async function runCommand(page, title, timeout = waitMs) {
  const input = page.locator(".quick-input-widget input[type=text]");
  const row = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first();
  for (const end = Date.now() + timeout; ;) {
    await page.keyboard.press("F1");
    try {
      await input.waitFor({ state: "visible", timeout: 3000 });
      await input.fill(`>${title}`);
      await row.click({ timeout: 2000 });
      return;
    } catch (error) {
      if (Date.now() > end)
        throw new Error(`no command in the palette: ${title}\n${error.message}`);
      await page.keyboard.press("Escape");
    }
  }
}

/** Types a prompt in the chat and returns the text of the finished answer. */
export async function ask(page, prompt, timeout = waitMs) {
  const chat = page.locator(".part.auxiliarybar .interactive-session");
  // The list is virtual: what has scrolled out is not there, so rows are told apart by their number.
  const rows = chat.locator(".monaco-list-row:has(.interactive-response)");
  const lastRow = () =>
    rows.evaluateAll((found) => Math.max(-1, ...found.map((row) => Number(row.dataset.index))));
  const before = await lastRow();
  await chat.locator(".chat-input-container .monaco-editor").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.type(`${prompt} `, { delay: 15 }); // the space closes the list of suggestions
  await page.keyboard.press("Enter");
  const answered = async () => (await lastRow()) > before;
  for (const end = Date.now() + timeout; !(await answered()); await page.waitForTimeout(50))
    if (Date.now() > end) throw new Error(`no answer to ${prompt}`);
  await chat.locator(".chat-response-loading").waitFor({ state: "detached", timeout });
  return chat.locator(`.monaco-list-row[data-index="${await lastRow()}"]`).innerText();
}

/** The inner frame of the webview that has `selector`: a webview is a frame within a frame. */
export async function webviewFrame(page, selector, timeout = waitMs) {
  const holds = async (frame) => {
    try {
      return (await frame.locator(selector).count()) > 0;
    } catch {
      return false; // the frame went away while it was asked
    }
  };
  for (const end = Date.now() + timeout; Date.now() < end; await page.waitForTimeout(50))
    for (const frame of page.frames())
      if (frame.parentFrame()?.url().includes("/webview/") && (await holds(frame))) return frame;
  throw new Error(
    `no webview has ${selector}; frames: ${page
      .frames()
      .map((frame) => frame.url())
      .join(" ")}`,
  );
}

/** The text of the first notification that matches; waits for it. */
export async function notification(page, pattern, timeout = waitMs) {
  const message = page.locator(".notification-list-item-message", { hasText: pattern }).first();
  await message.waitFor({ timeout });
  return message.innerText();
}

/** A tab of the activity bar, by the name of its view container. */
export const viewContainer = (page, name) =>
  page.locator(".part.activitybar").getByRole("tab", { name });

export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Process id of the helper of the editor whose profile this is, if it runs. */
export function helperPid(profile) {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const [program] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (program.startsWith(profile) && program.endsWith("/bin/mydba")) return Number(pid);
    } catch {
      // the process ended while it was looked at
    }
  }
  return undefined;
}

/** What extensions and their host wrote to log files; read it when a test fails. */
export function editorLogs(editor) {
  if (!existsSync(editor.logs)) return "";
  return readdirSync(editor.logs, { recursive: true })
    .filter((name) => /(exthost|mydba).*\.log$/i.test(name))
    .map((name) => `== ${name}\n${readFileSync(path.join(editor.logs, name), "utf8")}`)
    .join("\n");
}

/** What the trees of the sidebar show, a line a row with its depth and focus. */
const sidebarRows = (page) =>
  page
    .locator(".part.sidebar .monaco-list-row")
    .evaluateAll((rows) =>
      rows
        .map((row) => `${row.ariaLevel} ${row.innerText}${row.matches(".focused") ? " <" : ""}`)
        .join("\n"),
    );

/**
 * Runs `use` in a fresh editor on `folder`, and ends both whatever happens. A failure leaves a
 * screenshot in build/screenshots, and the rows of the sidebar and the extension host's log on
 * stderr: of a run elsewhere only the latter comes back.
 */
export async function inEditor(name, folder, use, options = {}) {
  const editor = await startServer(options);
  let workbench;
  try {
    workbench = await openWorkbench(editor.url(folder, options.file), options);
    await use({ editor, ...workbench });
  } catch (error) {
    if (workbench) await screenshot(workbench.page, `failed-${name}`).catch(() => {});
    if (workbench) console.error(await sidebarRows(workbench.page).catch(String));
    console.error(editorLogs(editor).split("\n").slice(-60).join("\n"));
    throw error;
  } finally {
    await workbench?.browser.close();
    await editor.stop();
  }
}
