// The results panel as a person uses it, with clocks where the numbers are wanted. Rows are counted
// from 0 as the grid does; `rows` is how many can be scrolled to.
import { readdirSync, readlinkSync } from "node:fs";
import { until } from "./patience.mjs";

/** Above every value of `n` below, and prime: so `n` is another order of the same rows, without ties. */
const modulus = 10_000_019;
const factor = 7919;

/**
 * A SELECT of ascending numbers with a text, another number, and in the first row the time at which the
 * server made it, in milliseconds since 1970. A function in FROM would be run to its end before the
 * first row leaves; in the list it streams.
 */
export function manyRows(rows) {
  return `SELECT i, 'Customer ' || i AS name, i * ${factor} % ${modulus} AS n,
  CASE WHEN i = 1 THEN round(extract(epoch FROM clock_timestamp()) * 1000, 3) END AS made_at
FROM (SELECT generate_series(1::bigint, ${rows}) AS i) AS many_rows;
`;
}
export const columns = { i: 0, name: 1, n: 2, madeAt: 3 };
export const numberOf = (i) => (i * factor) % modulus;

/** The values of column `n`, ascending. */
export function sortedNumbers(rows) {
  const taken = new Uint8Array(modulus);
  for (let i = 1; i <= rows; ++i) taken[numberOf(i)] = 1;
  const sorted = new Uint32Array(rows);
  let at = 0;
  for (let n = 0; n < modulus; ++n) if (taken[n]) sorted[at++] = n;
  return sorted;
}

/** A cell that shows its value. */
export const cell = (panel, row, column) =>
  panel
    .locator(`.grid-cell[data-row="${row}"][data-column="${column}"]:not(.loading):visible`)
    .first();

export const status = (panel) => panel.locator("footer .status-text");

/**
 * Drags the scrollbar to `share` (0 to 1) of its way, and waits until no row in view is loading.
 * @returns the rows in view: their numbers and their cells' texts
 */
export function scrollTo(panel, share) {
  return panel.evaluate(async (share) => {
    const patienceMs = 60_000;
    const view = document.querySelector(".grid-view");
    const start = performance.now();
    view.scrollTop = (view.scrollHeight - view.clientHeight) * share;
    await new Promise(requestAnimationFrame); // the grid paints the new place in this frame
    for (;;) {
      await new Promise(requestAnimationFrame);
      const rows = [...document.querySelectorAll(".grid-layer .grid-row")].filter((row) =>
        row.checkVisibility(),
      );
      if (rows.length > 0 && !rows.some((row) => row.querySelector(".loading")))
        return rows.map((row) => ({
          row: Number(row.getAttribute("aria-rowindex")) - 2,
          cells: [...row.querySelectorAll(".grid-cell")].map((cell) => cell.textContent),
        }));
      if (performance.now() - start > patienceMs) throw new Error("the rows never came");
    }
  }, share);
}

/** Drags the scrollbar to a row; gives its cells and how long they took to appear, milliseconds. */
export function jumpTo(panel, row, rows) {
  return panel.evaluate(
    async ({ row, rows }) => {
      const [rowHeight, patienceMs] = [24, 60_000];
      const view = document.querySelector(".grid-view");
      const virtual = rows * rowHeight - view.clientHeight;
      const share = (row * rowHeight - view.clientHeight / 2) / virtual;
      const start = performance.now();
      view.scrollTop = (view.scrollHeight - view.clientHeight) * Math.min(1, Math.max(0, share));
      for (;;) {
        await new Promise(requestAnimationFrame);
        const cells = document.querySelectorAll(`.grid-cell[data-row="${row}"]:not(.loading)`);
        const shown = [...cells].filter((cell) => cell.checkVisibility());
        const ms = performance.now() - start;
        if (shown.length > 0) return { ms, cells: shown.map((cell) => cell.textContent) };
        if (ms > patienceMs) throw new Error(`row ${row} of ${rows} never came`);
      }
    },
    { row, rows },
  );
}

/** Sorts by a column as a click on its header does. */
export const sortBy = (panel, name) =>
  panel.getByRole("columnheader", { name: new RegExp(`^${name} `) }).click();

export async function filter(panel, column, text) {
  const input = panel.getByLabel(`Filter ${column}`, { exact: true });
  if (!(await input.isVisible()))
    await panel.getByRole("button", { name: "Filter", exact: true }).click();
  await input.fill(text);
  await input.press("Enter");
}

/** Starts to watch the panel's frames; the longest time between two of them so far, milliseconds. */
export async function watchFrames(panel) {
  await panel.evaluate(() => {
    window.longestGap = 0;
    let last = performance.now();
    const frame = (now) => {
      window.longestGap = Math.max(window.longestGap, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  return () => panel.evaluate(() => window.longestGap);
}

/** Descriptors of a helper's temporary files. They have no name any more: only its descriptors show them. */
export function temporaryFiles(pid) {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => {
    try {
      return /\/mydba-\w{6} \(deleted\)$/.test(readlinkSync(`${folder}/${fd}`));
    } catch {
      return false; // closed while it was looked at
    }
  });
}

export const noTemporaryFiles = (pid) =>
  until(() => temporaryFiles(pid).length === 0, "the spool to go");
