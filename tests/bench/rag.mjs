// tests/bench/rag.mjs: what finding documents costs, beside SQLite FTS5 (in bench_rag.cpp) and
// minisearch over the same documents and questions, in one run. Prints a table.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import MiniSearch from "minisearch";

const program = path.join(import.meta.dirname, "../../build/bench/tests/bench/bench_rag");
const file = path.join(import.meta.dirname, "../rag/questions.tsv");
const rounds = 20;
const aims = { "words alone": 100, "words and vectors": 10_000 };

const lines = (argument) =>
  execFileSync(program, [argument], { encoding: "utf8", maxBuffer: 1 << 26 })
    .trim()
    .split("\n")
    .map(JSON.parse);

function minisearch(questions) {
  const index = new MiniSearch({
    fields: ["title", "words", "body"],
    searchOptions: { boost: { title: 3, words: 2 } },
  });
  index.addAll(lines("--documents"));
  const times = [];
  for (let round = 0; round <= rounds; ++round)
    for (const question of questions) {
      const start = process.hrtime.bigint();
      index.search(question).slice(0, 5);
      if (round > 0) times.push(Number(process.hrtime.bigint() - start) / 1e3);
    }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)];
  return { name: "minisearch", p50: at(0.5), p99: at(0.99) };
}

const questions = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => line.split("\t")[0]);
const [load, ...measured] = lines(file);
console.log("| what | p50 µs | p99 µs | aim p99 |\n| --- | --- | --- | --- |");
for (const { name, p50, p99 } of [...measured, minisearch(questions)])
  console.log(`| ${name} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${aims[name] ?? ""} |`);
console.log(`\nlibrary loaded in ${load.ms} ms (aim 50), the slowest time in ${load.firstMs} ms`);
console.log(`index and vectors: ${(load.tableBytes / 1e6).toFixed(1)} MB in the program (aim 15)`);
