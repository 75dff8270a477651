// What a failed test says: of a run elsewhere only the log comes back, so what one would look at stands
// in the error itself. A picture is left in build/screenshots as well.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const mostText = 300;
const mostRows = 25;
const mostCallLog = 10;
const mostLogLines = 6;
const mostPageErrors = 4;

/** Where in the editor to look, when it is there. */
const places = {
  "active tabs": ".tab.active",
  dialog: ".monaco-dialog-box",
  "quick input": ".quick-input-widget",
  notifications: ".notification-toast",
  status: '.statusbar-item[id$="mydba.connection"]',
};

const oneLine = (text, most = mostText) => text.replace(/\s+/g, " ").trim().slice(0, most);

/** Rows of the sidebar's trees with their depth; `<` has the focus. */
const sidebarRows = (page) =>
  page
    .locator(".part.sidebar .monaco-list-row")
    .evaluateAll((rows) =>
      rows.map(
        (row) =>
          `${row.ariaLevel} ${row.innerText.replace(/\s+/g, " ")}${row.matches(".focused") ? " <" : ""}`,
      ),
    );

const focus = (page) =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    const part = at?.closest(".part, .quick-input-widget, .monaco-dialog-box");
    return `${at?.tagName} ${at?.className} in ${part?.id || part?.className}`;
  });

/** The start of every webview's text, and the errors in it. */
async function webviews(page) {
  const texts = page
    .frames()
    .filter((frame) => frame.parentFrame()?.url().includes("/webview/"))
    .map(async (frame) => {
      const text = await frame.locator("body").innerText({ timeout: 1000 });
      const errors = await frame.locator(".banner.error, .run-error").allInnerTexts();
      return [oneLine(text, 160), ...errors.map((error) => `! ${oneLine(error)}`)].join(" ");
    });
  const settled = await Promise.allSettled(texts);
  return settled.flatMap(({ value }) => (value ? [value] : []));
}

/** What extensions and their host wrote to log files. */
export function editorLogs({ logs }) {
  if (!existsSync(logs)) return [];
  return readdirSync(logs, { recursive: true })
    .filter((name) => /(exthost|mydba).*\.log$/i.test(name))
    .flatMap((name) => readFileSync(path.join(logs, name), "utf8").split("\n"));
}

/** Functions and lines of the tests through which an error came, the innermost first. */
function trail({ stack = "" }) {
  const frames = stack.matchAll(/at (?:async )?(?:(\S+) \()?[^\n]*\/tests\/\w+\/([\w.]+:\d+)/g);
  return [...frames]
    .filter(([, , place]) => !/^(patience|harness)\./.test(place))
    .map(([, name, place]) => (name ? `${name} ${place}` : place))
    .join(" < ");
}

/** The parts that can be had; a page that is gone has none. */
async function situation(page, editor, pageErrors) {
  const lines = [];
  const add = async (what, look) => {
    const found = await Promise.resolve()
      .then(look)
      .catch(() => []);
    const text = [found].flat().join(" | ");
    if (text) lines.push(`${what}: ${text}`);
  };
  for (const [what, selector] of Object.entries(places))
    await add(what, async () =>
      (await page.locator(`${selector}:visible`).allInnerTexts()).map((text) => oneLine(text)),
    );
  await add("focus", () => focus(page));
  await add("sidebar", async () => (await sidebarRows(page)).slice(0, mostRows));
  await add("webviews", () => webviews(page));
  await add("page", () => pageErrors.slice(-mostPageErrors).map((text) => oneLine(text)));
  await add("log", async () =>
    editorLogs(editor)
      .filter((line) => /\[(error|warning)\]/.test(line) && /mydba/i.test(line))
      .slice(-mostLogLines)
      .map((line) => oneLine(line)),
  );
  return lines;
}

/** Puts into the error what there is to know of it. */
export async function explainFailure(error, page, editor, pageErrors) {
  const said = String(error.message).split("\n").slice(0, mostCallLog);
  const way = trail(error);
  error.message = [...said, way && `at: ${way}`, ...(await situation(page, editor, pageErrors))]
    .filter(Boolean)
    .join("\n");
}
