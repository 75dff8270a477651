// A client of the helper for tests: requests, streams with credit, row frames, reverse requests.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

// Not the audit log, the plans and the log of what was sent of whoever runs the tests.
const own = mkdtempSync(path.join(os.tmpdir(), "mydba-data-"));
process.once("exit", () => rmSync(own, { recursive: true, force: true }));
export const environment = {
  ...process.env,
  MYDBA_AUDIT_FILE: path.join(own, "audit.db"),
  MYDBA_PLAN_FILE: path.join(own, "plans.db"),
  MYDBA_SENT_FILE: path.join(own, "sent.db"),
};

/** As an editor has them when its user changes nothing. */
export const guardSettings = {
  safeMode: true,
  confirmDestructive: true,
  warnMissingWhere: true,
  dryRunFirst: false,
  maxAffectedRows: 1000,
  previewRows: 1000,
  rowEstimateWarning: 100_000,
};

/** The helper under test: $MYDBA_HELPER, else the newest of this repository's usual builds. */
export function helperPath() {
  const candidates = [process.env.MYDBA_HELPER, "build/release/mydba", "build/dev/mydba"];
  for (const candidate of candidates) {
    const file = candidate && path.resolve(root, candidate);
    if (file && existsSync(file)) return file;
  }
  throw new Error("no helper: build it with scripts/build, or set MYDBA_HELPER");
}

/** The test build of the same helper that has no guard (tests/server/no_guard.cpp). */
export const unguardedHelperPath = () =>
  path.join(path.dirname(helperPath()), "tests", "mydba_without_guard");

export class HelperError extends Error {
  constructor(error) {
    super(error.message);
    this.data = error.data;
  }
}

export class Client {
  #child;
  #bytes = Buffer.alloc(0);
  #lastId = 0;
  #waiting = new Map();
  #streams = new Map();
  secrets = new Map();
  /** Answers host/confirm; agrees to everything unless a test puts another in its place. */
  confirm = (question) => ({ choice: "run", typed: question.phrase });
  /** Answers other requests of the helper, by method. */
  host = {};

  /** `stderr` gets the text of the log; without it the log is seen. `env` is added to the environment. */
  constructor(flags = [], { helper = helperPath(), stderr, env = {} } = {}) {
    this.#child = spawn(helper, ["serve", "--stdio", ...flags], {
      env: { ...environment, ...env },
      stdio: ["pipe", "pipe", stderr ? "pipe" : "inherit"],
    });
    this.#child.stderr?.setEncoding("utf8").on("data", stderr);
    this.exited = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdout.on("data", (data) => this.#feed(data));
  }

  get pid() {
    return this.#child.pid;
  }

  /** Ends stdin and waits for the helper's exit status. */
  async end() {
    this.#child.stdin.end();
    return this.exited;
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#child.stdin.write(body);
  }

  #feed(data) {
    this.#bytes = this.#bytes.length > 0 ? Buffer.concat([this.#bytes, data]) : data;
    for (;;) {
      const headEnd = this.#bytes.indexOf("\r\n\r\n");
      if (headEnd < 0) return;
      const head = this.#bytes.toString("latin1", 0, headEnd);
      const end = headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)[1]);
      if (this.#bytes.length < end) return;
      const body = this.#bytes.subarray(headEnd + 4, end);
      this.#bytes = this.#bytes.subarray(end);
      const frame = /stream=([^;\r]+); seq=(\d+)/.exec(head);
      if (frame) this.#streams.get(frame[1])?.({ frame: Buffer.from(body) });
      else this.#receive(JSON.parse(body.toString("utf8")));
    }
  }

  #receive(message) {
    if (message.method === "$/stream") {
      this.#streams.get(message.params.id)?.({ item: message.params.item });
    } else if (message.method === "host/secret") {
      const value = this.secrets.get(`${message.params.profileId}/${message.params.kind}`);
      this.#send({ id: message.id, result: value === undefined ? {} : { value } });
    } else if (message.method === "host/confirm") {
      void this.#answerConfirm(message);
    } else if (message.id !== undefined && message.method !== undefined) {
      void this.#answerHost(message);
    } else if (message.id !== undefined) {
      const { resolve, reject } = this.#waiting.get(message.id) ?? {};
      this.#waiting.delete(message.id);
      if (message.error) reject?.(new HelperError(message.error));
      else resolve?.(message.result);
    }
  }

  async #answerConfirm({ id, params }) {
    const result = await this.confirm(params);
    if (result) this.#send({ id, result });
    else this.#send({ id, error: { code: -32601, message: "unknown method" } });
  }

  async #answerHost({ id, method, params }) {
    try {
      const answer = this.host[method];
      if (!answer) throw new Error("unknown method");
      this.#send({ id, result: await answer(params) });
    } catch (error) {
      this.#send({ id, error: { code: -32000, message: error.message, data: error.data } });
    }
  }

  /** The answer; `.id` is what `cancel` takes. Rejects with HelperError. */
  request(method, params = {}) {
    const id = ++this.#lastId;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    // A request that a test cancels and forgets must not end the test run.
    answer.catch(() => {});
    this.#send({ id, method, params });
    return Object.assign(answer, { id });
  }

  /** A streaming request; `on({item} or {frame})` is called in order. */
  stream(method, params, credit, on) {
    const streamId = `s${this.#lastId + 1}`;
    this.#streams.set(streamId, on);
    const answer = this.request(method, { ...params, stream: { id: streamId, credit } });
    return Object.assign(answer, { streamId });
  }

  cancel(request) {
    this.#send({ method: "$/cancelRequest", params: { id: request.id } });
  }

  credit(request, n) {
    this.#send({ method: "$/credit", params: { id: request.streamId, n } });
  }

  /** Opens a session for a URL; its password is given when the helper asks. `more` is of its profile. */
  async open(sessionId, url, more = {}) {
    const parsed = await this.request("connection/parseUrl", { url });
    if (parsed.password !== undefined) this.secrets.set(`${sessionId}/password`, parsed.password);
    return this.request("connection/open", {
      profile: { ...parsed.profile, id: sessionId, name: sessionId, ...more },
    });
  }

  /** Runs statements to their end and collects the text of all cells. */
  async rows(sessionId, sql) {
    const rows = [];
    const run = this.stream("query/run", { sessionId, sql }, 1 << 30, ({ frame }) => {
      if (frame) rows.push(...decodeFrame(frame));
    });
    await run;
    return rows;
  }
}

/** Rows of a frame; the layout is in protocol/README.md. */
export function decodeFrame(frame) {
  const rowCount = frame.readUInt32LE(16);
  const columnCount = frame.readUInt32LE(20);
  let at = 32;
  const cell = () => {
    const mark = frame[at++];
    if (mark === 0xfb) return null;
    let length = mark;
    if (mark === 0xfc) {
      length = frame.readUInt16LE(at);
      at += 2;
    } else if (mark === 0xfe) {
      length = frame.readUInt32LE(at);
      at += 4;
    }
    at += length;
    return frame.toString("utf8", at - length, at);
  };
  return Array.from({ length: rowCount }, () => Array.from({ length: columnCount }, cell));
}
