// Random statements that are valid on a schema of four tables: joins, sub-queries, CTEs, windows, sets,
// grouping, changes. The same seed gives the same statements. What only some engines have is behind
// `has`. Values are written by `value`, so that the same statement comes with placeholders.

const dialects = {
  postgres: {
    quote: '"',
    json: "jsonb",
    has: new Set(["full", "lateral", "filter", "returning", "ilike", "intersect", "ctedml"]),
  },
  mysql: {
    quote: "`",
    json: "json",
    has: new Set(["lateral", "limitChange", "replace", "multi", "intersect"]),
  },
  mariadb: {
    quote: "`",
    json: "json",
    has: new Set(["limitChange", "replace", "multi", "intersect"]),
  },
  sqlite: {
    quote: '"',
    json: "text",
    has: new Set(["filter", "replace", "intersect"]),
  },
};

/** Column types: n number, t text, d date, p price. */
const tables = {
  customers: { id: "n", name: "t", email: "t", 日本: "t", city_id: "n", since: "d" },
  orders: { id: "n", customer_id: "n", status: "t", total: "p", placed: "d" },
  items: { order_id: "n", line: "n", product_id: "n", quantity: "n", price: "p" },
  products: { id: "n", group: "n", name: "t", price: "p" },
};
const links = [
  ["orders", "customer_id", "customers", "id"],
  ["items", "order_id", "orders", "id"],
  ["items", "product_id", "products", "id"],
];

/** Statements that make the schema, with a few hundred rows. */
export function schema(engine) {
  const q = (name) => `${dialects[engine].quote}${name}${dialects[engine].quote}`;
  const types = { n: "integer", t: "varchar(60)", d: "date", p: "decimal(10,2)" };
  const keys = { customers: ["id"], orders: ["id"], items: ["order_id", "line"], products: ["id"] };
  const made = Object.entries(tables).map(([table, columns]) => {
    const parts = Object.entries(columns).map(
      ([name, type]) => `${q(name)} ${types[type]}${keys[table].includes(name) ? " NOT NULL" : ""}`,
    );
    return `CREATE TABLE ${table} (${parts.join(", ")}, PRIMARY KEY (${keys[table].join(", ")}))`;
  });
  const rows = (table, count, row) =>
    `INSERT INTO ${table} VALUES ${Array.from({ length: count }, (_, i) => row(i + 1)).join(", ")}`;
  const day = (i) => `'2025-0${1 + (i % 9)}-1${i % 10}'`;
  return [
    ...made,
    "CREATE INDEX orders_customer ON orders (customer_id)",
    "CREATE INDEX orders_placed ON orders (placed, status)",
    "CREATE INDEX items_product ON items (product_id)",
    rows(
      "customers",
      200,
      (i) => `(${i}, 'Name ${i % 50}', 'a${i}@example.org', '東京${i % 7}', ${i % 20}, ${day(i)})`,
    ),
    rows(
      "orders",
      400,
      (i) => `(${i}, ${1 + (i % 200)}, '${["new", "paid", "sent"][i % 3]}', ${i}.50, ${day(i)})`,
    ),
    rows(
      "items",
      400,
      (i) => `(${1 + (i >> 1)}, ${i % 2}, ${1 + (i % 60)}, ${i % 9}, ${i % 30}.99)`,
    ),
    rows("products", 60, (i) => `(${i}, ${i % 6}, 'Product ${i}', ${i}.00)`),
  ];
}

/** A generator of statements: next() gives {sql, digest, placeholders}. */
export class Workload {
  #state;
  #engine;
  #placeholders = false;
  #used = 0;

  constructor(engine, seed) {
    this.#engine = engine;
    this.#state = seed;
  }

  /** One statement twice: with values, and as a digest with placeholders. */
  next() {
    const start = this.#state;
    this.#placeholders = false;
    const sql = this.#statement();
    this.#state = start;
    this.#placeholders = true;
    this.#used = 0;
    const digest = this.#statement();
    return { sql, digest, placeholders: this.#used };
  }

  // mulberry32, a generator of 32 bits that is good enough to choose by
  #random(below) {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }
  #one = (list) => list[this.#random(list.length)];
  #chance = (percent) => this.#random(100) < percent;
  #has = (what) => dialects[this.#engine].has.has(what);

  #name(text) {
    const { quote } = dialects[this.#engine];
    return /^[a-z_]+$/.test(text) && text !== "group" ? text : `${quote}${text}${quote}`;
  }

  #value(type) {
    const n = this.#random(1000);
    if (this.#placeholders) {
      ++this.#used;
      return this.#engine === "postgres" ? `$${this.#used}` : "?";
    }
    if (type === "n") return `${n}`;
    if (type === "p") return `${n}.${(n % 90) + 10}`;
    if (type === "d") return `'2025-0${1 + (n % 9)}-1${n % 10}'`;
    return this.#one([`'Name ${n}'`, `'it''s ${n}'`, "'new'", "'100% ?'", "'東京'"]);
  }

  #list(type) {
    const count = 1 + this.#random(4);
    if (this.#placeholders && this.#engine !== "postgres" && this.#engine !== "sqlite") {
      for (let i = 0; i < count; ++i) this.#value(type);
      return "(...)";
    }
    return `(${Array.from({ length: count }, () => this.#value(type)).join(", ")})`;
  }

  /** FROM with joins; what can be referred to afterwards is in `scope`. */
  #from(depth) {
    const scope = [];
    const take = (table) => {
      const alias = `t${depth}_${scope.length}`;
      scope.push({ alias, columns: tables[table], table });
      return `${table} ${this.#chance(50) ? "AS " : ""}${alias}`;
    };
    let text = take(this.#one(Object.keys(tables)));
    for (let i = this.#random(4); i > 0; --i) {
      const from = this.#one(scope);
      const link = this.#one(links.filter((l) => l[0] === from.table || l[2] === from.table));
      const outward = link[0] === from.table;
      const [here, table, there] = outward
        ? [link[1], link[2], link[3]]
        : [link[3], link[0], link[1]];
      const kinds = [
        "JOIN",
        "LEFT JOIN",
        "INNER JOIN",
        ...(this.#has("full") ? ["FULL JOIN"] : []),
      ];
      const kind = this.#one(kinds);
      const right = take(table);
      const { alias } = scope.at(-1);
      text += ` ${kind} ${right} ON ${from.alias}.${this.#name(here)} = ${alias}.${this.#name(there)}`;
      if (kind !== "FULL JOIN" && this.#chance(20))
        text += ` AND ${this.#condition([scope.at(-1)], depth, 0)}`;
    }
    if (this.#has("lateral") && this.#chance(6)) {
      const { alias } = scope[0];
      const column = this.#one(Object.keys(scope[0].columns));
      text += ` CROSS JOIN LATERAL (SELECT ${alias}.${this.#name(column)} AS x FROM products pl LIMIT 1) l${depth}`;
    }
    return { text, scope };
  }

  #column(scope, wanted) {
    const all = scope.flatMap(({ alias, columns }) =>
      Object.entries(columns).map(([name, type]) => ({
        text: `${alias}.${this.#name(name)}`,
        type,
      })),
    );
    const fit = all.filter(({ type }) => !wanted || type === wanted);
    return fit.length > 0 ? this.#one(fit) : undefined;
  }

  #condition(scope, depth, nested) {
    const { text, type } = this.#column(scope);
    const alternatives = [
      () => `${text} ${this.#one(["=", "<", ">", "<=", ">=", "<>"])} ${this.#value(type)}`,
      () => `${text} BETWEEN ${this.#value(type)} AND ${this.#value(type)}`,
      () => `${text} IN ${this.#list(type)}`,
      () => `${text} IS ${this.#one(["", "NOT "])}NULL`,
      () => {
        const other = this.#column(scope, type);
        return `${text} <= ${other.text}`;
      },
      () => {
        const name = this.#column(scope, "t");
        return name
          ? `${name.text} ${this.#one(["LIKE", "NOT LIKE", ...(this.#has("ilike") ? ["ILIKE"] : [])])} ${this.#value("t")}`
          : `${text} IS NOT NULL`;
      },
      () => `NOT (${this.#condition(scope, depth, nested + 1)})`,
      () =>
        `(${this.#condition(scope, depth, nested + 1)} OR ${this.#condition(scope, depth, nested + 1)})`,
      () => `EXISTS (SELECT 1 FROM items x WHERE x.product_id = ${this.#number(scope)})`,
      () =>
        `${this.#number(scope)} IN (SELECT y.id FROM products y WHERE y.price > ${this.#value("p")})`,
      () =>
        `${this.#number(scope)} > (SELECT avg(z.quantity) FROM items z WHERE z.line = ${this.#value("n")})`,
    ];
    return (nested > 2 ? alternatives[0] : this.#one(alternatives))();
  }

  #number = (scope) => this.#column(scope, "n")?.text ?? "1";

  #where(scope, depth) {
    const count = this.#random(4);
    if (count === 0) return "";
    const parts = Array.from({ length: count }, () => this.#condition(scope, depth, 0));
    return ` WHERE ${parts.join(" AND ")}`;
  }

  #limit = () =>
    this.#chance(40)
      ? ` LIMIT ${this.#value("n")}${this.#chance(30) ? ` OFFSET ${this.#value("n")}` : ""}`
      : "";

  #expression(scope) {
    const { text, type } = this.#column(scope);
    return this.#one([
      () => text,
      () => text,
      () =>
        type === "n" || type === "p"
          ? `${text} * 2 + 1`
          : `upper(${this.#column(scope, "t")?.text ?? "'x'"})`,
      () => `coalesce(${text}, ${text})`,
      () => `CASE WHEN ${text} IS NULL THEN 0 ELSE 1 END`,
      () => `row_number() OVER (PARTITION BY ${text} ORDER BY ${this.#number(scope)})`,
      () => `sum(${this.#number(scope)}) OVER (ORDER BY ${text})`,
      () => `(SELECT max(m.price) FROM products m WHERE m.id = ${this.#number(scope)})`,
      () => `cast(${this.#number(scope)} AS char(10))`,
    ])();
  }

  #plain(depth) {
    const { text, scope } = this.#from(depth);
    const distinct = this.#chance(12) ? "DISTINCT " : "";
    const count = 1 + this.#random(4);
    const list = Array.from({ length: count }, (_, i) => `${this.#expression(scope)} AS c${i}`);
    const order = this.#chance(50)
      ? ` ORDER BY ${1 + this.#random(count)}${this.#one(["", " DESC", " ASC"])}`
      : "";
    return `SELECT ${distinct}${list.join(", ")} FROM ${text}${this.#where(scope, depth)}${order}${this.#limit()}`;
  }

  #grouped(depth) {
    const { text, scope } = this.#from(depth);
    const keys = Array.from({ length: 1 + this.#random(2) }, () => this.#column(scope).text);
    const unique = [...new Set(keys)];
    const filter =
      this.#has("filter") && this.#chance(20)
        ? ` FILTER (WHERE ${this.#number(scope)} > ${this.#value("n")})`
        : "";
    const having = this.#chance(40) ? ` HAVING count(*) > ${this.#value("n")}` : "";
    const order = this.#chance(50) ? " ORDER BY count(*) DESC" : "";
    const sums = [
      `count(*)${filter} AS n`,
      `max(${this.#column(scope).text}) AS most`,
      `count(DISTINCT ${this.#number(scope)}) AS d`,
    ];
    return `SELECT ${unique.join(", ")}, ${sums.slice(0, 1 + this.#random(3)).join(", ")} FROM ${text}${this.#where(scope, depth)} GROUP BY ${unique.join(", ")}${having}${order}${this.#limit()}`;
  }

  #set() {
    const part = () => {
      const table = this.#one(["customers", "orders", "products"]);
      return `SELECT id FROM ${table} WHERE id > ${this.#value("n")}`;
    };
    const words = [
      "UNION",
      "UNION ALL",
      ...(this.#has("intersect") ? ["INTERSECT", "EXCEPT"] : []),
    ];
    return `${part()} ${this.#one(words)} ${part()}${this.#chance(30) ? ` UNION ${part()}` : ""} ORDER BY 1${this.#limit()}`;
  }

  #with() {
    if (this.#chance(30))
      return `WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 50) SELECT r.n, count(o.id) AS orders FROM r LEFT JOIN orders o ON o.customer_id = r.n WHERE r.n <> ${this.#value("n")} GROUP BY r.n`;
    return `WITH recent AS (SELECT id, customer_id, total FROM orders WHERE placed > ${this.#value("d")}), best AS (SELECT customer_id, sum(total) AS total FROM recent GROUP BY customer_id) SELECT c.name, b.total FROM best b JOIN customers c ON c.id = b.customer_id WHERE b.total > ${this.#value("p")} ORDER BY b.total DESC${this.#limit()}`;
  }

  #derived() {
    return `SELECT d.c0 FROM (${this.#plain(7)}) d WHERE d.c0 IS NOT NULL`;
  }

  #change() {
    const table = this.#one(["orders", "customers", "products"]);
    const columns = tables[table];
    const scope = [{ alias: table, columns, table }];
    const column = this.#one(Object.keys(columns).filter((name) => name !== "id"));
    const where = () =>
      ` WHERE ${this.#condition(scope, 0, 3)} AND ${table}.id > ${this.#value("n")}`;
    const returning = () => (this.#has("returning") && this.#chance(30) ? " RETURNING *" : "");
    const limit = () =>
      this.#has("limitChange") && this.#chance(30) ? ` LIMIT ${this.#value("n")}` : "";
    const names = Object.keys(columns);
    const row = () => `(${names.map((name) => this.#value(columns[name])).join(", ")})`;
    const into = `INTO ${table} (${names.map((name) => this.#name(name)).join(", ")})`;
    return this.#one([
      () =>
        `UPDATE ${table} SET ${this.#name(column)} = ${this.#value(columns[column])}${where()}${limit()}${returning()}`,
      () => `DELETE FROM ${table}${where()}${limit()}${returning()}`,
      () => `INSERT ${into} VALUES ${row()}${this.#chance(40) ? `, ${row()}` : ""}${returning()}`,
      () =>
        `INSERT ${into} SELECT ${names.map((name) => this.#name(name)).join(", ")} FROM ${table} WHERE id > ${this.#value("n")}`,
      () =>
        this.#has("replace") ? `REPLACE ${into} VALUES ${row()}` : `DELETE FROM ${table}${where()}`,
      () =>
        this.#has("multi")
          ? `UPDATE orders o JOIN customers c ON c.id = o.customer_id SET o.status = ${this.#value("t")} WHERE c.city_id = ${this.#value("n")}`
          : `UPDATE orders SET status = ${this.#value("t")} WHERE customer_id IN (SELECT id FROM customers WHERE city_id = ${this.#value("n")})`,
      () =>
        this.#has("ctedml")
          ? `WITH gone AS (DELETE FROM items WHERE order_id = ${this.#value("n")} RETURNING *) SELECT count(*) FROM gone`
          : `DELETE FROM items WHERE order_id = ${this.#value("n")}`,
    ])();
  }

  #statement() {
    return this.#one([
      () => this.#plain(0),
      () => this.#plain(0),
      () => this.#plain(0),
      () => this.#grouped(0),
      () => this.#grouped(0),
      () => this.#set(),
      () => this.#with(),
      () => this.#derived(),
      () => this.#change(),
      () => this.#change(),
    ])();
  }
}
