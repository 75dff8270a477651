// drive_helper.mjs PROGRAM URL SQL: the rows of a query through the helper to the extension's
// reader, frames unparsed, printed as the bare loops print, with the helper's peak memory.
import process from "node:process";
import { Helper, rowsOf } from "./helper.mjs";

const [program, url, sql] = process.argv.slice(2);
const helper = new Helper(program);
await helper.initialize();
const sessionId = await helper.open(url);
let rows = 0;
let firstRowMs = 0;
const start = performance.now();
const frame = (body) => {
  if (rows === 0) firstRowMs = performance.now() - start;
  rows += rowsOf(body);
};
await helper.stream("query/run", { sessionId, sql }, { frame });
const ms = performance.now() - start;
const peakKiB = helper.memory("VmHWM");
await helper.end();
console.log(JSON.stringify({ rows, firstRowMs, ms, peakKiB }));
