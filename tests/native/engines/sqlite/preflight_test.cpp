// Foresight on SQLite.

#include "native/engines/preflight.h"

namespace mydba::test {
namespace {

constexpr std::string_view schema = R"(
PRAGMA foreign_keys = ON;
DROP TABLE IF EXISTS "we""ird"; DROP VIEW IF EXISTS recent; DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS customers;
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customers (id) ON DELETE CASCADE, note TEXT DEFAULT 'none');
INSERT INTO customers VALUES (1, 'a'), (2, 'b'), (3, 'c');
INSERT INTO orders WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i, i % 3 + 1, NULL FROM n;
CREATE INDEX orders_customer ON orders (customer DESC) WHERE id > 3;
CREATE VIEW recent AS SELECT id, customer FROM orders WHERE id > 100;
CREATE TRIGGER noting AFTER DELETE ON orders BEGIN UPDATE customers SET name = 'gone' WHERE id = OLD.customer; END;
CREATE TRIGGER viewing INSTEAD OF INSERT ON recent BEGIN SELECT 1; END;
CREATE TABLE "we""ird" ("a b" INTEGER);
CREATE INDEX "i;x" ON "we""ird" ("a b")
)";

constexpr std::string_view dump = R"(
SELECT m.type, m.name, m.tbl_name, i.cid, i.name, i.type, i."notnull", i.dflt_value FROM sqlite_schema m LEFT JOIN pragma_table_xinfo(m.name) i
WHERE m.name NOT LIKE 'sqlite%' ORDER BY 1, 2, 4;
SELECT m.name, x.name, x."unique", x.partial, c.seqno, c.name, c."desc" FROM sqlite_schema m, pragma_index_list(m.name) x, pragma_index_xinfo(x.name) c
WHERE m.type = 'table' ORDER BY 1, 2, 5;
SELECT name, replace(sql, '"', '') FROM sqlite_schema WHERE type IN ('view', 'trigger', 'index') ORDER BY 1;
)";

class Prepared : public Foreseen {
 public:
  explicit Prepared(const contract::Subject& subject) : Foreseen(subject) { run(schema); }
};

}  // namespace

TEST_CASE("SQLite says what a change would touch", "[sqlite][preflight]") {
  for (const auto& subject : subjectsOf("sqlite")) {
    Prepared server(subject);
    CHECK(server.sentences("DELETE FROM orders").front() == "5,000 of 5,000 rows will be removed.");
    CHECK(server.sentences("UPDATE orders SET note = 'x' WHERE id <= 12").front() ==
          "12 of 5,000 rows will be changed.");
    CHECK(contains(server.sentences("DELETE FROM customers WHERE id = 1"),
                   "Rows of other tables go too, through 1 foreign key: customer of orders."));
    CHECK(contains(server.sentences("DELETE FROM orders"), "1 trigger runs for it: noting."));
    const auto dropped = server.sentences("DROP TABLE orders");
    CHECK(contains(dropped, "orders holds 5,000 rows; all of it goes."));
    CHECK(contains(dropped, "1 trigger goes with it: noting."));
    CHECK(contains(dropped, "1 view breaks: recent."));
    CHECK(contains(server.sentences("VACUUM"),
                   "This cannot be rolled back: SQLite runs VACUUM only"));
    CHECK(contains(server.sentences("ALTER TABLE orders DROP COLUMN note"),
                   "The table orders is written anew."));
  }
}

TEST_CASE("counting in SQLite ends in time and writes nothing", "[sqlite][preflight]") {
  for (const auto& subject : subjectsOf("sqlite")) {
    Prepared server(subject);
    server.run("BEGIN");
    server.run("INSERT INTO customers VALUES (4, 'd')");
    CHECK(server.impact("DELETE FROM customers").affected->count == 4);
    const auto start = Clock::now();
    const auto impact = server.impact(
        "DELETE FROM orders WHERE id IN (SELECT a.id FROM orders a, orders b, orders c WHERE a.id "
        "+ b.id + c.id < 0)");
    CHECK(millisecondsSince(start) < 2000);
    CHECK_FALSE(impact.affected);
    CHECK_FALSE(impact.unavailable.empty());
    server.run("ROLLBACK");
    CHECK(server.run("SELECT count(*) FROM customers") == Sentences{"3"});
  }
}

TEST_CASE("SQLite's inverses bring the schema back", "[sqlite][preflight]") {
  for (const auto& subject : subjectsOf("sqlite")) {
    Prepared server(subject);
    for (const std::string_view statement :
         {"CREATE INDEX fresh ON orders (note)", "CREATE TABLE fresh (a)",
          "CREATE TABLE main.fresh (a)", "CREATE VIEW fresh AS SELECT 1",
          "CREATE TRIGGER fresh AFTER INSERT ON orders BEGIN SELECT 1; END",
          "DROP INDEX orders_customer", "DROP INDEX main.orders_customer", "DROP INDEX \"i;x\"",
          "DROP VIEW recent", "DROP TRIGGER noting",
          "ALTER TABLE orders ADD COLUMN fresh INTEGER DEFAULT 3",
          "ALTER TABLE orders RENAME TO \"Bestellungen\"",
          "ALTER TABLE orders RENAME note TO notes",
          "ALTER TABLE \"we\"\"ird\" RENAME COLUMN \"a b\" TO \"c\"\"d\""})
      server.takesBack(statement, dump);
    server.takesBack("PRAGMA user_version = 7", "PRAGMA user_version");
    server.takesBack("PRAGMA foreign_keys(0)", "PRAGMA foreign_keys");
    for (const std::string_view statement :
         {"DROP TABLE orders", "DELETE FROM orders", "CREATE TABLE IF NOT EXISTS orders (a)",
          "ALTER TABLE orders DROP COLUMN note", "PRAGMA user_version",
          "PRAGMA writable_schema = 1", "DROP INDEX nothing"})
      CHECK_FALSE(server.undo(statement));
    // What is stored names no file.
    server.run("CREATE TEMP VIEW recent AS SELECT 1");
    CHECK_FALSE(server.undo("DROP VIEW recent"));
    server.run("DROP VIEW temp.recent");
    // Without a file a name means the temporary one.
    server.run("CREATE TEMP TABLE fresh (a)");
    for (const std::string_view statement :
         {"CREATE TABLE fresh (a)", "CREATE TEMP TABLE IF NOT EXISTS fresh (a)"})
      CHECK_FALSE(server.undo(statement));
    server.run("DROP TABLE temp.fresh");
  }
}

}  // namespace mydba::test
