// Tests of single modules of the extension: bundles one TypeScript file and imports it.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const root = path.dirname(path.dirname(import.meta.dirname));

/** The exports of a TypeScript file of the repository, which must not need `vscode`. */
export async function load(file) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "mydba-unit-"));
  try {
    const outfile = path.join(folder, `${path.basename(file, ".ts")}.mjs`);
    const entryPoints = [path.join(root, file)];
    await esbuild.build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm" });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
