// What page tests share: a browser for the file, a view for each test.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before } from "node:test";
import { startBrowser } from "./browser.mjs";

const shots = process.env.MYDBA_WEB_SHOTS;
let browser;

before(async () => {
  browser = await startBrowser(process.env.MYDBA_WEB_DIST);
});
after(() => browser?.stop());

/** Opens a view for one test; fails the test on any error of the page or breach of the policy. */
export async function withView(settings, options, check) {
  const page = await browser.open(settings, options);
  try {
    await check(page);
    assert.deepEqual(page.problems, []);
    assert.equal(await page.evaluate(() => window.hacked), undefined, "something executed");
  } finally {
    await page.close();
  }
}

export const sent = (page, method) =>
  page.evaluate((wanted) => window.sent.filter((m) => m.method === wanted), method);
export const shoot = (page, name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
export const cell = (page, row, column) =>
  page.locator(`.grid-cell[data-row="${row}"][data-column="${column}"]:visible`);
export const status = (page) => page.locator("footer");

/** Resolves when the page shows a row; gives the milliseconds it took inside the page. */
export function timeToRow(page, action) {
  return page.evaluate(async (step) => {
    const start = performance.now();
    const target = new Function(step)();
    for (;;) {
      const found = document.querySelector(`.grid-cell[data-row="${target}"]:not(.loading)`);
      if (found !== null && !found.closest("[hidden]")) return performance.now() - start;
      if (performance.now() - start > 5000) throw new Error(`row ${target} never came`);
      await new Promise(requestAnimationFrame);
    }
  }, action);
}

/** Megabytes that the largest renderer holds. */
export const rendererMegabytes = () => browser.rendererMegabytes();
