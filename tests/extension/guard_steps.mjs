// What a person does when the guard asks.
import { until } from "./patience.mjs";
import { cursorOn, panelOf, pressRun } from "./steps.mjs";

const dialogOf = (page) => page.locator(".monaco-dialog-box");
const plain = (text) => text.replaceAll("\u00a0", " ");

/** The text of the dialog that asks this; another one may have to go before it. */
export function question(page, asks) {
  return until(async () => {
    const [text] = (await dialogOf(page).allInnerTexts()).map(plain);
    return text !== undefined && asks.test(text) && text;
  }, `the question ${asks}`);
}

/** Presses a button of the dialog, and sees this dialog go; another one may follow. */
export async function answer(page, button) {
  const dialog = await dialogOf(page).elementHandle();
  await dialogOf(page).getByRole("button", { name: button, exact: true }).click();
  await dialog.waitForElementState("hidden");
}

/** Puts a statement of one line alone into the editor. */
export async function write(page, editor, sql) {
  await cursorOn(editor, "");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(`${sql};\n`);
  const lines = async () => plain((await editor.locator(".view-line").allInnerTexts()).join("\n"));
  await until(async () => (await lines()).trim() === `${sql};`, `${sql} in the editor`);
  await page.keyboard.press("Control+Home");
}

/** Runs a statement; with `button` it answers the question `asks` and returns its text. */
export async function run(page, editor, sql, button, asks = /./) {
  await write(page, editor, sql);
  await pressRun(page);
  if (button === undefined) return undefined;
  const text = await question(page, asks);
  await answer(page, button);
  return text;
}

/** The results panel of a connection once a run has ended there that was not looked at yet: each draws its bar anew. */
export async function ended(page, connection) {
  const again = '.bar:not([data-seen]) button:has-text("Run again"):not([hidden])';
  const rows = await panelOf(page, connection, again);
  await rows.locator(".bar").evaluate((bar) => (bar.dataset.seen = "yes"));
  return rows;
}
