// Random statements with markers in them: secrets, values and comments that nothing may write down.
// The same seed gives the same statements.

const ACCOUNTS = {
  postgres: [
    (m) => `ALTER ROLE zz_nobody WITH LOGIN PASSWORD '${m}' VALID UNTIL '2030-01-01'`,
    (m) => `CREATE USER zz_nobody ENCRYPTED PASSWORD E'${m}' OOPS`,
    (m) => `CREATE SUBSCRIPTION s CONNECTION 'host=h password=${m} user=u' PUBLICATION p OOPS`,
    (m) => `SELECT * FROM zz_dblink('host=h password=${m}', 'SELECT 1') AS t(a int)`,
    (m) => `CREATE USER MAPPING FOR zz_nobody SERVER zz OPTIONS (user 'x', password '${m}')`,
    (m) => `DO $x$ BEGIN PERFORM zz_no('${m}'); ALTER ROLE zz_nobody PASSWORD '${m}'; END $x$`,
  ],
  mysql: [
    (m) => `CREATE USER zz_nobody IDENTIFIED BY '${m}' OOPS`,
    (m) => `ALTER USER zz_nobody@zz IDENTIFIED WITH caching_sha2_password BY "${m}" OOPS`,
    (m) => `SET PASSWORD FOR 'zz_nobody'@'zz' = '${m}'`,
    (m) => `CREATE USER zz_nobody IDENTIFIED BY ${m} OOPS`,
    (m) => `CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='${m}' OOPS`,
    (m) => `CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD '${m}') OOPS`,
    (m) => `/*!50003 CREATE USER zz_nobody IDENTIFIED BY '${m}' OOPS */`,
  ],
  sqlite: [
    (m) => `PRAGMA key = '${m}'`,
    (m) => `PRAGMA zz.rekey("${m}") OOPS`,
    (m) => `ATTACH ':memory:' AS zz KEY '${m}' OOPS`,
    (m) => `UPDATE zz_users SET password = '${m}' WHERE id = 1`,
    (m) => `INSERT INTO zz_users (name, password) VALUES ('ann', '${m}')`,
  ],
  redis: [
    (m) => `AUTH ${m}`,
    (m) => `AUTH zz_nobody "${m}"`,
    (m) => `HELLO 9 AUTH zz_nobody ${m} SETNAME x`,
    (m) => `ACL SETUSER zz_nobody on >${m} ~* +oops`,
    (m) => `CONFIG SET zz-nothing 1 requirepass ${m}`,
    (m) => `CONFIG SET zz-masterauth '${m}'`,
    (m) => `MIGRATE h 1 k 0 10 COPY AUTH2 u ${m} OOPS`,
  ],
};
ACCOUNTS.mariadb = [
  ...ACCOUNTS.mysql,
  (m) => `CREATE USER zz_nobody IDENTIFIED VIA ed25519 USING PASSWORD('${m}') OOPS`,
];

const hex = (text) => Buffer.from(text).toString("hex");
const escaped = (text) => [...Buffer.from(text)].map((b) => `\\00${b.toString(16)}`).join("");

/** Ways to write a text. */
const COMMON = [
  (m) => `'${m}'`,
  (m) => `'it''s ${m}'`,
  (m) => `'${m}-- no comment'`,
  (m) => `'/* ${m} */'`,
  (m) => `'{"password": "${m}", "a": [1, "${m}"]}'`,
  (m) => `'https://ann:${m}@example.org/x?token=${m}'`,
  (m) => `'ü€ 日本 ${m} 🙂'`,
  (m) => `X'${hex(m)}'`,
  (m) => `'a;${m};b'`,
  (m) => `'"${m}"'`,
  (m) => `'\n${m}\n'`,
];
const MYSQL = [
  (m) => `"${m}"`,
  (m) => `'it\\'s ${m}'`,
  (m) => `"say \\"${m}\\""`,
  (m) => `N'${m}'`,
  (m) => `_utf8mb4'${m}'`,
  (m) => `0x${hex(m)}`,
  (m) => `'\\\\${m}'`,
];
const TEXTS = {
  postgres: [
    (m) => `E'it\\'s ${m}'`,
    (m) => `$$${m}$$`,
    (m) => `$t$ it's ${m} $t$`,
    (m) => `U&'${escaped(m)}'`,
    (m) => `'${m}'::text`,
    (m) => `$a$ $b$ ${m} $b$ $a$`,
  ],
  mysql: MYSQL,
  mariadb: MYSQL,
  sqlite: [(m) => `"${m}"`, (m) => `"it's ${m}"`, (m) => `"two ""quotes"" ${m}"`],
};

const COMMENTS = {
  postgres: [(m) => `/* a /* ${m} */ b */`, (m) => `-- ${m} it's\n`],
  mysql: [(m) => `/* ${m} */`, (m) => `-- ${m} "\n`, (m) => `# it's ${m}\n`],
  sqlite: [(m) => `/* "${m}' */`, (m) => `--${m}\n`],
};
COMMENTS.mariadb = COMMENTS.mysql;

const STATEMENTS = [
  (v) => `SELECT ${v()}`,
  (v) => `SELECT a, b FROM zz_t WHERE a = ${v()} AND b <> ${v()}`,
  (v) => `SELECT a FROM zz_t WHERE a IN (${v()}, ${v()}, ${v()}) ORDER BY a LIMIT 5`,
  (v) => `INSERT INTO zz_t (a, b) VALUES (${v()}, ${v()}), (${v()}, 2)`,
  (v) => `UPDATE zz_t SET a = ${v()}, b = lower(${v()}) WHERE c LIKE ${v()}`,
  (v) => `DELETE FROM zz_t WHERE a = ${v()} OR b BETWEEN ${v()} AND ${v()}`,
  (v) => `WITH q AS (SELECT ${v()} AS a) SELECT * FROM q WHERE a = ${v()}`,
  (v) => `SELECT CASE a WHEN ${v()} THEN ${v()} ELSE ${v()} END FROM zz_t`,
  (v) => `EXPLAIN SELECT * FROM zz_t WHERE coalesce(a, ${v()}) = ${v()}`,
  (v) => `SELECT length(${v()}), upper(trim(${v()}))`,
  (v) => `SELECT (SELECT max(a) FROM zz_t WHERE b = ${v()}) || ${v()}`,
];

/** Texts whose end depends on a mode of the server. */
const MODES = {
  postgres: [(m) => `SELECT 'it\\'s ${m}', b`],
  mysql: [
    (m) => `INSERT INTO zz_t VALUES ('C:\\', '${m}')`,
    (m) => `SELECT "x\\", 'pw"${m}"'`,
    (m) => `SELECT 'C:\\' -- it's ${m}`,
  ],
  sqlite: [],
};
MODES.mariadb = MODES.mysql;

const COMMANDS = [
  (m) => `SET zz:${m} ${m}`,
  (m) => `set zz:k "a \\"${m}\\" \\x41" EX 1`,
  (m) => `GET '${m}'`,
  (m) => `HSET zz:h name ${m} password ${m}`,
  (m) => `EVAL "return '${m}'" 0`,
  (m) => `ECHO "ü ${m}"`,
  (m) => `PING "${m}`,
  (m) => `LRANGE ${m} 0 -1`,
];

/** Numbers below a limit, the same for the same seed. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return (limit) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

/** What every marker looks like, as text, in hexadecimal or with its letters escaped. */
export const MARKER = /zq[0-9a-z]{8,}qz/;
export const MARKER_HEX = /7a71([36-7][0-9a-f]){8,}717a/i;

/** `count` statements: {id, dialect, sql, secrets}; `secrets` says that all markers in it are some. */
export function* plantedStatements(count, seed) {
  const random = randomOf(seed);
  const one = (list) => list[random(list.length)];
  const marker = () => `zq${(random(2 ** 31) + 2 ** 31).toString(36)}${random(36 ** 2) + 100}qz`;
  const dialects = Object.keys(ACCOUNTS);
  for (let id = 0; id < count; ++id) {
    const dialect = dialects[id % dialects.length];
    const kind = random(10);
    if (kind < 3) {
      yield { id, dialect, sql: one(ACCOUNTS[dialect])(marker()), secrets: true };
    } else if (dialect === "redis") {
      yield { id, dialect, sql: one(COMMANDS)(marker()), secrets: false };
    } else if (kind === 3 && MODES[dialect].length > 0) {
      yield { id, dialect, sql: one(MODES[dialect])(marker()), secrets: false };
    } else {
      const text = () => one([...COMMON, ...TEXTS[dialect]])(marker());
      const number = () => String(random(2 ** 31));
      let sql = one(STATEMENTS)(() => (random(6) === 0 ? number() : text()));
      if (random(2) === 0) sql = `${one(COMMENTS[dialect])(marker())} ${sql}`;
      if (random(3) === 0) sql = `${sql} ${one(COMMENTS[dialect])(marker())}`;
      // Cut off anywhere, also within a text or a comment, but not within a character.
      if (random(8) === 0) {
        const characters = [...sql];
        sql = characters.slice(0, 1 + random(characters.length)).join("");
      }
      yield { id, dialect, sql, secrets: false };
    }
  }
}

/** The first marker in a text that must have none. */
export function findMarker(text) {
  return MARKER.exec(text)?.[0] ?? MARKER_HEX.exec(text)?.[0];
}
