// A stand-in for `mydba serve --stdio` that can fail on demand. Methods that tests use:
//   test/echo         answers its params            test/never    answers only when it is cancelled
//   test/rows         sends `frames` row frames, one for each credit, then answers how many
//   test/die          kills itself                  test/garbage  writes what is no message
//   test/secret       asks host/secret and answers what it got
let input = Buffer.alloc(0);
const waiting = new Map(); // stream id -> resolve, for credit
const credits = new Map();
const cancelled = new Map(); // request id -> resolve
const asked = new Map();

const write = (head, body) => process.stdout.write(Buffer.concat([Buffer.from(head), body]));
function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  write(`Content-Length: ${body.length}\r\n\r\n`, body);
}
function sendRows(stream, seq, body) {
  write(
    `Content-Length: ${body.length}\r\nContent-Type: application/x-mydba-rows; stream=${stream}; seq=${seq}\r\n\r\n`,
    body,
  );
}

async function rows(id, { frames, stream }) {
  credits.set(stream.id, (credits.get(stream.id) ?? 0) + stream.credit);
  send({ method: "$/stream", params: { id: stream.id, seq: 0, item: { kind: "head" } } });
  for (let seq = 1; seq <= frames; seq++) {
    while (credits.get(stream.id) < 1)
      await new Promise((resolve) => waiting.set(stream.id, resolve));
    credits.set(stream.id, credits.get(stream.id) - 1);
    sendRows(stream.id, seq, Buffer.alloc(1000, seq));
  }
  send({ id, result: { frames } });
}

const methods = {
  initialize: (id) => send({ id, result: { version: "0", protocolVersion: 1, engines: [] } }),
  "test/echo": (id, params) => send({ id, result: params }),
  "test/never": (id) =>
    cancelled.set(id, () =>
      send({ id, error: { code: -32800, message: "cancelled", data: { code: "cancelled" } } }),
    ),
  "test/rows": rows,
  "test/die": () => process.kill(process.pid, "SIGKILL"),
  "test/garbage": () => process.stdout.write("HTTP/1.1 400 Bad Request\r\n\r\n"),
  "test/secret": (id) => {
    asked.set(1, (result) => send({ id, result }));
    send({ id: 1, method: "host/secret", params: { profileId: "p", kind: "password" } });
  },
  "$/cancelRequest": (_id, params) => cancelled.get(params.id)?.(),
  "$/credit": (_id, { id, n }) => {
    credits.set(id, (credits.get(id) ?? 0) + n);
    waiting.get(id)?.();
  },
};

function receive({ id, method, params, result, error }) {
  if (method) methods[method](id, params);
  else asked.get(id)?.(result ?? error);
}

process.stdin.on("data", (chunk) => {
  input = Buffer.concat([input, chunk]);
  for (;;) {
    const end = input.indexOf("\r\n\r\n");
    const length = Number(/Content-Length: (\d+)/.exec(input.toString("latin1", 0, end))?.[1]);
    if (end < 0 || input.length < end + 4 + length) return;
    const body = input.toString("utf8", end + 4, end + 4 + length);
    input = input.subarray(end + 4 + length);
    receive(JSON.parse(body));
  }
});
process.stdin.on("end", () => process.exit(0));
