// What a conversation with a model is made of, with markers planted where nothing may leave: values,
// comments, secrets, hosts, addresses and, where names are mapped, names. The same seed gives the same.
import { MARKER, plantedStatements, randomOf } from "./planted.mjs";

/** Ways in which people write what is private. */
const PROSE = [
  (m) => `Why is the query for '${m}' slow?`,
  (m) => `Customer "${m}" is missing, and so is “${m}”.`,
  (m) => `We run it on ${m}.example.com:5432, called from ${m}@example.org.`,
  (m) => `See https://example.org/${m}?a=${m} and /var/lib/${m}/data.csv or C:\\${m}\\x.txt`,
  (m) => `The login is password=${m}, the header Authorization: Bearer ${m}`,
  (m) => `postgres://ann:${m}@db.${m}.internal/shop does not connect`,
  (m) => `Rows:\n| 1 | ${m} | x |\n| 2 | ${m} | y |\nWhy two?`,
  (m) => `{"name": "${m}", "mail": "${m}@example.org"}`,
  (m) => '```json\n{"a": "' + m + '"}\n```\nis what I get',
  (m) => "`a = '" + m + "'` finds nothing",
  (m) => `my key is AKIA1${m}9Z8Y7X and it says 'open ${m}`,
  (m) => `1;${m};a;b;c\n2;${m};d;e;f`,
];

/** What servers say: they quote what they were given, also cut off. */
const ERRORS = [
  (v) => `duplicate key value violates unique constraint; Key (a)=(${v}) already exists.`,
  (v) => `Duplicate entry '${v}-5' for key 'zz_t.a'`,
  (v) => `Incorrect integer value: '${v}' for column 'a' at row 1`,
  (v) => `You have an error in your SQL syntax near '${v}' at line 1`,
  (v) => `syntax error at or near "${v}`,
  (v) => `Failing row contains (1, ${v}, x).`,
  (v) => `invalid input syntax for type integer: "${v}"`,
  (v) => `Access denied for user '${v}'@'${v}.example.org' (using password: YES)`,
];

/** Where names stand in statements. */
const NAMED = [
  (n) =>
    `SELECT ${n()}, x.${n()} FROM ${n()} x JOIN ${n()}.${n()} ON x.${n()} = ${n()} WHERE ${n()} > 5`,
  (n) =>
    `UPDATE ${n()} SET ${n()} = 'a', ${n()} = ${n()} + 1 WHERE ${n()} IN (SELECT ${n()} FROM ${n()})`,
  (n) => `CREATE INDEX ${n()} ON ${n()} (${n()}, lower(${n()}))`,
  (n) =>
    `WITH ${n()} AS (SELECT ${n()}(a) FROM ${n()}) SELECT count(*) FROM ${n()} GROUP BY ${n()}`,
  (n) => `INSERT INTO ${n()} (${n()}, ${n()}) VALUES (1, 'b') -- ${n()}`,
];
const QUOTES = {
  postgres: ['"', '"'],
  sqlite: ["[", "]"],
  mysql: ["`", "`"],
  mariadb: ["`", "`"],
};

/** What tools answer, as native/src/tools/list makes it; `v` makes a value, `sql` is the statement of the call. */
const ANSWERS = [
  (v) => ({
    tool: "run_read_query",
    answer: {
      columns: [
        { name: `lower('${v}')`, type: "text" },
        { name: v, type: `enum('${v}','b')` },
      ],
      rows: [
        [v, "1"],
        [`${v}@example.org`, null],
      ],
      notices: [`Warning: Incorrect value: '${v}' for column 'a' at row 1`],
      [v]: v,
    },
    sql: `SELECT lower('${v}'), '${v}' FROM zz_t`,
  }),
  (v, sql) => ({
    tool: "list_processes",
    answer: {
      processes: [
        { id: "5", state: "active", user: v, database: "shop", host: `${v}.example.org`, sql },
        { id: v, state: `waits for '${v}'`, wait: "Lock: tuple", blockedBy: ["5", v], seconds: 3 },
      ],
      limitation: `permission denied for role "${v}"`,
    },
  }),
  (v) => ({
    tool: "describe_object",
    answer: {
      subject: "main › Tables › zz_t",
      sections: [
        {
          title: "Columns",
          objects: [
            {
              name: "a",
              kind: "column",
              detail: `varchar(20) · not null · default '${v} · ${v}'`,
              path: ["main", "Tables", "zz_t", "Columns", "a"],
              comment: v,
            },
            {
              name: "c",
              kind: "key",
              detail: `CHECK ((a = '${v}'))`,
              path: ["main", "Tables", "zz_t", "Keys", "c"],
            },
          ],
        },
      ],
    },
  }),
  (v, sql) => ({
    tool: "explain_query",
    answer: {
      summary: { nodes: 1, totalCost: 4.5, text: v },
      plan:
        `Seq Scan on zz_t  (cost 4.50, rows ~1,000)\n   filter: ((a)::text = '${v}'::text)\n` +
        `   ! full-table-scan: reads 1,000 rows to test ((a)::text = '${v}'::text), and keeps 3\n`,
      findings: [
        {
          id: "full-table-scan",
          severity: "warning",
          message: `Seq Scan on zz_t reads 1,000 rows to test ((a)::text = '${v}'::text)`,
          advice: "Try an index.",
          remedies: [{ title: "Index", sql: `CREATE INDEX ON zz_t (a) WHERE a = '${v}'` }],
          document: `user:${v}`,
          url: `https://${v}.example.org`,
        },
      ],
    },
    sql,
  }),
  (v, sql) => ({
    tool: "compare_queries",
    answer: {
      verdict: "unknown",
      reason: `it does not run here: duplicate key; Key (a)=(${v}) already exists.`,
      before: { rows: 5, sample: v },
    },
    sql,
  }),
  (v) => ({
    tool: "search_docs",
    answer: {
      documents: [
        { document: `user:${v}.md`, title: "Backup", text: `Log in as '${v}' with password=${v}` },
      ],
    },
  }),
];

const markersOf = (text) => text.match(new RegExp(MARKER, "g")) ?? [];

/**
 * `count` things to send: {id, kind, dialect, names, text?, statement?, relation?, tool?, answer?, arguments?, markers, named?}. None of
 * `markers` may leave; `named` says that all of them are names, which an echo must bring back.
 */
export function* plantedQuestions(count, seed) {
  const random = randomOf(seed + 1);
  const one = (list) => list[random(list.length)];
  const marker = () => `zq${(random(2 ** 31) + 2 ** 31).toString(36)}${random(36 ** 2) + 100}qz`;
  for (const { id, dialect, sql } of plantedStatements(count, seed)) {
    const names = one(["keep", "alias"]);
    const base = { id, dialect, names };
    const kind = random(10);
    let made;
    if (kind < 4 || (dialect === "redis" && kind !== 4)) made = { kind: "sql", text: sql };
    else if (kind === 4 && random(2) === 0) {
      const { tool, answer, sql: asked } = one(ANSWERS)(marker(), sql);
      made = { kind: "tool", tool, answer, arguments: { connection: "shop", sql: asked ?? "" } };
    } else if (kind === 4) made = { kind: "prose", text: one(PROSE)(marker()) };
    else if (kind === 5) made = { kind: "prose", text: `Is this slow?\n\n${sql}` };
    else if (kind === 6) {
      const value = markersOf(sql)[0] ?? marker();
      made = { kind: "error", statement: sql, text: one(ERRORS)(value.slice(0, 6 + random(20))) };
    } else if (kind === 7) {
      const value = marker();
      const text = `((zz_t.a)::text = '${value}'::text) AND (b > 5)`;
      made = { kind: "plan", statement: sql, relation: "zz_t", text };
    } else if (kind === 8) {
      made = { kind: "schema", relation: "zz_t", text: `enum('${marker()}', 'b')` };
    } else {
      const known = [marker(), marker(), marker()];
      const quote = QUOTES[dialect];
      const name = () => {
        const chosen = one(known);
        const spelled = one([chosen, chosen, chosen.toUpperCase()]);
        return random(3) === 0 ? quote[0] + spelled + quote[1] : spelled;
      };
      made = { kind: "sql", text: one(NAMED)(name), named: true };
      base.names = "alias";
    }
    const texts = [made.text, made.statement, made.answer, made.arguments];
    const planted = texts.map((text) => (text ? JSON.stringify(text) : "")).join(" ");
    const markers = markersOf(`${planted} ${planted.toLowerCase()}`);
    yield { ...base, ...made, markers: [...new Set(markers)] };
  }
}
