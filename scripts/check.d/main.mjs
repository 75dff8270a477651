// scripts/check: runs the invariants (rules.mjs) and the tools, prints what is wrong, and counts.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../paths.mjs";
import { all, handWritten, native } from "./files.mjs";
import { rules } from "./rules.mjs";

const bin = (name) => path.join(root, "node_modules/.bin", name);
const present = (files) => files.filter((file) => existsSync(path.join(root, file)));

/** Runs a program; what it printed when it failed, else nothing. */
function tool(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => (output += data));
    child.on("error", (error) => resolve([`${program}: ${error.message}`]));
    child.on("close", (code) => resolve(code === 0 ? [] : output.trim().split("\n").slice(0, 40)));
  });
}

const formatted = all.filter((file) => /\.(ts|mjs|json|css)$/.test(file)); // less .prettierignore
const projects = present([
  "webviews/tsconfig.json",
  "extension/tsconfig.json",
  "protocol/client/tsconfig.json",
  "tests/webviews/tsconfig.json",
]);

const tools = {
  "generated files are up to date": () => tool("scripts/gen", ["--check"]),
  "clang-format": () => tool("clang-format-14", ["--dry-run", "-Werror", ...native]),
  prettier: () => tool(bin("prettier"), ["--check", "--log-level=warn", ...formatted]),
  eslint: () =>
    existsSync(bin("eslint"))
      ? tool(bin("eslint"), ["extension/src", "protocol/client", "webviews", "--max-warnings=0"])
      : ["eslint is not a dependency"],
  ...Object.fromEntries(
    projects.map((project) => [
      `types of ${project}`,
      () => tool(bin("tsc"), ["--noEmit", "-p", project]),
    ]),
  ),
};

/** clang-tidy on every source, as many at a time as there are cores; .clang-tidy says what and why. */
async function tidy() {
  const database = path.join(root, "build/dev/compile_commands.json");
  if (!existsSync(database)) return ["no build/dev: run scripts/build dev"];
  const compiled = new Set(
    JSON.parse(readFileSync(database, "utf8")).map(({ file }) => path.relative(root, file)),
  );
  const waiting = native.filter((file) => file.startsWith("native/") && compiled.has(file));
  const problems = [];
  const work = async () => {
    for (let file; (file = waiting.pop());)
      problems.push(
        ...(await tool("clang-tidy-14", [
          "-p",
          "build/dev",
          "--quiet",
          "--warnings-as-errors=*",
          "--extra-arg=-Wno-unknown-warning-option",
          file,
        ])),
      );
  };
  await Promise.all(os.cpus().map(work));
  return problems;
}

const checks = {
  ...rules,
  ...tools,
  ...(process.argv.includes("--tidy") ? { "clang-tidy": tidy } : {}),
};
const results = await Promise.all(
  Object.entries(checks).map(async ([name, check]) => ({ name, problems: await check() })),
);
for (const { name, problems } of results) {
  console.log(`${problems.length ? "FAILED" : "ok"} ${name}`);
  for (const problem of problems.slice(0, 40)) console.log(`    ${problem}`);
}
const failed = results.filter(({ problems }) => problems.length).length;
console.log(
  `checked ${handWritten.length} files: ${results.length - failed} passed, ${failed} failed`,
);
process.exitCode = failed ? 1 : 0;
