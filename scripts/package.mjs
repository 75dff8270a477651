// Packs the extension for the platform it runs on: what is in the editor's folder after an install is
// exactly build/stage/.
//
// The helper's libraries travel with it, because a user's machine has none of them, or others. All of
// its closure but the C library: that one must be the machine's own (name services, the loader), so
// the oldest system served is the one whose C library is as old as the builder's. The C++ library is
// bundled although it is nearly everywhere: an older one would refuse to start the helper.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { notices } from "./notices.mjs";
import { root } from "./paths.mjs";

const build = path.join(root, "build");
const stage = path.join(build, "stage");
const maximumBytes = 30 * 1024 * 1024;
const { built } = JSON.parse(readFileSync(path.join(root, "scripts/targets.json"), "utf8"));
const target = `${process.platform}-${process.arch}`;
const output = path.join(build, `mydba-${target}.vsix`);

const run = (program, ...args) =>
  execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

// Part of the C library of Debian 12 (libc6): never bundled.
const ofTheSystem =
  /^(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|anl|nsl|util|BrokenLocale|nss_.*))\.so/;

/** Absolute paths of the libraries that `file` needs, directly or not. */
function librariesOf(file) {
  const lines = run("ldd", file).split("\n");
  const missing = lines.filter((line) => line.includes("not found"));
  if (missing.length) throw new Error(`${file}: ${missing.join(", ")}`);
  return lines
    .map((line) => line.match(/=> (\/\S+)/)?.[1])
    .filter((library) => library && !ofTheSystem.test(path.basename(library)));
}

/** Authentication plugins that the MariaDB client library loads by name, such as MySQL's default one. */
function clientPlugins() {
  const folder = run("mariadb_config", "--plugindir").trim();
  return readdirSync(folder)
    .filter((name) => name.endsWith(".so"))
    .map((name) => path.join(folder, name));
}

function place(from, to, runPath) {
  copyFileSync(from, to);
  chmodSync(to, 0o755);
  run("strip", "--strip-unneeded", to);
  // DT_RPATH, not DT_RUNPATH: a library path in the user's environment must not swap a library.
  run("patchelf", "--force-rpath", "--set-rpath", runPath, to);
}

function stageHelper(helper) {
  const lib = path.join(stage, "bin/lib");
  mkdirSync(path.join(lib, "plugin"), { recursive: true });
  const plugins = clientPlugins();
  const libraries = [...new Set([helper, ...plugins].flatMap(librariesOf))];
  place(helper, path.join(stage, "bin/mydba"), "$ORIGIN/lib");
  for (const library of libraries)
    place(library, path.join(lib, path.basename(library)), "$ORIGIN");
  for (const plugin of plugins)
    place(plugin, path.join(lib, "plugin", path.basename(plugin)), "$ORIGIN/..");
  return [...libraries, ...plugins];
}

/** The manifest that is installed: without what only developers need. */
function manifest() {
  const {
    devDependencies,
    scripts,
    private: _,
    ...kept
  } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return `${JSON.stringify(kept, null, 2)}\n`;
}

function stageExtension() {
  writeFileSync(path.join(stage, "package.json"), manifest());
  for (const file of ["README.md", "LICENSE", "CHANGELOG.md", "extension/media"].filter((file) =>
    existsSync(path.join(root, file)),
  ))
    cpSync(path.join(root, file), path.join(stage, file), { recursive: true });
  cpSync(path.join(root, "dist"), path.join(stage, "dist"), {
    recursive: true,
    filter: (file) => !file.endsWith(".map"),
  });
}

const files = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();

/** What decides the package's content; unchanged means that there is nothing to do. */
function fingerprint(helper) {
  const hash = createHash("sha256");
  const inputs = [
    helper,
    ...["package.json", "README.md", "LICENSE", "CHANGELOG.md"].map((name) =>
      path.join(root, name),
    ),
    ...files(path.join(root, "dist")),
    ...["package.mjs", "notices.mjs"].map((name) => path.join(root, "scripts", name)),
  ];
  for (const file of inputs.filter(existsSync)) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

if (!built.includes(target)) {
  console.error(
    `package: ${target} is not built here; scripts/targets.json names the machines that would`,
  );
  process.exit(1);
}
const helper = path.join(build, "release/mydba");
const stamp = path.join(build, "package.stamp");
const current = fingerprint(helper);
if (!existsSync(output) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== current) {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const carried = stageHelper(helper);
  stageExtension();
  writeFileSync(path.join(stage, ".vscodeignore"), ""); // all of it is wanted
  writeFileSync(
    path.join(stage, "THIRD_PARTY_NOTICES.md"),
    notices(carried, path.join(root, "dist")),
  );
  execFileSync(
    path.join(root, "node_modules/.bin/vsce"),
    [
      "package",
      "--no-dependencies",
      "--allow-missing-repository",
      // README.md links to files of the repository, whose public address is not known here.
      "--no-rewrite-relative-links",
      "--target",
      target,
      "--out",
      output,
    ],
    { cwd: stage, stdio: ["ignore", "ignore", "inherit"] },
  );
  writeFileSync(stamp, current);
}
const { size } = statSync(output);
console.log(`${path.relative(process.cwd(), output)} ${(size / 1024 / 1024).toFixed(1)} MiB`);
if (size > maximumBytes) throw new Error("the package is larger than 30 MiB");
