// A large result in the helper's spool: how long until the first rows, until all are read, sorted
// and filtered, how fast any window comes, and how much memory the helper needed at most.
import { Helper, rowsOf } from "./helper.mjs";

const series = {
  postgres: (rows) =>
    `SELECT i, md5(i::text) AS hash, i * 7919 % 1000003 AS n, 'Customer ' || i AS name FROM generate_series(1::bigint, ${rows}) AS t(i)`,
  mariadb: (rows) =>
    `SELECT seq AS i, md5(seq) AS hash, seq * 7919 % 1000003 AS n, concat('Customer ', seq) AS name FROM seq_1_to_${rows}`,
  sqlite: (rows) =>
    `WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < ${rows}) SELECT i, hex(i * 7919) AS hash, i * 7919 % 1000003 AS n, 'Customer ' || i AS name FROM t`,
};

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

export async function measureSpool(program, url, engine, rows) {
  const helper = new Helper(program);
  await helper.initialize();
  const sessionId = await helper.open(url);
  let resultId;
  let firstMs = 0;
  const start = performance.now();
  const on = {
    keepCredit: true,
    item: (item) => {
      resultId ??= item.resultId;
    },
    frame: () => {
      if (firstMs === 0) {
        firstMs = performance.now() - start;
        void helper.request("result/readAll", { resultId });
      }
    },
  };
  const run = await helper.stream(
    "query/run",
    { sessionId, sql: series[engine](rows), spool: true },
    on,
    4,
  );
  const readMs = performance.now() - start;
  if (run.rows !== rows) throw new Error(`spool: ${run.rows} rows`);

  const window = async (viewId, first) => {
    let got = 0;
    const frame = (body) => (got += rowsOf(body));
    const params = { resultId, ...(viewId ? { viewId } : {}), first, count: 200 };
    const [ms] = await timed(() => helper.stream("result/rows", params, { frame }));
    if (got !== Math.min(200, rows - first)) throw new Error(`window at ${first}: ${got} rows`);
    return ms;
  };
  const view = (sort, filters) =>
    timed(() => helper.stream("result/view", { resultId, sort, filters }, {}, 1000));

  const windows = [];
  for (let i = 0; i < 50; ++i) windows.push(await window(undefined, Math.floor((rows * i) / 50)));
  const [byNumber, sorted] = await view([{ column: 2, descending: true }], []);
  for (let i = 0; i < 20; ++i)
    windows.push(await window(sorted.viewId, Math.floor((rows * i) / 20)));
  const [byText] = await view([{ column: 1, descending: false }], []);
  const [filtering, filtered] = await view([], [{ op: "contains", value: "99999" }]);
  const peakKiB = helper.memory("VmHWM");
  await helper.request("result/close", { resultId });
  await helper.end();
  return {
    [`spool of ${rows} rows`]: engine,
    "first frame ms": firstMs.toFixed(0),
    "read all s": (readMs / 1000).toFixed(1),
    "any window of 200 rows, at most ms": Math.max(...windows).toFixed(1),
    "sort by a number s": (byNumber / 1000).toFixed(1),
    "sort by text s": (byText / 1000).toFixed(1),
    "filter any column s": `${(filtering / 1000).toFixed(1)} (${filtered.rows} rows)`,
    "helper peak MiB": (peakKiB / 1024).toFixed(1),
  };
}
