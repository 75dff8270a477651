// scripts/new KIND ID: copies scripts/new.d/KIND with the names filled in, and registers it by
// running scripts/gen. The test that comes with it fails until the thing does its work.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

function refuse(why) {
  console.error(`new: ${why}`);
  process.exit(1);
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

const kinds = {
  engine: {
    id: /^[a-z][a-z0-9]*$/,
    example: "demo",
    next: (id) => [
      `native/src/engines/${id}/engine.cpp: connect, then Connection::run; facets one by one`,
      `tests/engines/vocabulary/${id}.json: its statements`,
      `scripts/db.d/servers.mjs: a row, so that MYDBA_TEST_${id.toUpperCase()} names a server`,
      "failing now: scripts/test native, the tests tagged [contract]",
    ],
  },
  method: {
    id: /^[a-z][a-zA-Z]*\/[a-z][a-zA-Z]*$/,
    example: "sql/format",
    before: addMethod,
    next: (id) => [
      `protocol/schema/${id.split("/")[0]}.json: params, result, where it runs; then scripts/gen`,
      `native/src/server/handlers/${fileName(id)}.cpp: the handler`,
      "failing now: scripts/test transcripts",
    ],
  },
  view: {
    id: /^[a-z][a-z]*$/,
    example: "locks",
    next: (id) => [
      `webviews/${id}/view.json: the methods that it calls; layout.ts: what it shows; draw.ts: elements`,
      "failing now: scripts/test webviews",
    ],
  },
  rule: {
    id: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    example: "nested-loop-without-index",
    next: (id) => [
      `native/src/plan/rules/${id}.cpp: the predicate`,
      `rag-docs/<engine>/query-plans.md: a heading "## ${id}" for every engine that has plans`,
      "failing now: scripts/test native, and scripts/check until the heading is there",
    ],
  },
  "sql-rule": {
    id: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    example: "order-by-random",
    next: (id) => [
      `native/src/advise/sql/rules/${id}.cpp: what it looks for`,
      `tests/sql/lint/${id}.sql: a bad example, a good one, a near miss`,
      `rag-docs/all/sql-rules.md: a heading "## ${id}" with its Source`,
      "failing now: scripts/test native, and scripts/check until the heading is there",
    ],
  },
};

/** `sql/format` and `nested-loop` as a file: `sql_format`, `nested_loop`. */
function fileName(id) {
  return id.replace(/[-/]/g, "_").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function words(id) {
  const name = id.replace(/[-/](.)/g, (_, letter) => letter.toUpperCase());
  const title = capital(id.replace(/[-/]/g, " "));
  return {
    __id__: id,
    __name__: name,
    __Name__: capital(name),
    __file__: fileName(id),
    __Title__: title,
  };
}

const fill = (text, values) => text.replace(/__(id|name|Name|file|Title)__/g, (key) => values[key]);

/** One line in the schema, as a person would add it. */
function addMethod(id) {
  const domain = id.split("/")[0];
  const file = path.join(root, "protocol/schema", `${domain}.json`);
  const entry = `    "${id}": { "description": "Say what it answers.", "runs": "pool", "params": "Empty", "result": "Empty" }`;
  if (!existsSync(file)) {
    writeFileSync(
      file,
      `{\n  "domain": "${domain}",\n  "description": "Say what it is about.",\n  "types": {},\n  "requests": {\n${entry}\n  }\n}\n`,
    );
    return;
  }
  const text = readFileSync(file, "utf8");
  if (text.includes(`"${id}"`)) refuse(`${path.basename(file)} has ${id} already`);
  writeFileSync(file, text.replace('"requests": {\n', `"requests": {\n${entry},\n`));
}

const [kind, id] = process.argv.slice(2);
const wanted = kinds[kind];
if (!wanted || !id || !wanted.id.test(id)) {
  console.error("usage:");
  for (const [name, { example }] of Object.entries(kinds))
    console.error(`  scripts/new ${name.padEnd(8)} ${example}`);
  process.exit(2);
}
const template = path.join(root, "scripts/new.d", kind);
const values = words(id);
const written = readdirSync(template, { recursive: true })
  .filter((name) => statSync(path.join(template, name)).isFile())
  .map((name) => ({ from: path.join(template, name), to: fill(name, values) }));
const present = written.find(({ to }) => existsSync(path.join(root, to)));
if (present) refuse(`${present.to} is there already`);
wanted.before?.(id);
for (const { from, to } of written) {
  mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
  writeFileSync(path.join(root, to), fill(readFileSync(from, "utf8"), values));
  console.log(`wrote ${to}`);
}
// A long name wraps lines; machines without the formatter get told by scripts/check.
const sources = written.map(({ to }) => to).filter((file) => file.endsWith(".cpp"));
if (sources.length) spawnSync("clang-format-14", ["-i", ...sources], { cwd: root });
execFileSync(path.join(root, "scripts/gen"), { stdio: "inherit" });
console.log(
  `next:\n${wanted
    .next(id)
    .map((line) => `  ${line}`)
    .join("\n")}`,
);
