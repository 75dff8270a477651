// The helper's process: requests, streams, cancel, and what happens when it dies.
import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { load } from "./bundle.mjs";

const { Helper } = await load("protocol/client/helper.ts");
const fake = path.join(import.meta.dirname, "../fakes/helper.mjs");

/** A helper on the fake, with what it told its owner. */
function makeHelper(t, { file = process.execPath, args = [fake] } = {}) {
  const told = { crashes: [], exits: 0, log: [] };
  const helper = new Helper({
    command: () => ({ file, args }),
    clientVersion: "0",
    log: (level, message) => told.log.push(`${level}: ${message}`),
    onRequest: (method, params) => Promise.resolve({ value: `${method} ${params.profileId}` }),
    onStart: (rpc) => rpc.request("test/echo", "first"),
    onExit: () => told.exits++,
    onCrash: (crash) => {
      told.crashes.push(crash);
      told.onCrash?.(crash);
    },
  });
  t.after(() => helper.stop());
  return { helper, told };
}

/** Resolves with the crash for which `wanted` is true. */
const crashed = (told, wanted = () => true) =>
  new Promise((resolve) => (told.onCrash = (crash) => wanted(crash) && resolve(crash)));

test("starts at the first request only", async (t) => {
  const { helper } = makeHelper(t);
  assert.equal(helper.pid, undefined);
  assert.deepEqual(await helper.request("test/echo", { a: 1 }), { a: 1 });
  assert.equal(typeof helper.pid, "number");
});

test("cancelling a request ends it, and only it", async (t) => {
  const { helper } = makeHelper(t);
  const listeners = [];
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener) => {
      listeners.push(listener);
      return { dispose: () => undefined };
    },
  };
  const never = helper.request("test/never", {}, token);
  const other = helper.request("test/never", {});
  other.catch(() => undefined);
  await helper.request("test/echo", {});
  for (const listener of listeners) listener();
  await assert.rejects(never, (error) => error.data.code === "cancelled");
  assert.equal(await Promise.race([other, helper.request("test/echo", "first")]), "first");
});

test("a stream that is consumed here is paid by itself, beyond its first credit", async (t) => {
  const { helper } = makeHelper(t);
  const items = [];
  const result = await helper.stream("test/rows", { frames: 100 }, (item) => items.push(item));
  assert.deepEqual(result, { frames: 100 });
  assert.deepEqual(items, [{ kind: "head" }]);
});

test("a relayed stream gets no more than the credit that was granted", async (t) => {
  const { helper } = makeHelper(t);
  const got = [];
  let more;
  const sink = {
    item: () => undefined,
    frame: (body, seq) => {
      got.push([seq, body.length, body[0]]);
      more?.();
    },
  };
  const until = (n) => new Promise((resolve) => (more = () => got.length >= n && resolve()));
  const two = until(2);
  const stream = { id: "s", credit: 2 };
  const done = helper.relay("test/rows", { frames: 5, stream }, { sink });
  await two;
  await helper.request("test/echo", {}); // whatever it had written has arrived before this answer
  assert.equal(got.length, 2);
  helper.credit("s", 3);
  assert.deepEqual(await done, { frames: 5 });
  assert.deepEqual(
    got,
    [1, 2, 3, 4, 5].map((seq) => [seq, 1000, seq]),
  );
});

test("what a consumer throws is logged and harms nothing else", async (t) => {
  const { helper, told } = makeHelper(t);
  const throws = () => {
    throw new Error("the answer is closed");
  };
  const stream = { id: "s", credit: 3 };
  const sink = { item: throws, frame: throws };
  const done = helper.relay("test/rows", { frames: 3, stream }, { sink });
  assert.deepEqual(await done, { frames: 3 });
  assert.equal(await helper.request("test/echo", "still here"), "still here");
  assert.equal(told.log.filter((line) => /the answer is closed/.test(line)).length, 4);
  assert.deepEqual(told.crashes, []);
});

test("answers what the helper asks", async (t) => {
  const { helper } = makeHelper(t);
  assert.deepEqual(await helper.request("test/secret", {}), { value: "host/secret p" });
});

test("killed: open requests fail, the owner is told once, it is back within a second", async (t) => {
  const { helper, told } = makeHelper(t);
  const starting = Date.now();
  await helper.request("test/echo", {});
  const startMs = Date.now() - starting; // a busy machine takes its time for the program itself
  const first = helper.pid;
  const open = helper.request("test/never", {});
  const crash = crashed(told);
  const start = Date.now();
  process.kill(first, "SIGKILL");
  await assert.rejects(
    open,
    (error) => error.data.code === "connectionLost" && error.data.retryable,
  );
  assert.deepEqual(await crash, { reason: "signal SIGKILL", count: 1, gaveUp: false });
  assert.deepEqual(await helper.request("test/echo", "back"), "back");
  const backMs = Date.now() - start - startMs;
  assert.ok(backMs < 1000, `${backMs} ms more than a start takes`);
  assert.notEqual(helper.pid, first);
  assert.equal(told.exits, 1);
  assert.equal(told.crashes.length, 1);
});

test("what is no message ends the process", async (t) => {
  const { helper, told } = makeHelper(t);
  await assert.rejects(helper.request("test/garbage", {}), /helper stopped/);
  assert.equal(told.crashes.length, 1);
  assert.ok(told.log.some((line) => line.includes("does not speak the protocol")));
});

test("keeps dying: gives up after five times, starts again when asked", async (t) => {
  const { helper, told } = makeHelper(t);
  const dying = makeHelper(t, { args: ["-e", "process.exit(7)"] });
  const gaveUp = crashed(dying.told, (crash) => crash.gaveUp);
  const start = Date.now();
  await assert.rejects(dying.helper.info());
  assert.deepEqual(await gaveUp, { reason: "exit status 7", count: 5, gaveUp: true });
  assert.ok(Date.now() - start >= 250 + 500 + 1000, "the delays grow");
  await assert.rejects(dying.helper.info(), /was not started again/);
  assert.equal(dying.told.crashes.length, 5);
  await assert.rejects(dying.helper.restart(), /stopped \(exit status 7\)/);
  await helper.restart();
  assert.equal(told.crashes.length, 0);
});

test("a program that is missing is an error with advice, not a crash", async (t) => {
  const { helper, told } = makeHelper(t, { file: "/nowhere/mydba" });
  const says = (error) =>
    /no such file/.test(error.message) && /mydba.helper.path/.test(error.data.hint);
  await assert.rejects(helper.info(), says);
  await assert.rejects(helper.info(), says);
  assert.equal(told.crashes.length, 0);
});

test("stopping is no crash", async (t) => {
  const { helper, told } = makeHelper(t);
  await helper.info();
  const { pid } = helper;
  await helper.stop();
  assert.equal(helper.pid, undefined);
  assert.throws(() => process.kill(pid, 0));
  assert.equal(told.crashes.length, 0);
});
