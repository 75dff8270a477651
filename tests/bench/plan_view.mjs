// node tests/bench/plan_view.mjs [ROUNDS]: how long it takes until a plan of 10 to 10,000 steps is laid out and
// painted, beside a bare D3 tree of the same plan, in headless Chromium.
//
// Both get the plan in a message to a page that has loaded, asked for it and waits, each time a fresh one, in turns.
// The time ends when the animation frame that shows steps is over, for both in the same way. The plan view draws its
// tools, the statement and the steps in that frame, its side panel in the next; the bare tree has nothing but nodes.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";
import { startBrowser } from "../webviews/browser.mjs";
import { median } from "./numbers.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const rounds = Number(process.argv[2] ?? 5);
const sizes = [10, 100, 1000, 10_000];

/** Runs in the page: sends the plan, waits for the frame that shows it; milliseconds. */
async function timeToPaint({ steps, bare }) {
  const plan = window.hostScenario.large(steps);
  if (bare)
    window.addEventListener("message", ({ data }) => data.bare && window.drawBare(data.bare));
  const shown = () => document.querySelector(bare ? ".bare text" : ".card") !== null;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await frame();
  const start = performance.now();
  if (bare) window.postMessage({ bare: plan }, "*");
  else window.host.respond(window.sent.find((m) => m.method === "plan/explain").id, plan);
  do await frame();
  while (!shown());
  return performance.now() - start;
}

async function measure(browser, bareScript, steps, bare) {
  const page = await browser.open({ view: "plan", kind: "waiting" });
  try {
    await page.waitForFunction(() => window.sent.some((m) => m.method === "plan/explain"));
    await page.evaluate(bareScript);
    const time = await page.evaluate(timeToPaint, { steps, bare });
    if (page.problems.length > 0) throw new Error(page.problems.join("\n"));
    return time;
  } finally {
    await page.close();
  }
}

function report(steps, ours, bare) {
  const ratio = median(ours.map((time, i) => time / bare[i]));
  const aim = steps <= 1000 ? ratio <= 2 : median(ours) < 500;
  const cells = [
    String(steps).padStart(6),
    `${median(ours).toFixed(1)} ms`.padStart(12),
    `${median(bare).toFixed(1)} ms`.padStart(12),
    ratio.toFixed(2).padStart(8),
    steps <= 1000 ? "  ≤ 2" : "  < 500 ms",
    aim ? "reached" : "missed",
  ];
  console.log(cells.join(" "));
  return aim;
}

mkdirSync(path.join(root, "build"), { recursive: true });
const dist = mkdtempSync(path.join(root, "build", "plan-bench-"));
const built = spawnSync(
  process.execPath,
  ["scripts/build-web.mjs", "--views-only", "--minify", `--out=${dist}`],
  { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
);
if (built.status !== 0) process.exit(1);
const entry = path.join(import.meta.dirname, "bare_tree.js");
const bundle = await esbuild.build({
  entryPoints: [entry],
  bundle: true,
  minify: true,
  write: false,
});
const browser = await startBrowser(dist);
try {
  console.log(" steps    plan view      bare D3    ratio  aim");
  let reached = true;
  for (const steps of sizes) {
    const times = { ours: [], bare: [] };
    for (let round = 0; round < rounds; ++round) {
      for (const bare of round % 2 === 0 ? [false, true] : [true, false])
        times[bare ? "bare" : "ours"].push(
          await measure(browser, bundle.outputFiles[0].text, steps, bare),
        );
    }
    reached = report(steps, times.ours, times.bare) && reached;
  }
  process.exitCode = reached ? 0 : 1;
} finally {
  await browser.stop();
  rmSync(dist, { recursive: true, force: true });
}
