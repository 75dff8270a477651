// The wire: `Content-Length: N\r\n` (`Content-Type: …\r\n`) `\r\n`, then N bytes; see protocol/README.md.
//
// The reader is our own because rows must not be parsed on their way to a panel: a message whose
// Content-Type names a row stream is handed on as bytes. Such a body gets a buffer of exactly its
// length: a view of a larger buffer would take the whole buffer along when it is posted to a
// webview, and Node's Buffer would travel as a JSON list of numbers.
//
// Input comes in chunks of any size, one byte at a time in the worst case. A header that cannot be
// read, or a length beyond `maxBody`, is an error after which the stream is of no use: it throws.

const maxHeader = 4096;
const maxBody = 64 * 1024 * 1024;
const headerEnd = "\r\n\r\n";
const rowsType = "application/x-mydba-rows";

/** Receives whole messages, in the order of the wire. */
export interface MessageSink {
  /** A JSON-RPC message, not parsed yet. */
  json(text: string): void;
  /** A row frame in an ArrayBuffer of its own. */
  rows(stream: string, seq: number, body: Uint8Array): void;
}

export class FramingError extends Error {}

interface Header {
  length: number;
  /** Present for a row frame. */
  rows?: { stream: string; seq: number };
}

export class FrameReader {
  #pending = "";
  #header: Header | undefined;
  #body = new Uint8Array(0);
  #filled = 0;

  constructor(private readonly sink: MessageSink) {}

  /** Takes the next bytes. Throws FramingError when they cannot be a message. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length || this.#filled === this.#header?.length) {
      at = this.#header ? this.#readBody(chunk, at) : this.#readHeader(chunk, at);
    }
  }

  #readHeader(chunk: Buffer, at: number): number {
    // The blank line may be split over chunks, so the last bytes of the former one count too.
    const before = this.#pending.length;
    this.#pending += chunk.toString("latin1", at, Math.min(chunk.length, at + maxHeader));
    const end = this.#pending.indexOf(headerEnd, Math.max(0, before - headerEnd.length));
    if (end < 0) {
      if (this.#pending.length >= maxHeader) throw new FramingError("header without an end");
      return chunk.length;
    }
    this.#header = parseHeader(this.#pending.slice(0, end));
    this.#pending = "";
    this.#body = new Uint8Array(this.#header.length);
    this.#filled = 0;
    return at + end + headerEnd.length - before;
  }

  #readBody(chunk: Buffer, at: number): number {
    const take = Math.min(chunk.length - at, this.#body.length - this.#filled);
    this.#body.set(chunk.subarray(at, at + take), this.#filled);
    this.#filled += take;
    if (this.#filled === this.#body.length) this.#deliver();
    return at + take;
  }

  #deliver(): void {
    const header = this.#header as Header;
    const body = this.#body;
    this.#header = undefined;
    this.#body = new Uint8Array(0);
    this.#filled = 0;
    if (header.rows) this.sink.rows(header.rows.stream, header.rows.seq, body);
    else this.sink.json(Buffer.from(body.buffer).toString("utf8"));
  }
}

function parseHeader(text: string): Header {
  const digits = /^content-length: *(\d{1,10}) *$/im.exec(text)?.[1];
  if (digits === undefined) throw new FramingError("no Content-Length");
  const length = Number(digits);
  if (length > maxBody) throw new FramingError(`message of ${length} bytes`);
  const [, type, parameters = ""] = /^content-type: *([^;\s]*)(.*)$/im.exec(text) ?? [];
  if (type !== rowsType) return { length };
  const stream = /; *stream=([^;\s]+)/.exec(parameters)?.[1];
  if (stream === undefined) throw new FramingError("row frame without a stream");
  return { length, rows: { stream, seq: Number(/; *seq=(\d+)/.exec(parameters)?.[1]) } };
}

/** One message, ready to be written. */
export function encodeMessage(message: object): Buffer {
  const body = JSON.stringify(message);
  return Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
