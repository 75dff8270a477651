// Builds the views, then runs their tests: units (bundled from TypeScript) and pages in a real Chromium.
//   node tests/webviews/run.mjs [--units] [--only=<part of a file's name>] [--shots=<dir>]
// Chromium: /usr/bin/chromium, or the program that MYDBA_CHROMIUM names.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { run } from "node:test";
import * as esbuild from "esbuild";

const here = import.meta.dirname;
const root = path.resolve(here, "../..");
// Below the repository, so that bundled tests find node_modules; build/ is not versioned.
mkdirSync(path.join(root, "build"), { recursive: true });
const work = mkdtempSync(path.join(root, "build", "webviews-test-"));
const shots =
  process.argv.find((a) => a.startsWith("--shots="))?.slice(8) ??
  mkdtempSync(path.join(os.tmpdir(), "mydba-shots-"));

/** Bundles each unit test to a module of its own and returns the files. */
async function bundleUnits() {
  const folder = path.join(here, "units");
  const outdir = path.join(work, "units");
  await esbuild.build({
    entryPoints: readdirSync(folder).map((name) => path.join(folder, name)),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["node:*"],
    logLevel: "warning",
  });
  return readdirSync(outdir).map((name) => path.join(outdir, name));
}

/** Runs test files in their own processes; prints failures; returns the counts. */
function runFiles(files) {
  const counts = { passed: 0, failed: 0 };
  return new Promise((resolve) => {
    const stream = run({ files, concurrency: 1 });
    const isFile = (event) => event.details?.type === "suite" || files.includes(event.name);
    stream.on("test:pass", (event) => {
      if (!isFile(event)) counts.passed++;
    });
    stream.on("test:fail", (event) => {
      counts.failed++;
      const error = event.details.error;
      console.log(`FAILED ${event.name}\n${error?.cause?.stack ?? error?.message ?? error}\n`);
    });
    stream.on("test:stderr", (event) => process.stderr.write(event.message));
    stream.on("end", () => resolve(counts));
    stream.resume();
  });
}

const dist = path.join(work, "dist");
const build = spawnSync(
  process.execPath,
  ["scripts/build-web.mjs", "--views-only", `--out=${dist}`],
  {
    cwd: root,
    stdio: "inherit",
  },
);
if (build.status !== 0) process.exit(1);
process.env.MYDBA_WEB_DIST = dist;
process.env.MYDBA_WEB_SHOTS = shots;

const files = await bundleUnits();
if (!process.argv.includes("--units")) {
  const pages = path.join(here, "pages");
  files.push(...readdirSync(pages).map((name) => path.join(pages, name)));
}
const only = process.argv.find((a) => a.startsWith("--only="))?.slice(7) ?? "";
const { passed, failed } = await runFiles(files.filter((f) => path.basename(f).includes(only)));
rmSync(work, { recursive: true, force: true });
console.log(`screenshots: ${shots}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
