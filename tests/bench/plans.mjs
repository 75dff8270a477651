// tests/bench/plans.mjs [ROUNDS]: a plan from text to findings (bench_plans.cpp), beside nlohmann's JSON parser alone, in
// one run. Times are of the core; every number is a median.
import { execFileSync } from "node:child_process";
import path from "node:path";
import process from "node:process";

const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "build/bench/tests/bench/bench_plans");
const aim = { steps: 1000, ms: 5 };

const printed = execFileSync(
  program,
  [path.join(root, "tests/plans/postgres"), process.argv[2] ?? "9"],
  { encoding: "utf8" },
);
console.log("  steps  findings  JSON alone  read      graded    both      aim");
for (const { steps, findings, jsonMs, readMs, bothMs } of printed
  .trim()
  .split("\n")
  .map(JSON.parse)) {
  const judged = Math.abs(steps - aim.steps) < 100 ? (bothMs <= aim.ms ? "reached" : "MISSED") : "";
  const ms = (value) => `${value.toFixed(2)} ms`.padEnd(10);
  console.log(
    `${String(steps).padStart(7)}  ${String(findings).padStart(8)}  ${ms(jsonMs)}  ${ms(readMs)}${ms(bothMs - readMs)}${ms(bothMs)}${judged && `≤ ${aim.ms} ms ${judged}`}`,
  );
}
