// scripts/new in a copy of the repository: what it writes is registered, generated and compiles, and
// nothing that exists is overwritten. That the new thing's own test fails until it does its work is
// up to the suites that run it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

const root = path.resolve(import.meta.dirname, "../..");
let copy;

const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
const script = (name, ...args) =>
  spawnSync(path.join(copy, "scripts", name), args, { cwd: copy, encoding: "utf8" });

before(() => {
  copy = mkdtempSync(path.join(os.tmpdir(), "mydba-new-"));
  const files = git("ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0");
  for (const file of files)
    if (file && existsSync(path.join(root, file)))
      cpSync(path.join(root, file), path.join(copy, file));
  symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
});
after(() => rmSync(copy, { recursive: true, force: true }));

/** Makes it, and returns the paths that it says it wrote. */
function made(kind, id) {
  const { status, stdout, stderr } = script("new", kind, id);
  assert.equal(status, 0, stderr);
  const written = [...(stdout + stderr).matchAll(/^wrote (\S+)$/gm)].map((match) => match[1]);
  assert.ok(written.length > 0, stdout + stderr);
  for (const file of written) assert.ok(existsSync(path.join(copy, file)), file);
  const checked = script("gen", "--check");
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  return written;
}

function compiles(file) {
  const packages = ["libpq", "sqlite3", "libmariadb", "libssh", "simdjson"];
  const flags = execFileSync("pkg-config", ["--cflags", ...packages], { encoding: "utf8" });
  const given = ["-std=c++20", "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers"];
  const folders = ["-Inative/src", "-Iprotocol/generated/cpp", "-Itests"];
  const system = flags.trim().split(/\s+/).filter(Boolean);
  const { status, stderr } = spawnSync(
    "g++",
    ["-fsyntax-only", ...given, ...folders, ...system, file],
    { cwd: copy, encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
}

test("a new engine compiles, is in the generated list and has words for the contract test", () => {
  const written = made("engine", "demo");
  for (const file of written.filter((name) => name.endsWith(".cpp"))) compiles(file);
  assert.ok(written.includes("tests/engines/vocabulary/demo.json"), written.join(" "));
  const generated = git("ls-files", "--cached", "*engines.inc").trim();
  assert.match(readFileSync(path.join(copy, generated), "utf8"), /demo/);
});

test("a new method compiles, and is in the dispatch table and the reference", () => {
  const written = made("method", "sql/echo");
  for (const file of written.filter((name) => name.endsWith(".cpp"))) compiles(file);
  assert.match(
    readFileSync(path.join(copy, "protocol/generated/PROTOCOL.md"), "utf8"),
    /sql\/echo/,
  );
});

test("a new view and new rules", () => {
  assert.ok(made("view", "locks").includes("webviews/locks/view.json"));
  for (const kind of ["rule", "sql-rule"])
    for (const file of made(kind, "made-for-the-test").filter((name) => name.endsWith(".cpp")))
      compiles(file);
});

test("what exists is not written again, and wrong names are refused", () => {
  for (const [kind, id] of [
    ["engine", "sqlite"],
    ["method", "sql/split"],
    ["engine", "../evil"],
    ["method", "sql"],
    ["nonsense", "demo"],
  ]) {
    const { status, stderr, stdout } = script("new", kind, id);
    assert.notEqual(status, 0, `${kind} ${id}: ${stdout}`);
    assert.ok(stderr.length > 0);
    assert.doesNotMatch(stderr, /\n\s+at /, "a stack trace");
  }
  assert.equal(
    readFileSync(path.join(copy, "package.json"), "utf8"),
    readFileSync(path.join(root, "package.json"), "utf8"),
  );
});
