// JSON-RPC 2.0 over one pair of pipes: requests with cancellation, streams, requests of the other side.
//
// A streaming request registers its stream's sink under `params.stream.id` until it is answered;
// what arrives for an unknown stream is dropped, because a cancelled request is answered before
// its last items. Credit is the receiver's affair: see Helper.stream and views.ts.

import { encodeMessage, FrameReader } from "./framing";
import type { ErrorCode, ErrorData, ReverseRequests } from "#protocol";

/** A failed request, as the helper answered it or as this side found it. */
export class RpcError extends Error {
  constructor(
    message: string,
    readonly data: ErrorData,
    readonly rpcCode = -32000,
  ) {
    super(message);
  }
}

/** Kind of failure of anything that was thrown. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof RpcError ? error.data.code : "internal";
}

/** Anything that was thrown, as it goes over a wire. */
export function errorObject(error: unknown): object {
  if (error instanceof RpcError) {
    return { code: error.rpcCode, message: error.message, data: error.data };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: -32000, message, data: { code: "internal" } };
}

/** What the user can do about it, when the helper says so. */
export function hintOf(error: unknown): string | undefined {
  return error instanceof RpcError ? error.data.hint : undefined;
}

/** `vscode.CancellationToken`, as far as it is needed here. */
export interface CancelToken {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

export interface StreamSink {
  item(item: unknown, seq: number): void;
  /** `body` owns its buffer. */
  frame(body: Uint8Array, seq: number): void;
}

/** What the other side sends on its own. */
export interface RpcHandlers {
  /** `ended` says that the answer is not wanted any more. */
  request: (method: string, params: unknown, ended: AbortSignal) => Promise<unknown>;
  notification: (method: string, params: unknown) => void;
}

/** A function for each request of the helper. */
export type Answers = {
  [M in keyof ReverseRequests]: (
    params: ReverseRequests[M]["params"],
    ended: AbortSignal,
  ) => Promise<ReverseRequests[M]["result"]>;
};

/** Calls the function of the request; without one it is refused. */
export function answerBy(answers: Answers): RpcHandlers["request"] {
  type Answer = (params: unknown, ended: AbortSignal) => Promise<unknown>;
  return (method, params, ended) => {
    const answer = answers[method as keyof Answers] as Answer | undefined;
    if (answer) return answer(params, ended);
    return Promise.reject(new RpcError(`unknown request ${method}`, { code: "methodNotFound" }));
  };
}

interface Pending {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

interface Message {
  /** A number in what this side asked, anything in what the other side asks. */
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string; data?: ErrorData };
}

export class RpcConnection {
  readonly #reader: FrameReader;
  readonly #pending = new Map<number, Pending>();
  readonly #streams = new Map<string, StreamSink>();
  readonly #answering = new Map<number | string, AbortController>();
  #nextId = 1;
  #ended: Error | undefined;

  constructor(
    private readonly write: (bytes: Buffer) => void,
    private readonly handlers: RpcHandlers,
  ) {
    this.#reader = new FrameReader({
      json: (text) => this.#receive(JSON.parse(text) as Message),
      rows: (stream, seq, body) => this.#consume(() => this.#streams.get(stream)?.frame(body, seq)),
    });
  }

  /** Takes bytes of the other side. Throws when they are no messages. */
  push(chunk: Buffer): void {
    this.#reader.push(chunk);
  }

  /** Sends a request; `token` cancels it. Rejects with RpcError. */
  async request(
    method: string,
    params: unknown,
    options: { token?: CancelToken | undefined; sink?: StreamSink | undefined } = {},
  ): Promise<unknown> {
    if (this.#ended) throw this.#ended;
    const id = this.#nextId++;
    const stream = options.sink && (params as { stream?: { id: string } }).stream?.id;
    if (options.sink && stream !== undefined) this.#streams.set(stream, options.sink);
    const answered = new Promise<unknown>((resolve, reject) =>
      this.#pending.set(id, { resolve, reject }),
    );
    this.#send({ id, method, params });
    const cancel = () => this.notify("$/cancelRequest", { id });
    const watch = options.token?.onCancellationRequested(cancel);
    if (options.token?.isCancellationRequested) cancel();
    try {
      return await answered;
    } finally {
      watch?.dispose();
      if (stream !== undefined) this.#streams.delete(stream);
    }
  }

  notify(method: string, params: unknown): void {
    if (!this.#ended) this.#send({ method, params });
  }

  /** Nothing more will come: every open request fails with `error`. */
  end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#pending.values()) reject(error);
    for (const ended of this.#answering.values()) ended.abort();
    this.#pending.clear();
    this.#streams.clear();
  }

  #send(message: object): void {
    this.write(encodeMessage({ jsonrpc: "2.0", ...message }));
  }

  #receive(message: Message): void {
    if (message.method === undefined) this.#settle(message);
    else if (message.id !== undefined) void this.#answer(message.id, message);
    else if (message.method === "$/stream") this.#item(message.params);
    else if (message.method === "$/cancelRequest")
      this.#answering.get((message.params as { id: number | string }).id)?.abort();
    else this.handlers.notification(message.method, message.params);
  }

  #item(params: unknown): void {
    const { id, seq, item } = params as { id: string; seq: number; item: unknown };
    this.#consume(() => this.#streams.get(id)?.item(item, seq));
  }

  /** What a consumer throws, such as a chat's answer that is closed, is no fault of the wire. */
  #consume(give: () => void): void {
    try {
      give();
    } catch (error) {
      this.handlers.notification("log/message", { level: "error", message: String(error) });
    }
  }

  #settle({ id, result, error }: Message): void {
    const pending = typeof id === "number" ? this.#pending.get(id) : undefined;
    if (typeof id !== "number" || !pending) return;
    this.#pending.delete(id);
    if (error) {
      pending.reject(new RpcError(error.message, error.data ?? { code: "internal" }, error.code));
    } else {
      pending.resolve(result);
    }
  }

  async #answer(id: number | string, { method, params }: Message): Promise<void> {
    const ended = new AbortController();
    this.#answering.set(id, ended);
    try {
      const result = await this.handlers.request(method as string, params, ended.signal);
      this.#send({ id, result });
    } catch (error) {
      this.#send({ id, error: errorObject(error) });
    } finally {
      this.#answering.delete(id);
    }
  }
}
