// The native helper as a child process: started at first use, restarted when it dies, never in a loop.
//
// States: idle → starting → running → idle. An unexpected exit fails every open request at once,
// tells `onCrash`, and starts the helper again: at once the first time, then with growing delays.
// After `maxCrashes` exits within `crashWindowMs` it gives up until `restart()`. Sessions die with
// the process; whoever uses one opens it again (connections.ts). A program that cannot be started
// at all (missing, not executable) is no crash: the caller gets the error and may try again.

import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { InitializeResult, LogLevel, Requests } from "#protocol";
import {
  type CancelToken,
  RpcConnection,
  RpcError,
  type RpcHandlers,
  type StreamSink,
} from "./rpc";

const maxCrashes = 5;
const crashWindowMs = 3 * 60_000;
const restartDelaysMs = [0, 250, 500, 1000];
const stopGraceMs = 2000;
const ownStreamCredit = 16;

export interface Crash {
  /** What happened, for people. */
  reason: string;
  /** Which one it is within the crash window, from 1. */
  count: number;
  /** True when the helper stays down until `restart()`. */
  gaveUp: boolean;
}

export interface HelperOptions {
  /** Absolute path of the program and its arguments. Throws when there is none. */
  command(): { file: string; args: string[] };
  clientVersion: string;
  log(level: LogLevel, message: string): void;
  /** Answers the helper's own requests. */
  onRequest: RpcHandlers["request"];
  /** It answered `initialize`; nothing else is asked before this is over. */
  onStart(rpc: RpcConnection): Promise<unknown>;
  /** The process is gone, its sessions with it. */
  onExit(): void;
  onCrash(crash: Crash): void;
}

interface Running {
  rpc: RpcConnection;
  info: InitializeResult;
}

type StreamMethod = {
  [M in keyof Requests]: Requests[M] extends { item: unknown } ? M : never;
}[keyof Requests];

export class Helper {
  #running: Promise<Running> | undefined;
  #child: ChildProcess | undefined;
  #rpc: RpcConnection | undefined;
  #crashes: number[] = [];
  #gaveUp = false;
  #stopping = false;

  constructor(private readonly options: HelperOptions) {}

  /** Process id while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What the helper said of itself and its engines; starts it when needed. */
  async info(): Promise<InitializeResult> {
    return (await this.#start()).info;
  }

  /** A typed request. Rejects with RpcError. */
  async request<M extends keyof Requests>(
    method: M,
    params: Requests[M]["params"],
    token?: CancelToken,
  ): Promise<Requests[M]["result"]> {
    return this.relay(method, params, { token });
  }

  /** A request whose stream is consumed here; every item that `onItem` has taken is paid with new credit. */
  async stream<M extends StreamMethod>(
    method: M,
    params: Omit<Requests[M]["params"], "stream">,
    onItem: (item: Requests[M] extends { item: infer I } ? I : never) => void,
    token?: CancelToken,
  ): Promise<Requests[M]["result"]> {
    const id = randomUUID();
    const sink: StreamSink = {
      item: (item) => {
        onItem(item as Parameters<typeof onItem>[0]);
        this.credit(id, 1);
      },
      frame: () => this.credit(id, 1),
    };
    const stream = { id, credit: ownStreamCredit };
    return this.relay(method, { ...params, stream }, { token, sink });
  }

  /** Any request, unread. The caller grants the credit of its stream. */
  async relay<M extends keyof Requests>(
    method: M,
    params: unknown,
    options: { token?: CancelToken | undefined; sink?: StreamSink | undefined },
  ): Promise<Requests[M]["result"]> {
    const { rpc } = await this.#start();
    return (await rpc.request(method, params, options)) as Requests[M]["result"];
  }

  credit(id: string, n: number): void {
    this.#rpc?.notify("$/credit", { id, n });
  }

  /** Forgets past crashes and starts anew. */
  async restart(): Promise<void> {
    await this.stop();
    this.#crashes = [];
    this.#gaveUp = false;
    this.#stopping = false;
    await this.#start();
  }

  /** Ends the process in an orderly way, by force after two seconds; only `restart()` starts another. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
    child.stdin?.end();
    const force = setTimeout(() => child.kill("SIGKILL"), stopGraceMs);
    await gone;
    clearTimeout(force);
  }

  #start(): Promise<Running> {
    if (this.#gaveUp) {
      const hint = "Run the command “MyDBA: Restart Helper”; the output channel MyDBA says more.";
      const text = "The MyDBA helper keeps stopping and was not started again.";
      return Promise.reject(new RpcError(text, { code: "connectionLost", hint }));
    }
    if (!this.#running) {
      const running = this.#launch();
      this.#running = running;
      running.catch(() => {
        if (this.#running === running) this.#running = undefined;
      });
    }
    return this.#running;
  }

  async #launch(): Promise<Running> {
    const step = Math.min(this.#recentCrashes(), restartDelaysMs.length) - 1;
    const delay = restartDelaysMs[step] ?? 0;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    if (this.#stopping) throw new RpcError("MyDBA is closing.", { code: "cancelled" });
    const { file, args } = this.options.command();
    const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"] });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => reject(cannotStart(file, error)));
    });
    this.options.log("info", `started ${file} (process ${child.pid})`);
    const rpc = this.#connect(child);
    const info = (await rpc.request("initialize", {
      clientName: "MyDBA",
      clientVersion: this.options.clientVersion,
    })) as InitializeResult;
    await this.options.onStart(rpc);
    return { rpc, info };
  }

  #connect(child: ChildProcess): RpcConnection {
    const rpc = new RpcConnection((bytes) => child.stdin?.write(bytes), {
      request: this.options.onRequest,
      notification: (method, params) => {
        if (method !== "log/message") return;
        const { level, message } = params as { level: LogLevel; message: string };
        this.options.log(level, message);
      },
    });
    this.#child = child;
    this.#rpc = rpc;
    // A write to a helper that has just died fails here; its exit is handled below.
    child.stdin?.on("error", () => undefined);
    child.stderr?.on("data", (text: Buffer) =>
      this.options.log("warning", text.toString().trimEnd()),
    );
    child.stdout?.on("data", (chunk: Buffer) => {
      try {
        rpc.push(chunk);
      } catch (error) {
        this.options.log("error", `the helper does not speak the protocol: ${String(error)}`);
        child.stdout?.removeAllListeners("data").resume();
        child.kill("SIGKILL");
      }
    });
    // `close`, not `exit`: by then everything that it wrote has been read.
    child.once("close", (code, signal) => this.#onExit(rpc, code, signal));
    return rpc;
  }

  #onExit(rpc: RpcConnection, code: number | null, signal: NodeJS.Signals | null): void {
    const reason = signal ? `signal ${signal}` : `exit status ${code}`;
    this.#running = undefined;
    this.#child = undefined;
    this.#rpc = undefined;
    rpc.end(
      new RpcError(`The MyDBA helper stopped (${reason}), so this was not finished.`, {
        code: "connectionLost",
        hint: "It is started again by itself; try once more.",
        retryable: true,
      }),
    );
    this.options.onExit();
    if (this.#stopping) return;
    this.#crashes.push(Date.now());
    const count = this.#recentCrashes();
    this.#gaveUp = count >= maxCrashes;
    this.options.log("error", `the helper stopped unexpectedly: ${reason}`);
    this.options.onCrash({ reason, count, gaveUp: this.#gaveUp });
    if (!this.#gaveUp)
      this.#start().catch((error: unknown) => this.options.log("error", String(error)));
  }

  #recentCrashes(): number {
    const since = Date.now() - crashWindowMs;
    this.#crashes = this.#crashes.filter((time) => time > since);
    return this.#crashes.length;
  }
}

function cannotStart(file: string, error: NodeJS.ErrnoException): RpcError {
  const why = error.code === "ENOENT" ? "there is no such file" : error.message;
  return new RpcError(`Cannot start the MyDBA helper ${file}: ${why}.`, {
    code: "io",
    hint: "Install the package for this platform, or set mydba.helper.path.",
  });
}
