import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineDescriptor, Process } from "../../../protocol/generated/ts/protocol.js";
import {
  looksLikeUrl,
  problems,
  profileOf,
  valuesOf,
  withoutPassword,
} from "../../../webviews/connection/layout.js";
import {
  arrange,
  blockingChain,
  defaultKill,
  emptiness,
  markOf,
  type Shown,
} from "../../../webviews/processes/layout.js";
import * as format from "../../../webviews/shared/format.js";

function session(id: string, more: Partial<Process> = {}): Process {
  return { id, state: "active", active: true, blockedBy: [], own: false, extra: [], ...more };
}

const all = [
  session("10", { seconds: 5, user: "anna" }),
  session("9", { seconds: 90, blockedBy: ["7"] }),
  session("7", { active: false, blockedBy: [] }),
  session("5", { active: false }),
  session("3", { own: true }),
];
const show: Shown = {
  text: "",
  hideIdle: false,
  hideOwn: false,
  sort: undefined,
  descending: false,
};
const ids = (shown: Partial<Shown>) => arrange(all, { ...show, ...shown }).map((p) => p.id);

test("processes are filtered and sorted", () => {
  assert.deepEqual(ids({}), ["10", "9", "7", "5", "3"]);
  assert.deepEqual(
    ids({ sort: "id" }),
    ["3", "5", "7", "9", "10"],
    "ids that are numbers sort as numbers",
  );
  assert.deepEqual(ids({ text: "ANNA" }), ["10"]);
  assert.deepEqual(ids({ hideOwn: true, sort: "seconds", descending: true }).slice(0, 2), [
    "9",
    "10",
  ]);
});

test("an idle session that blocks others is not hidden as idle", () => {
  assert.deepEqual(ids({ hideIdle: true }), ["10", "9", "7", "3"]);
  assert.equal(markOf(all[2] as Process, 1), "blocking");
  assert.equal(markOf(all[1] as Process, 0), "blocked");
});

test("blocking chains end, also in a circle", () => {
  assert.deepEqual(blockingChain(all, "9"), ["9", "7"]);
  const circle = [session("1", { blockedBy: ["2"] }), session("2", { blockedBy: ["1"] })];
  assert.deepEqual(blockingChain(circle, "1"), ["1", "2", "1"]);
  assert.deepEqual(blockingChain([session("1", { blockedBy: ["gone"] })], "1"), ["1", "gone"]);
});

test("an empty list has a reason", () => {
  assert.equal(emptiness([], show), "noSessions");
  assert.equal(emptiness(all, { ...show, hideOwn: true }), "filtered");
  const own = [session("3", { own: true })];
  assert.equal(emptiness(own, { ...show, hideOwn: true }), "onlyOwn");
  assert.equal(emptiness(own, { ...show, text: "other" }), "filtered");
});

test("ending means the mildest that does something", () => {
  const snapshot = {
    time: "",
    processes: all,
    killKinds: ["query" as const, "connection" as const],
  };
  assert.equal(defaultKill(session("1"), snapshot), "query");
  assert.equal(defaultKill(session("1", { active: false }), snapshot), "connection");
  assert.equal(defaultKill(session("1"), { ...snapshot, killKinds: ["connection"] }), "connection");
});

const server: EngineDescriptor = {
  id: "one",
  title: "One",
  schemes: ["one"],
  dialect: "one",
  defaultPort: 1,
  isFile: false,
  facets: [],
};

test("a form makes a profile without secrets and without empty fields", () => {
  const values = {
    ...valuesOf({ name: "", host: " db ", port: 99 }),
    password: "s3cret",
    tls: "require",
    database: "shop",
  };
  const profile = profileOf(server, values, { id: "p1" });
  assert.deepEqual(profile, {
    id: "p1",
    name: "shop on db",
    engine: "one",
    host: "db",
    database: "shop",
    tls: "require",
    port: 99,
  });
  assert.ok(!JSON.stringify(profile).includes("s3cret"));
  const file = profileOf(
    { ...server, isFile: true },
    { ...values, path: "/data/shop.db" },
    { id: "p2" },
  );
  assert.deepEqual(file, { id: "p2", name: "shop.db", engine: "one", path: "/data/shop.db" });
});

test("what is wrong with a form is said by field", () => {
  const wrong = problems(server, { ...valuesOf({}), port: "70000", host: "one://x" });
  assert.deepEqual([...wrong.keys()], ["port", "host"]);
  assert.equal(problems({ ...server, isFile: true }, valuesOf({})).get("path"), "Choose a file.");
  assert.equal(problems(server, valuesOf({})).size, 0);
});

test("numbers are written for people", () => {
  assert.deepEqual([0, 0.3, 7.25, 999, 12_345, 123_456, 1_200_000, 3.4e9].map(format.rows), [
    "0",
    "0.3",
    "7.3",
    "999",
    "12,345",
    "123.5 k",
    "1.2 M",
    "3.4 bn",
  ]);
  assert.deepEqual([0.0421, 12.34, 1234, 65_000, 7_300_000].map(format.duration), [
    "0.042 ms",
    "12.3 ms",
    "1.23 s",
    "1 min 5 s",
    "2 h 1 min",
  ]);
  assert.equal(format.grouped(-1234567.5), "−1,234,567.5");
  assert.equal(format.ratio(100, 1300).text, "13× more than planned");
  assert.equal(format.ratio(100, 20).text, "5× fewer than planned");
  assert.equal(format.ratio(0, 1).text, "as planned");
  assert.equal(format.bytes(1536), "1.5 KiB");
});

test("a password is taken out of a URL, whatever it holds", () => {
  const hidden = (url: string) => {
    const found = withoutPassword(url);
    return [found.url, found.password];
  };
  assert.deepEqual(hidden("one://anna:pw@host/db"), ["one://anna:***@host/db", "pw"]);
  assert.deepEqual(hidden("one://:pw@host"), ["one://:***@host", "pw"]);
  assert.deepEqual(hidden("one://a:p:w@x@host?ssh=u@b:22"), [
    "one://a:***@host?ssh=u@b:22",
    "p:w@x",
  ]);
  assert.deepEqual(hidden("one://a:p#w/?@host/db"), ["one://a:***@host/db", "p#w/?"]);
  assert.deepEqual(hidden("one://host?password=pw&x=1"), ["one://host?password=***&x=1", "pw"]);
  for (const plain of ["one://host:5432/db", "one://anna@host", "/data/shop.db", "a:b@c"])
    assert.deepEqual(hidden(plain), [plain, undefined]);
});

test("a text is taken for a URL by its scheme", () => {
  assert.ok(looksLikeUrl(" ONE://host", [server]));
  for (const other of ["two://host", "one", "host:5432", "C:\\one"])
    assert.ok(!looksLikeUrl(other, [server]), other);
});

test("a line of text hides and rearranges nothing", () => {
  assert.equal(format.oneLine("a\r\nb\nc\td"), "a↵b↵c\td");
  assert.equal(format.oneLine("bill\u202egnp.exe\u0000\u2028"), "bill␦gnp.exe␀␦");
  assert.equal(format.oneLine("שלום\u200f 👩‍👧 é"), "שלום\u200f 👩‍👧 é");
});
