// node tests/transcripts/run.mjs [HELPER] [FILE...]: replays conversations against the real helper.
//
// A transcript is one JSON object a line:
//   {"about": "…", "needs": ["MYDBA_TEST_POSTGRES"]}  first line; skipped when a variable is not set
//   {"send": message}          a JSON-RPC message, framed for you
//   {"bytes": "text"}          raw bytes to stdin, with \r\n as JSON writes them
//   {"expect": message}        the next message from the helper must match
//   {"eventually": message}    messages are passed over until one matches
//   {"end": 0}                 closes stdin; the helper must exit with this status
// In an expected message an object may have more members than are named, arrays have exactly the named
// elements, and "<any>", "<string>", "<number>" stand for values. `${NAME}` in any text is the variable
// NAME of the environment, or what {"variables"} of the first line says. A row frame is seen as
// {"frame": {"stream": id, "seq": n, "bytes": length}}.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname;
const replyMs = 15_000;

function matches(expected, actual) {
  if (expected === "<any>") return actual !== undefined;
  if (expected === "<string>") return typeof actual === "string";
  if (expected === "<number>") return typeof actual === "number";
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, i) => matches(item, actual[i]))
    );
  if (expected !== null && typeof expected === "object")
    return (
      actual !== null &&
      typeof actual === "object" &&
      Object.keys(expected).every((key) => matches(expected[key], actual[key]))
    );
  return expected === actual;
}

/** Takes messages off a byte stream; see protocol/README.md, Framing. */
class Reader {
  #bytes = Buffer.alloc(0);
  #messages = [];
  #waiting;

  feed(data) {
    this.#bytes = Buffer.concat([this.#bytes, data]);
    for (let message; (message = this.#take());) this.#messages.push(message);
    this.#waiting?.();
  }

  #take() {
    const headEnd = this.#bytes.indexOf("\r\n\r\n");
    if (headEnd < 0) return undefined;
    const head = this.#bytes.toString("latin1", 0, headEnd);
    const length = Number(head.match(/content-length: (\d+)/i)[1]);
    const start = headEnd + 4;
    if (this.#bytes.length < start + length) return undefined;
    const body = this.#bytes.subarray(start, start + length);
    this.#bytes = this.#bytes.subarray(start + length);
    const frame = head.match(/stream=([^;\r]+); seq=(\d+)/);
    return frame
      ? { frame: { stream: frame[1], seq: Number(frame[2]), bytes: length } }
      : JSON.parse(body.toString("utf8"));
  }

  async next() {
    if (!this.#messages.length)
      await new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("no message came")), replyMs);
        this.#waiting = () => this.#messages.length && (clearTimeout(timer), resolve());
      });
    return this.#messages.shift();
  }
}

const framed = (message) => {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
};

async function expectMessage(reader, expected, passOver) {
  const seen = [];
  for (;;) {
    const message = await reader.next().catch((error) => {
      throw new Error(
        `${error.message}\n  expected ${JSON.stringify(expected)}\n  seen     ${seen.map((item) => JSON.stringify(item)).join("\n           ")}`,
      );
    });
    if (matches(expected, message)) return;
    seen.push(message);
    if (!passOver)
      throw new Error(
        `expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(message)}`,
      );
  }
}

const exitOf = (child) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the helper did not exit")), replyMs);
    child.once("exit", (code, signal) => (clearTimeout(timer), resolve(signal ?? code)));
  });

async function replay(helper, lines) {
  const child = spawn(helper, ["serve", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = exitOf(child);
  exited.catch(() => {});
  child.stdin.on("error", () => {}); // a transcript may write to a helper that is gone
  const reader = new Reader();
  child.stdout.on("data", (data) => reader.feed(data));
  try {
    for (const line of lines) {
      if (line.send) child.stdin.write(framed(line.send));
      else if (line.bytes !== undefined) child.stdin.write(line.bytes);
      else if (line.expect) await expectMessage(reader, line.expect, false);
      else if (line.eventually) await expectMessage(reader, line.eventually, true);
      else if (line.end !== undefined) {
        child.stdin.end();
        const status = await exited;
        if (status !== line.end)
          throw new Error(`the helper exited with ${status}, not ${line.end}`);
      } else throw new Error(`a line that says nothing: ${JSON.stringify(line)}`);
    }
  } finally {
    if (child.exitCode === null) child.kill("SIGKILL");
  }
}

/** The lines of a transcript with its variables filled in; `missing` names those that are not set. */
function read(file) {
  const text = readFileSync(file, "utf8");
  const first = JSON.parse(text.slice(0, text.indexOf("\n")));
  const missing = (first.needs ?? []).filter((name) => !process.env[name]);
  const values = { ...process.env, ...first.variables };
  const escaped = (name) => JSON.stringify(values[name] ?? "").slice(1, -1);
  const filled = text.replace(/\$\{(\w+)\}/g, (_, name) => escaped(name));
  return {
    missing,
    lines: filled
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => JSON.parse(line)),
  };
}

const [helper = path.join(here, "../../build/release/mydba"), ...named] = process.argv.slice(2);
const files = named.length
  ? named
  : readdirSync(here)
      .filter((name) => name.endsWith(".jsonl"))
      .sort()
      .map((name) => path.join(here, name));
let passed = 0,
  failed = 0,
  skipped = 0;
for (const file of files) {
  const name = path.basename(file, ".jsonl");
  const { missing, lines } = read(file);
  if (missing.length) {
    skipped += 1;
    console.log(`SKIPPED: ${name}: ${missing.join(", ")} not set`);
    continue;
  }
  try {
    await replay(helper, lines);
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}: ${error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed ? 1 : 0;
