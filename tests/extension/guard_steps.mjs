// What a person does when the guard asks.
import { panelOf } from "./steps.mjs";

const dialogOf = (page) => page.locator(".monaco-dialog-box");

/** The dialog's text, once it is there. */
export async function question(page) {
  await dialogOf(page).waitFor();
  return (await dialogOf(page).innerText()).replaceAll("\u00a0", " ");
}

/** Presses a button of the dialog, and sees this dialog go; another one may follow. */
export async function answer(page, button) {
  const dialog = await dialogOf(page).elementHandle();
  await dialogOf(page).getByRole("button", { name: button, exact: true }).click();
  await dialog.waitForElementState("hidden");
}

/** Puts a statement alone into the editor. */
export async function write(page, editor, sql) {
  await editor.locator(".view-line").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(`${sql};\n`);
  await editor
    .locator(".view-line", { hasText: sql.slice(0, 12) })
    .first()
    .waitFor();
  await page.keyboard.press("Control+Home");
}

/** Runs a statement; with `button` it answers the question and returns its text. */
export async function run(page, editor, sql, button) {
  await write(page, editor, sql);
  await page.keyboard.press("Control+Enter");
  if (button === undefined) return undefined;
  const text = await question(page);
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
