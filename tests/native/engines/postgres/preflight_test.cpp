// Foresight on real servers of every version.

#include "native/engines/preflight.h"

namespace mydba::test {
namespace {

constexpr std::string_view schema = R"(
DROP SCHEMA IF EXISTS mydba_preflight CASCADE;
CREATE SCHEMA mydba_preflight;
SET search_path TO mydba_preflight;
CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL, mail varchar(20), zip numeric(8,2));
CREATE TABLE orders (id integer PRIMARY KEY, customer integer CONSTRAINT orders_fk REFERENCES customers ON DELETE CASCADE,
                     note text DEFAULT 'none', CONSTRAINT positive CHECK (id > 0));
INSERT INTO customers SELECT i, 'n' || i FROM generate_series(1, 500) i;
INSERT INTO orders SELECT i, i % 500 + 1 FROM generate_series(1, 5000) i;
CREATE INDEX orders_customer ON orders (customer) WHERE id > 3;
COMMENT ON INDEX orders_customer IS 'it''s ours';
CREATE VIEW recent AS SELECT id, customer FROM orders WHERE id > 100;
CREATE VIEW newest AS SELECT id FROM recent;
GRANT SELECT ON recent TO PUBLIC;
COMMENT ON VIEW newest IS 'new';
CREATE MATERIALIZED VIEW totals AS SELECT customer, count(*) FROM orders GROUP BY customer;
CREATE UNIQUE INDEX totals_key ON totals (customer);
CREATE SEQUENCE numbers INCREMENT 5 CYCLE;
SELECT nextval('numbers');
CREATE FUNCTION twice(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a * 2';
REVOKE ALL ON FUNCTION twice(integer, text) FROM PUBLIC;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER noting AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION noted();
CREATE TYPE mood AS ENUM ('good', 'it''s bad');
CREATE TABLE "We""ird" ("a b" integer);
CREATE INDEX "i;x" ON "We""ird" ("a b");
ANALYZE customers, orders
)";

constexpr std::string_view dump = R"(
SELECT 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = 'mydba_preflight'::regnamespace AND c.relkind <> 'i' AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid::regclass::text, a.attname;
SELECT c.relname, c.relkind, c.relacl, obj_description(c.oid, 'pg_class'), CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
       CASE WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END
FROM pg_class c WHERE c.relnamespace = 'mydba_preflight'::regnamespace ORDER BY 1;
SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'mydba_preflight'::regnamespace ORDER BY 2;
SELECT proname, proacl, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'mydba_preflight'::regnamespace ORDER BY 1;
SELECT tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1;
SELECT sequencename, start_value, increment_by, cycle, last_value FROM pg_sequences WHERE schemaname = 'mydba_preflight';
SELECT t.typname, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid) FROM pg_type t
WHERE t.typnamespace = 'mydba_preflight'::regnamespace AND t.typtype = 'e';
)";

/// A server with the schema above.
class Prepared : public Foreseen {
 public:
  explicit Prepared(const contract::Subject& subject) : Foreseen(subject) { run(schema); }
  ~Prepared() {
    TextSink sink;
    (void)attempt("DROP SCHEMA mydba_preflight CASCADE", sink);
  }
};

}  // namespace

TEST_CASE("PostgreSQL counts what a change would touch", "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    INFO(subject.name);
    Prepared server(subject);
    CHECK(server.sentences("DELETE FROM orders").front() == "5,000 of 5,000 rows will be removed.");
    CHECK(server.sentences("UPDATE orders AS o SET note = 'x' WHERE o.id <= 12").front() ==
          "12 of about 5,000 rows will be changed.");
    CHECK(contains(server.sentences("DELETE FROM customers WHERE id = 1"),
                   "Rows of other tables go too, through 1 foreign key: orders_fk of orders."));
    CHECK(contains(server.sentences("DELETE FROM orders WHERE id = 1"),
                   "1 trigger runs for it: noting."));
    // Estimated, for it has a join.
    const auto joined = server.impact("DELETE FROM orders USING customers c WHERE c.id = customer");
    REQUIRE(joined.affected);
    CHECK(joined.affected->certainty == guard::Certainty::estimated);
    CHECK(joined.affected->count > 1000);
  }
}

TEST_CASE(
    "looking ahead changes nothing, runs nothing unproved and leaves an open transaction alone",
    "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    INFO(subject.name);
    Prepared server(subject);
    const auto before = server.run(dump);
    (void)server.impact("DELETE FROM orders WHERE id = nextval('numbers')");
    CHECK(server.run(dump) == before);
    server.run("BEGIN");
    server.run("INSERT INTO customers VALUES (501, 'x')");
    CHECK(server.impact("DELETE FROM customers").affected->count == 501);
    // An error of the server below the savepoint.
    CHECK_FALSE(server.impact("DELETE FROM customers WHERE nothing = 1").unavailable.empty());
    CHECK_FALSE(server.undo("DROP TYPE \"a..b\".c"));
    CHECK(server.run(
              "SELECT current_setting('transaction_read_only'), current_setting('search_path')") ==
          Sentences{"off|mydba_preflight"});
    server.run("INSERT INTO customers VALUES (502, 'x')");
    server.run("ROLLBACK");
    TextSink sink;
    server.run("BEGIN");
    CHECK_FALSE(server.attempt("SELECT 1/0", sink));
    CHECK_FALSE(server.impact("DELETE FROM orders").unavailable.empty());
    CHECK_FALSE(server.undo("DROP INDEX orders_customer"));
    server.run("ROLLBACK");
  }
}

TEST_CASE("a lock of another session does not hold the question up", "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    INFO(subject.name);
    Prepared server(subject);
    Foreseen other(subject);
    other.run("BEGIN; LOCK TABLE mydba_preflight.orders IN ACCESS EXCLUSIVE MODE");
    const auto start = Clock::now();
    const auto impact = server.impact("DELETE FROM orders WHERE id < 100");
    CHECK(millisecondsSince(start) < 2000);
    CHECK_FALSE(impact.unavailable.empty());
    other.run("ROLLBACK");
    // Nor does a condition that takes for ever.
    const auto again = Clock::now();
    const auto slow = server.impact(
        "DELETE FROM orders WHERE id IN (SELECT a.id FROM orders a, orders b, orders c "
        "WHERE a.id + b.id + c.id < 0)");
    CHECK(millisecondsSince(again) < 2000);
    REQUIRE(slow.affected);
    CHECK(slow.affected->certainty == guard::Certainty::estimated);
  }
}

TEST_CASE("PostgreSQL says what hangs on what is dropped", "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    INFO(subject.name);
    Prepared server(subject);
    const auto dropped = server.sentences("DROP TABLE orders");
    CHECK(contains(dropped, "orders holds about 5,000 rows in "));
    CHECK(contains(dropped, "2 views depend on it: newest and recent."));
    CHECK(contains(dropped, "1 materialized view depends on it: totals."));
    CHECK(contains(server.sentences("DROP TABLE customers CASCADE"),
                   "1 foreign key goes with it: orders_fk of orders."));
    CHECK(contains(server.sentences("ALTER TABLE orders DROP COLUMN customer CASCADE"),
                   "2 views go with it: newest and recent."));
    CHECK(contains(server.sentences("TRUNCATE customers"),
                   "The server may refuse it: 1 foreign key depends on it: orders_fk of orders."));
    CHECK(contains(server.sentences("TRUNCATE customers CASCADE"),
                   "Rows of other tables go too, through 1 foreign key"));
    // Nothing hangs on it.
    CHECK(server.impact("DROP VIEW newest").dependants.empty());
  }
}

TEST_CASE("PostgreSQL's inverses bring the catalogue back", "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    INFO(subject.name);
    Prepared server(subject);
    for (const std::string_view statement :
         {"CREATE INDEX fresh ON mydba_preflight.orders (note)",
          "CREATE INDEX CONCURRENTLY fresh ON orders (note)",
          "CREATE TABLE fresh (a int)",
          "CREATE TABLE fresh AS SELECT * FROM orders",
          "CREATE VIEW fresh AS SELECT 1 AS a",
          "CREATE OR REPLACE VIEW newest AS SELECT id, 2 AS b FROM recent",
          "CREATE OR REPLACE FUNCTION twice(a integer, b text DEFAULT 'x') RETURNS integer "
          "LANGUAGE sql AS 'SELECT 3'",
          "CREATE FUNCTION fresh(a int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE SEQUENCE fresh",
          "CREATE TYPE fresh AS ENUM ('a')",
          "CREATE TRIGGER fresh AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION noted()",
          "CREATE OR REPLACE TRIGGER noting AFTER INSERT ON orders FOR EACH ROW "
          "EXECUTE FUNCTION noted()",
          "DROP INDEX orders_customer",
          "DROP INDEX CONCURRENTLY orders_customer",
          "DROP INDEX \"i;x\", totals_key",
          "DROP VIEW newest",
          "DROP MATERIALIZED VIEW totals",
          "DROP SEQUENCE numbers",
          "DROP FUNCTION twice",
          "DROP FUNCTION twice(integer, text)",
          "DROP TYPE mood",
          "DROP TRIGGER noting ON orders",
          "ALTER TABLE orders ADD COLUMN fresh int DEFAULT 1, ADD COLUMN \"more so\" text",
          "ALTER TABLE orders RENAME TO \"Bestellungen\"",
          "ALTER TABLE mydba_preflight.orders RENAME TO others",
          "ALTER TABLE orders RENAME note TO notes",
          "ALTER INDEX orders_customer RENAME TO other",
          "ALTER TABLE orders RENAME CONSTRAINT positive TO above",
          "ALTER TABLE orders ALTER note SET DEFAULT 'it''s'",
          "ALTER TABLE orders ALTER note DROP DEFAULT",
          "ALTER TABLE orders ALTER note SET NOT NULL",
          "ALTER TABLE customers ALTER name DROP NOT NULL",
          "ALTER TABLE orders ADD CONSTRAINT fresh UNIQUE (note, id)",
          "ALTER TABLE orders DROP CONSTRAINT positive",
          "ALTER TABLE orders DROP CONSTRAINT orders_fk",
          "ALTER TABLE orders DISABLE TRIGGER noting",
          "ALTER TABLE \"We\"\"ird\" RENAME \"a b\" TO \"c\"\"d\""}) {
      if (statement.starts_with("ALTER TABLE orders ALTER note SET NOT NULL"))
        server.run("UPDATE orders SET note = 'x' WHERE note IS NULL");
      server.takesBack(statement, dump);
    }
  }
}

TEST_CASE("what cannot be taken back has no inverse", "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    INFO(subject.name);
    Prepared server(subject);
    for (const std::string_view statement :
         {"DROP TABLE orders", "TRUNCATE orders", "DELETE FROM orders",
          "ALTER TABLE orders DROP COLUMN note", "ALTER TABLE orders ALTER note TYPE varchar(3)",
          "CREATE TABLE IF NOT EXISTS orders (a int)", "CREATE INDEX ON orders (note)",
          "DROP INDEX nothing", "DROP TABLE", "ALTER SYSTEM SET primary_conninfo = 'password=x'"})
      CHECK_FALSE(server.undo(statement));
  }
}

TEST_CASE("ALTER SYSTEM goes back to what was stored", "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    INFO(subject.name);
    Foreseen server(subject);
    const std::string_view stored =
        "SELECT setting FROM pg_file_settings WHERE name = 'log_min_duration_statement'";
    server.takesBack("ALTER SYSTEM SET log_min_duration_statement = '61s'", stored);
    server.run("ALTER SYSTEM SET log_min_duration_statement = '62s'");
    server.takesBack("ALTER SYSTEM RESET log_min_duration_statement", stored);
    server.run("ALTER SYSTEM RESET log_min_duration_statement");
  }
}

namespace {

/// `ACCESS EXCLUSIVE` is `AccessExclusiveLock` in pg_locks.
std::string lockName(const std::string& mode) {
  std::string name;
  bool first = true;
  for (const char c : mode) {
    if (c != ' ') name += first ? c : static_cast<char>(c - 'A' + 'a');
    first = c == ' ';
  }
  return name + "Lock";
}

constexpr std::string_view lockedSchema = R"(
DROP SCHEMA IF EXISTS mydba_locks CASCADE;
CREATE SCHEMA mydba_locks;
SET search_path TO mydba_locks;
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE subject (id integer PRIMARY KEY, a integer, b varchar(10), c numeric(8,2), d text, e integer CHECK (e IS NOT NULL),
                      CONSTRAINT named CHECK (a > 0) NOT VALID);
INSERT INTO subject SELECT i, i, i, i, i, i FROM generate_series(1, 100) i;
CREATE UNIQUE INDEX ready ON subject (a);
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER noting AFTER DELETE ON subject FOR EACH ROW EXECUTE FUNCTION noted();
CREATE TABLE parts (id integer) PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (9);
CREATE MATERIALIZED VIEW material AS SELECT id FROM parent;
)";

struct LockExample {
  std::string_view statement;
  std::string_view table = "subject";
};

constexpr LockExample lockExamples[] = {
    {"ALTER TABLE subject ADD COLUMN f int"},
    {"ALTER TABLE subject ADD COLUMN f int DEFAULT 3"},
    {"ALTER TABLE subject ADD COLUMN f timestamptz DEFAULT now()"},
    {"ALTER TABLE subject ADD COLUMN f double precision DEFAULT random()"},
    {"ALTER TABLE subject ADD COLUMN f int GENERATED ALWAYS AS (a + 1) STORED"},
    {"ALTER TABLE subject ADD COLUMN f int GENERATED ALWAYS AS IDENTITY"},
    {"ALTER TABLE subject ADD COLUMN f serial"},
    {"ALTER TABLE subject DROP COLUMN a"},
    {"ALTER TABLE subject ALTER a TYPE bigint"},
    {"ALTER TABLE subject ALTER b TYPE varchar(20)"},
    {"ALTER TABLE subject ALTER b TYPE varchar(5)"},
    {"ALTER TABLE subject ALTER b TYPE varchar"},
    {"ALTER TABLE subject ALTER b TYPE text"},
    {"ALTER TABLE subject ALTER c TYPE numeric(10,2)"},
    {"ALTER TABLE subject ALTER c TYPE numeric(10,3)"},
    {"ALTER TABLE subject ALTER d TYPE varchar(10)"},
    {"ALTER TABLE subject ALTER a SET DEFAULT 1"},
    {"ALTER TABLE subject ALTER a SET NOT NULL"},
    {"ALTER TABLE subject ALTER e SET NOT NULL"},
    {"ALTER TABLE subject ALTER a SET STATISTICS 5"},
    {"ALTER TABLE subject ALTER d SET STORAGE plain"},
    {"ALTER TABLE subject ADD CONSTRAINT f CHECK (a > 0)"},
    {"ALTER TABLE subject ADD CONSTRAINT f CHECK (a > 0) NOT VALID"},
    {"ALTER TABLE subject ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES parent NOT VALID"},
    {"ALTER TABLE subject ADD CONSTRAINT f UNIQUE (a)"},
    {"ALTER TABLE subject ADD CONSTRAINT f UNIQUE USING INDEX ready"},
    {"ALTER TABLE subject DROP CONSTRAINT named"},
    {"ALTER TABLE subject VALIDATE CONSTRAINT named"},
    {"ALTER TABLE subject RENAME a TO f"},
    {"ALTER TABLE subject DISABLE TRIGGER noting"},
    {"ALTER TABLE subject SET UNLOGGED"},
    {"ALTER TABLE subject CLUSTER ON ready"},
    {"ALTER TABLE subject SET SCHEMA public"},
    {"ALTER TABLE subject ENABLE ROW LEVEL SECURITY"},
    {"ALTER TABLE parts DETACH PARTITION part", "parts"},
    {"CREATE INDEX f ON subject (a)"},
    {"CREATE TRIGGER f AFTER INSERT ON subject FOR EACH ROW EXECUTE FUNCTION noted()"},
    {"DROP TRIGGER noting ON subject"},
    {"DROP INDEX ready"},
    {"REINDEX INDEX ready"},
    {"REINDEX TABLE subject"},
    {"CLUSTER subject USING ready"},
    {"TRUNCATE subject"},
    {"REFRESH MATERIALIZED VIEW material", "material"},
    {"DROP TABLE subject CASCADE"},
};

}  // namespace

TEST_CASE("what is said of locks and rewrites is what PostgreSQL does", "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    Foreseen server(subject);
    server.run(lockedSchema);
    for (const LockExample& example : lockExamples) {
      INFO(subject.name << ": " << example.statement);
      const std::string table(example.table);
      const std::string oid = server.run("SELECT '" + table + "'::regclass::oid").at(0);
      const auto impact = server.impact(example.statement);
      const std::string filenode = "SELECT pg_relation_filenode(" + oid + ")";
      server.run("BEGIN");
      const auto before = server.run(filenode);
      server.run(example.statement);
      const auto locks = server.run("SELECT mode FROM pg_locks WHERE relation = " + oid +
                                    " AND pid = pg_backend_pid() AND mode <> 'AccessShareLock'");
      const auto after = server.run(filenode);
      server.run("ROLLBACK");
      REQUIRE(impact.locks.size() == 1);
      CHECK(std::find(locks.begin(), locks.end(), lockName(impact.locks[0].mode)) != locks.end());
      // TRUNCATE and DROP give the table another file without writing its rows.
      if (impact.work.empty() && impact.locks[0].brief && after.at(0) != "NULL")
        CHECK((before == after || example.statement.starts_with("TRUNCATE")));
      const bool rewrites =
          !impact.work.empty() && impact.work[0].kind == guard::TableWork::Kind::rewrite;
      if (rewrites) CHECK(before != after);
    }
    server.run("DROP SCHEMA mydba_locks CASCADE");
  }
}

TEST_CASE("the other ways that are offered run", "[postgres][preflight]") {
  for (const auto& subject : subjectsOf("postgres")) {
    Foreseen server(subject);
    for (const std::string_view statement :
         {"CREATE UNIQUE INDEX f ON subject (a)", "DROP INDEX ready", "REINDEX TABLE subject",
          "VACUUM FULL subject", "DROP TABLE subject",
          "ALTER TABLE subject ADD CONSTRAINT f CHECK (a > 0)",
          "ALTER TABLE subject ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES subject (id)",
          "ALTER TABLE subject ADD CONSTRAINT f UNIQUE (a, b)",
          "ALTER TABLE subject ALTER a SET NOT NULL", "ALTER TABLE parts DETACH PARTITION part"}) {
      INFO(subject.name << ": " << statement);
      server.run(lockedSchema);
      const auto impact = server.impact(statement);
      REQUIRE(impact.alternatives.size() == 1);
      server.run(impact.alternatives[0].command);
    }
    server.run("INSERT INTO subject (id, e) SELECT i, i FROM generate_series(101, 20000) i");
    const auto pieces = server.impact("DELETE FROM subject WHERE id > 100").alternatives;
    REQUIRE(pieces.size() == 1);
    server.run(pieces[0].command);
    CHECK(server.run("SELECT count(*) FROM subject") == Sentences{"19000"});
    server.run("DROP SCHEMA mydba_locks CASCADE");
  }
}

}  // namespace mydba::test
