// Bundles what runs in the editor: the extension (Node, CommonJS, `vscode` provided by the host) and one
// script and one style sheet for every folder of webviews/ that has a view.json.
//   node scripts/build-web.mjs [--out=dist] [--watch] [--views-only] [--minify]
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const flag = (name) => process.argv.includes(`--${name}`);
const option = (name, fallback) =>
  process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;

const outDir = path.resolve(root, option("out", "dist"));
const extensionEntry = path.join(root, "extension/src/extension.ts");
const withExtension = !flag("views-only") && existsSync(extensionEntry);
const common = {
  bundle: true,
  sourcemap: true,
  minify: flag("minify"),
  logLevel: "warning",
  absWorkingDir: root,
};

/** Folders of webviews/ that are views, with their manifest; refuses one whose id is not its folder's name. */
function readViews() {
  const folder = path.join(root, "webviews");
  const views = [];
  for (const name of readdirSync(folder).sort()) {
    const file = path.join(folder, name, "view.json");
    if (!existsSync(file)) continue;
    const view = JSON.parse(readFileSync(file, "utf8"));
    if (view.id !== name) throw new Error(`webviews/${name}/view.json: id is "${view.id}"`);
    views.push(view);
  }
  return views;
}

function buildOptions(views) {
  const page = {
    ...common,
    entryPoints: views.map((v) => ({ in: `webviews/${v.id}/index.ts`, out: `webviews/${v.id}` })),
    outdir: outDir,
    platform: "browser",
    format: "iife",
    target: ["chrome120"],
  };
  const extension = {
    ...common,
    entryPoints: [extensionEntry],
    outfile: path.join(outDir, "extension.cjs"),
    platform: "node",
    format: "cjs",
    target: ["node20"],
    external: ["vscode"],
  };
  return withExtension ? [page, extension] : [page];
}

const views = readViews();
mkdirSync(path.join(outDir, "webviews"), { recursive: true });
// dist/ is CommonJS for the editor although the repository itself is made of ES modules.
writeFileSync(path.join(outDir, "package.json"), '{ "type": "commonjs" }\n');
writeFileSync(path.join(outDir, "views.json"), JSON.stringify(views, null, 2) + "\n");
copyFileSync(path.join(root, "webviews/shared/page.html"), path.join(outDir, "webviews/page.html"));
for (const options of buildOptions(views)) {
  if (flag("watch")) await (await esbuild.context(options)).watch();
  else await esbuild.build(options);
}
console.log(`built ${views.length} views${withExtension ? " and the extension" : ""}`);
