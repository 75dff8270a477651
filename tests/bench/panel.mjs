// node tests/bench/panel.mjs [ROWS] [ROUNDS]: a large result of PostgreSQL ($MYDBA_TEST_POSTGRES) in the
// results panel of the real editor, as scripts/bench panel runs it: how long after the server's first row
// something is painted, how long any row takes, whether the panel goes on painting while rows are read,
// and what it costs in memory.
//
// The server writes into the first row when it made it, and a page knows the same clock, so the time to
// the first painted row is one subtraction. A row counts as painted when the animation frame that shows
// it has ended. The panel's page lives in a process with the editor's own page (it is served from the
// same origin), so its memory is the growth of that process since before the panel was opened.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { helperPid, inEditor } from "../extension/harness.mjs";
import * as results from "../extension/results_panel.mjs";
import * as steps from "../extension/steps.mjs";
import { median } from "./numbers.mjs";

const url = process.env.MYDBA_TEST_POSTGRES;
const rows = Number(process.argv[2] ?? 10_000_000);
const rounds = Number(process.argv[3] ?? 7);
const jumps = 40;
const longMs = 300_000;
const connection = "server";
const grouped = (n) => n.toLocaleString("en-US");

const report = (what, value, aim = "") => console.log(`${what.padEnd(46)} ${value}${aim}`);
const spread = (times) =>
  `median ${Math.round(median(times))} ms, worst ${Math.round(Math.max(...times))} ms`;
const aimed = (value, aim, unit) => `, aim ${aim} ${unit}: ${value <= aim ? "reached" : "missed"}`;

/** In every document of the browser: notes when a first row with another time in it was painted. */
function watchFirstRows(column) {
  window.firstRows = [];
  let last = "";
  const look = () => {
    const cell = document.querySelector(
      `.grid-row:not([hidden]) .grid-cell[data-row="0"][data-column="${column}"]:not(.loading)`,
    );
    const madeAt = cell?.textContent ?? "";
    if (Number(madeAt) > 0 && madeAt !== last) {
      last = madeAt;
      const note = () => performance.timeOrigin + performance.now() - Number(madeAt);
      setTimeout(() => window.firstRows.push(note()));
    }
    requestAnimationFrame(look);
  };
  // A frame's window outlives its first, empty document, and animation frames end with a document.
  let watched;
  setInterval(() => {
    if (watched !== document) requestAnimationFrame(look);
    watched = document;
  }, 5);
}

const inStatus = (pid, field) => {
  const text = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0) / 1024;
};

/** Resident memory of the browser's renderers together, and the JavaScript heap of the editor's, MiB. */
async function memoryMeter(browser, page) {
  const [whole, one] = [
    await browser.newBrowserCDPSession(),
    await page.context().newCDPSession(page),
  ];
  await one.send("Performance.enable");
  return async () => {
    const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
    const { metrics } = await one.send("Performance.getMetrics");
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    return {
      resident: renderers.reduce((sum, { id }) => sum + inStatus(id, "VmRSS"), 0),
      heap: metrics.find(({ name }) => name === "JSHeapUsedSize").value / 2 ** 20,
      count: renderers.length,
    };
  };
}

/** Samples memory until `stop()`, which gives the most that was seen. */
function watchMemory(measure) {
  let [going, most] = [true, { resident: 0, heap: 0 }];
  const sampling = (async () => {
    while (going) {
      const now = await measure();
      most = {
        resident: Math.max(most.resident, now.resident),
        heap: Math.max(most.heap, now.heap),
      };
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  sampling.catch(() => {}); // an editor that failed and closed says why elsewhere
  return async () => {
    going = false;
    await sampling;
    return most;
  };
}

/** Each round in a new panel and once more in the same one, whose page is there. Leaves the last one open. */
async function measureFirstRows(page) {
  const [fresh, again] = [[], []];
  let panel;
  const painted = async (count) => {
    await steps.until(
      async () => (await panel.evaluate(() => window.firstRows.length)) === count,
      "the first rows",
    );
    return panel.evaluate(() => window.firstRows.at(-1));
  };
  for (let round = 0; round < rounds; ++round) {
    await steps.closeEditors(page);
    await steps.openSql(page, "large.sql", connection);
    panel = await steps.run(page, connection);
    fresh.push(await painted(1));
    await steps.pressRun(page);
    again.push(await painted(2));
  }
  report("first rows painted, in a new panel", spread(fresh), aimed(median(fresh), 150, "ms"));
  report("first rows painted, again", spread(again), aimed(median(again), 150, "ms"));
  return panel;
}

async function measureReading(panel) {
  const longestGap = await results.watchFrames(panel);
  const since = performance.now();
  await panel.getByRole("button", { name: "Read all rows" }).click();
  const all = results.status(panel).getByText(`${grouped(rows)} rows`);
  await all.waitFor({ timeout: longMs });
  report(`${grouped(rows)} rows read`, `${((performance.now() - since) / 1000).toFixed(1)} s`);
  report("longest gap between two frames meanwhile", `${Math.round(await longestGap())} ms`);
}

async function measureJumps(panel, what) {
  const times = [];
  for (let i = 0; i < jumps; ++i) {
    const row = Math.floor(((i * 0.37) % 1) * rows);
    times.push((await results.jumpTo(panel, row, rows)).ms);
  }
  report(what, spread(times), aimed(Math.max(...times), 300, "ms"));
}

async function measureViews(panel) {
  const sorted = results.sortedNumbers(rows);
  let since = performance.now();
  await results.sortBy(panel, "n");
  const first = results.cell(panel, 0, results.columns.n);
  await first.filter({ hasText: new RegExp(`^${sorted[0]}$`) }).waitFor({ timeout: longMs });
  report("sorted by a number", `${((performance.now() - since) / 1000).toFixed(1)} s`);
  await measureJumps(panel, "any row, sorted");
  since = performance.now();
  await results.filter(panel, "name", "Customer 99999");
  const told = results
    .status(panel)
    .filter({ hasText: `of ${grouped(rows)} rows`, hasNotText: `${grouped(rows)} of` });
  await told.waitFor({ timeout: longMs });
  const took = `${((performance.now() - since) / 1000).toFixed(1)} s`;
  report("filtered by a text", `${took} (${await told.innerText()})`);
}

async function measure({ page, context, browser, editor }) {
  await context.addInitScript(watchFirstRows, results.columns.madeAt);
  await steps.openSidebar(page);
  await steps.addConnection(page, connection, url);
  await steps.openSql(page, "large.sql", connection);
  const pid = await steps.until(() => helperPid(editor.profile), "the helper");
  const memory = await memoryMeter(browser, page);
  const before = await memory();
  const most = watchMemory(memory);
  const panel = await measureFirstRows(page);
  await measureReading(panel);
  await measureJumps(panel, "any row, as read");
  await measureViews(panel);
  const { resident, heap } = await most();
  const grown = resident - before.resident;
  report(
    "helper's peak memory",
    `${inStatus(pid, "VmHWM").toFixed(1)} MiB`,
    aimed(inStatus(pid, "VmHWM"), 32, "MiB"),
  );
  report(
    "panel: growth of resident memory, at most",
    `${grown.toFixed(0)} MiB (the editor's page and it: ${resident.toFixed(0)} MiB)`,
    aimed(grown, 300, "MiB"),
  );
  report(
    "panel: growth of the JavaScript heap, at most",
    `${(heap - before.heap).toFixed(0)} MiB (the editor's page and it: ${heap.toFixed(0)} MiB)`,
  );
}

if (!url) {
  console.log("panel: skipped, no server in the environment");
} else {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-workspace-"));
  try {
    writeFileSync(path.join(folder, "large.sql"), results.manyRows(rows));
    await inEditor("bench-panel", folder, measure);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
