// tests/bench/rag.mjs: what finding documents costs and what it finds, by the words, by the vectors
// and by both, beside a bare inverted index, SQLite FTS5 (both in bench_rag.cpp) and minisearch over
// the same documents and questions, in one run. Prints a table.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import MiniSearch from "minisearch";

const program = path.join(import.meta.dirname, "../../build/bench/tests/bench/bench_rag");
const file = (name) => path.join(import.meta.dirname, "../rag", name);
const rounds = 20;
const aims = { "words alone": 100, "words and vectors": 10_000 };

const lines = (argument) =>
  execFileSync(program, [argument], { encoding: "utf8", maxBuffer: 1 << 26 })
    .trim()
    .split("\n")
    .map(JSON.parse);

const questionsOf = (name) =>
  readFileSync(file(name), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => line.split("\t"))
    .map(([text, engine, , anchors, kind]) => ({
      text,
      engine,
      anchors: new Set(anchors.split(" ")),
      plain: kind === "plain",
    }));

const index = new MiniSearch({
  fields: ["title", "words", "body"],
  storeFields: ["engine"],
  searchOptions: { boost: { title: 3, words: 2 } },
});
index.addAll(lines("--documents"));

/** As the library does, of the engine that a question is about, or of all. */
function search({ text, engine }) {
  const fits = (hit) => hit.engine === "all" || hit.engine.split(", ").includes(engine);
  return index.search(text, engine === "-" ? {} : { filter: fits }).slice(0, 5);
}

function minisearch(questions) {
  const isFound = (question) => search(question).some(({ id }) => question.anchors.has(id));
  const recall = (asked) => (100 * asked.filter(isFound).length) / asked.length;
  const [all, plain] = [recall(questions), recall(questions.filter((question) => question.plain))];
  const times = [];
  for (let round = 0; round < rounds; ++round)
    for (const question of questions) {
      const start = process.hrtime.bigint();
      search(question);
      times.push(Number(process.hrtime.bigint() - start) / 1e3);
    }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)];
  return { name: "minisearch", all, plain, p50: at(0.5), p99: at(0.99) };
}

for (const asked of ["questions.tsv", "unseen.tsv"]) {
  const [load, ...measured] = lines(file(asked));
  console.log(`${asked}: recall@5 of all and of the questions in everyday words, percent\n`);
  console.log("| what | all | plain | p50 µs | p99 µs | aim p99 |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const { name, all, plain, p50, p99 } of [...measured, minisearch(questionsOf(asked))]) {
    const numbers = [all, plain, p50, p99].map((number) => number.toFixed(1)).join(" | ");
    console.log(`| ${name} | ${numbers} | ${aims[name] ?? ""} |`);
  }
  console.log(`\nlibrary loaded in ${load.ms} ms (aim 50), the slowest time in ${load.firstMs} ms`);
  console.log(
    `index and vectors: ${(load.tableBytes / 1e6).toFixed(1)} MB in the program (aim 15)\n`,
  );
}
