// The page's end of the bridge described in webviews/README.md: JSON-RPC 2.0 objects over postMessage,
// streams with credit, row frames as bytes. One Bridge a page; it is single-threaded like the page.
//
// A stream's items can arrive only between its request and its response, and nothing is delivered to a call
// after it was cancelled here: a page that forgot a call is never surprised by it.
import type {
  Environment,
  ErrorData,
  Facet,
  Requests,
} from "../../protocol/generated/ts/protocol.js";

export const bridgeVersion = 1;

/** What the editor gives a page: `acquireVsCodeApi()`. */
export interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** A JSON-RPC error as a value with the helper's `ErrorData`, if it sent one. */
export class RequestError extends Error {
  constructor(
    message: string,
    readonly data: ErrorData | undefined,
  ) {
    super(message);
    this.name = "RequestError";
  }

  /** What a rejected call carries, as this type. */
  static of(error: unknown): RequestError {
    if (error instanceof RequestError) return error;
    return new RequestError(error instanceof Error ? error.message : "Failed.", undefined);
  }

  get cancelled(): boolean {
    return this.data?.code === "cancelled";
  }
}

export type StreamMethod = {
  [M in keyof Requests]: Requests[M] extends { item: unknown } ? M : never;
}[keyof Requests];

export type ItemOf<M extends StreamMethod> = Requests[M] extends { item: infer I } ? I : never;

export interface StreamHandlers<I> {
  /** Credit of the request itself, 1 or more. */
  credit: number;
  item?(item: I): void;
  frame?(bytes: Uint8Array): void;
}

/** A request on its way. `result` rejects with RequestError, also after `cancel()`. */
export interface Call<R> {
  readonly result: Promise<R>;
  cancel(): void;
}

export interface StreamCall<R> extends Call<R> {
  /** Allows n more items. */
  grant(n: number): void;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: RequestError): void;
  streamId: string | undefined;
}

export interface InitMessage {
  state: unknown;
  params: unknown;
  /** The page came back with the window. */
  restored?: boolean;
}

/** The connection that a page works on, as the host last knew it. */
export interface ViewConnection {
  connectionName: string;
  environment?: Environment;
  readOnly?: boolean;
  /** What its server is able to do; known once a session was open. */
  facets?: readonly Facet[];
}

interface Incoming {
  id?: unknown;
  method?: unknown;
  params?: unknown;
  result?: unknown;
  error?: { message?: unknown; data?: ErrorData };
  frame?: Uint8Array | ArrayBuffer;
  stream?: unknown;
}

export class Bridge {
  private nextId_ = 1;
  private readonly pending_ = new Map<number, Pending>();
  private readonly streams_ = new Map<string, StreamHandlers<unknown>>();
  /** The page came back with the window, and nobody touched it yet: it connects to nothing. */
  private quiet_ = false;
  /** Told when the host knows better what the connection is. */
  onConnection: (connection: ViewConnection) => void = () => undefined;

  constructor(
    private readonly host_: HostApi,
    private readonly onInit_: (init: InitMessage) => void,
  ) {
    window.addEventListener("message", (event: MessageEvent<unknown>) => this.receive(event.data));
    for (const touch of ["pointerdown", "keydown"])
      window.addEventListener(touch, () => (this.quiet_ = false), { capture: true });
  }

  /** Tells the host that the page can be initialised. */
  ready(): void {
    this.send({ method: "view/ready", params: { version: bridgeVersion } });
  }

  request<M extends keyof Requests>(
    method: M,
    params: Requests[M]["params"],
  ): Call<Requests[M]["result"]> {
    return this.open<Requests[M]["result"]>(method, params, undefined);
  }

  /** A streaming request; its `stream` field is added here. */
  stream<M extends StreamMethod>(
    method: M,
    params: Omit<Requests[M]["params"], "stream">,
    handlers: StreamHandlers<ItemOf<M>>,
  ): StreamCall<Requests[M]["result"]> {
    const id = crypto.randomUUID();
    this.streams_.set(id, handlers);
    const call = this.open<Requests[M]["result"]>(
      method,
      { ...params, stream: { id, credit: handlers.credit } },
      id,
    );
    return {
      ...call,
      grant: (n) => {
        if (this.streams_.has(id)) this.send({ method: "$/credit", params: { id, n } });
      },
    };
  }

  /** A host action that is not answered. */
  action(name: string, params: object): void {
    this.send({ method: `host/${name}`, params });
  }

  /** A host action that is answered; the answer's type is the README's promise and is checked by the caller. */
  ask(name: string, params: object): Promise<unknown> {
    return this.open<unknown>(`host/${name}`, params, undefined).result;
  }

  get state(): unknown {
    return this.host_.getState();
  }

  set state(value: unknown) {
    this.host_.setState(value);
  }

  private send(message: object): void {
    this.host_.postMessage({ jsonrpc: "2.0", ...message });
  }

  private open<R>(method: string, params: object, streamId: string | undefined): Call<R> {
    if (this.quiet_ && "sessionId" in params) return notConnected<R>();
    const id = this.nextId_++;
    const result = new Promise<R>((resolve, reject) => {
      this.pending_.set(id, { resolve: resolve, reject, streamId });
    });
    this.send({ id, method, params });
    return { result, cancel: () => this.cancel(id) };
  }

  private cancel(id: number): void {
    const pending = this.pending_.get(id);
    if (pending === undefined) return;
    this.send({ method: "$/cancelRequest", params: { id } });
    this.finish(id, pending);
    pending.reject(new RequestError("Cancelled.", { code: "cancelled" }));
  }

  private finish(id: number, pending: Pending): void {
    this.pending_.delete(id);
    if (pending.streamId !== undefined) this.streams_.delete(pending.streamId);
  }

  private receive(data: unknown): void {
    if (typeof data !== "object" || data === null) return;
    const message = data as Incoming;
    if (message.frame !== undefined) this.receiveFrame(message);
    else if (message.method === "$/stream") this.receiveItem(message.params);
    else if (message.method === "view/connection")
      this.onConnection(message.params as ViewConnection);
    else if (message.method === "view/init") this.init(message.params as InitMessage);
    else if (typeof message.id === "number") this.receiveResponse(message.id, message);
  }

  private init(message: InitMessage): void {
    this.quiet_ = message.restored === true;
    this.onInit_(message);
  }

  private receiveFrame(message: Incoming): void {
    const frame = message.frame;
    const bytes = frame instanceof Uint8Array ? frame : new Uint8Array(frame as ArrayBuffer);
    this.streams_.get(String(message.stream))?.frame?.(bytes);
  }

  private receiveItem(params: unknown): void {
    const { id, item } = params as { id: string; item: unknown };
    this.streams_.get(id)?.item?.(item);
  }

  private receiveResponse(id: number, message: Incoming): void {
    const pending = this.pending_.get(id);
    if (pending === undefined) return;
    this.finish(id, pending);
    const error = message.error;
    if (error === undefined) pending.resolve(message.result);
    else
      pending.reject(
        new RequestError(typeof error.message === "string" ? error.message : "Failed.", error.data),
      );
  }
}

function notConnected<R>(): Call<R> {
  const hint = "The editor was reloaded. Try again to connect.";
  const error = new RequestError("Not connected.", { code: "notConnected", hint, retryable: true });
  return { result: Promise.reject(error), cancel: () => undefined };
}

declare function acquireVsCodeApi(): HostApi;

/** Connects this page to its host. `onInit` runs once the host answered `view/ready`, and again for new params. */
export function connectPage(onInit: (init: InitMessage) => void): Bridge {
  return new Bridge(acquireVsCodeApi(), onInit);
}
