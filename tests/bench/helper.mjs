// The helper as the extension runs it: its process, and the extension's own reader of the wire.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "../..");

/** The extension's RpcConnection, which needs nothing of the editor. */
async function loadRpc() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "mydba-bench-"));
  const outfile = path.join(folder, "rpc.mjs");
  const entryPoints = [path.join(root, "protocol/client/rpc.ts")];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm" });
  const module = await import(pathToFileURL(outfile).href);
  await rm(folder, { recursive: true });
  return module.RpcConnection;
}
const RpcConnection = await loadRpc();

export class Helper {
  #process;
  #rpc;
  #streams = 0;
  #passwords = new Map();

  constructor(program) {
    this.#process = spawn(program, ["serve", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.#rpc = new RpcConnection((bytes) => this.#process.stdin.write(bytes), {
      request: async (_method, params) => ({ value: this.#passwords.get(params.profileId) }),
      notification: () => {},
    });
    this.#process.stdout.on("data", (chunk) => this.#rpc.push(chunk));
  }

  request(method, params) {
    return this.#rpc.request(method, params);
  }

  initialize() {
    return this.request("initialize", { clientName: "bench", clientVersion: "0" });
  }

  async open(url) {
    const parsed = await this.request("connection/parseUrl", { url });
    const profile = { ...parsed.profile, id: "bench", name: "bench" };
    this.#passwords.set("bench", parsed.password);
    await this.request("connection/open", { profile });
    return "bench";
  }

  /** A request with a stream. `on.frame` gets bodies, `on.item` items; credit is given back. */
  stream(method, params, on = {}, credit = 8) {
    const id = `s${++this.#streams}`;
    const sink = {
      item: (item) => on.item?.(item),
      frame: (body) => {
        on.frame?.(body);
        if (credit > 0 && !on.keepCredit) this.#rpc.notify("$/credit", { id, n: 1 });
      },
    };
    return this.#rpc.request(method, { ...params, stream: { id, credit } }, { sink });
  }

  /** A field of /proc/PID/status in KiB: VmHWM, VmRSS. */
  memory(field) {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)[1]);
  }

  async end() {
    const exited = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.stdin.end();
    await exited;
  }
}

/** Rows of a frame: its header says it, the cells stay unread. */
export const rowsOf = (frame) => new DataView(frame.buffer).getUint32(16, true);
