// Foresight on real MySQL and MariaDB servers.

#include "native/engines/preflight.h"

#include "guard/locks.h"

namespace mydba::test {
namespace {

constexpr std::string_view schema = R"(
DROP DATABASE IF EXISTS mydba_preflight;
CREATE DATABASE mydba_preflight;
USE mydba_preflight;
CREATE TABLE customers (id int PRIMARY KEY, name varchar(40) NOT NULL, KEY named (name)) ENGINE=InnoDB;
CREATE TABLE orders (id int PRIMARY KEY, customer int, note varchar(20) DEFAULT 'none', t text, p point NOT NULL,
                     KEY by_customer (customer DESC, note(5)), UNIQUE KEY one (note, id),
                     CONSTRAINT fk FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE,
                     CONSTRAINT positive CHECK (id > 0)) ENGINE=InnoDB;
CREATE TABLE plain (id int) ENGINE=MyISAM;
INSERT INTO customers VALUES (1, 'a'), (2, 'b'), (3, 'c');
INSERT INTO orders SELECT a.id * 100 + b.id * 10 + c.id, a.id, 'x', NULL, POINT(1, 2) FROM customers a, customers b, customers c;
CREATE VIEW recent AS SELECT id, customer FROM orders WHERE id > 100;
CREATE TRIGGER noting BEFORE DELETE ON orders FOR EACH ROW SET @noted = OLD.id;
CREATE PROCEDURE counted(IN a int) BEGIN SELECT a; SELECT 2; END;
CREATE FUNCTION twice(a int) RETURNS int DETERMINISTIC RETURN a * 2;
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM plain;
CREATE TABLE `we``ird` (`a b` int, KEY `i;x` (`a b`));
ANALYZE TABLE orders, customers
)";

/// The schema as the server writes it. What it numbers or dates anew is left out.
constexpr std::string_view dump = R"(
SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, COLUMN_KEY, EXTRA FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = 'mydba_preflight' ORDER BY 1, 2;
SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, SEQ_IN_INDEX, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = 'mydba_preflight' ORDER BY 1, 2, 4;
SELECT CONSTRAINT_NAME, TABLE_NAME, CONSTRAINT_TYPE FROM information_schema.TABLE_CONSTRAINTS WHERE TABLE_SCHEMA = 'mydba_preflight' ORDER BY 1, 2;
SELECT CONSTRAINT_NAME, DELETE_RULE FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = 'mydba_preflight' ORDER BY 1;
SELECT TABLE_NAME, VIEW_DEFINITION, DEFINER, SECURITY_TYPE FROM information_schema.VIEWS WHERE TABLE_SCHEMA = 'mydba_preflight' ORDER BY 1;
SELECT TRIGGER_NAME, ACTION_TIMING, EVENT_MANIPULATION, ACTION_STATEMENT, DEFINER FROM information_schema.TRIGGERS
WHERE TRIGGER_SCHEMA = 'mydba_preflight' ORDER BY 1;
SELECT ROUTINE_NAME, ROUTINE_DEFINITION, IS_DETERMINISTIC, DEFINER FROM information_schema.ROUTINES
WHERE ROUTINE_SCHEMA = 'mydba_preflight' ORDER BY 1;
SELECT EVENT_NAME, EVENT_DEFINITION, INTERVAL_VALUE, STATUS FROM information_schema.EVENTS WHERE EVENT_SCHEMA = 'mydba_preflight' ORDER BY 1;
)";

class Prepared : public Foreseen {
 public:
  explicit Prepared(const contract::Subject& subject) : Foreseen(subject) { run(schema); }
  ~Prepared() {
    TextSink sink;
    (void)attempt("DROP DATABASE mydba_preflight", sink);
  }
};

std::vector<contract::Subject> servers() {
  auto found = subjectsOf("mysql");
  for (auto& subject : subjectsOf("mariadb")) found.push_back(std::move(subject));
  return found;
}

}  // namespace

TEST_CASE("MySQL and MariaDB say what a change would touch", "[mysql][preflight]") {
  for (const auto& subject : servers()) {
    INFO(subject.name);
    Prepared server(subject);
    CHECK(server.sentences("DELETE FROM orders").front() == "27 of 27 rows will be removed.");
    CHECK(server.impact("UPDATE orders SET note = 'y' WHERE id < 120 ORDER BY id LIMIT 2")
              .affected->count == 2);
    CHECK(contains(server.sentences("DELETE FROM customers WHERE id = 1"),
                   "Rows of other tables go too, through 1 foreign key: fk of orders."));
    CHECK(contains(server.sentences("DELETE FROM orders WHERE id = 1"),
                   "1 trigger runs for it: noting."));
    CHECK(contains(server.sentences("DELETE FROM plain"),
                   "This cannot be rolled back: tables of MyISAM"));
    const auto joined =
        server.impact("DELETE o FROM orders o JOIN customers c ON o.customer = c.id");
    REQUIRE(joined.affected);
    CHECK(joined.affected->certainty == guard::Certainty::estimated);
    // A stored function is not run to find out.
    const auto called = server.impact("DELETE FROM orders WHERE id = twice(4)");
    CHECK_FALSE(called.affected);
    CHECK_FALSE(called.unavailable.empty());
    CHECK(contains(server.sentences("DROP TABLE orders"), "commits such statements by itself"));
    CHECK(contains(server.sentences("DROP TABLE orders"), "1 view breaks: recent."));
    CHECK(contains(server.sentences("TRUNCATE customers"),
                   "1 foreign key depends on it: fk of orders."));
  }
}

TEST_CASE("looking ahead leaves an open transaction of MySQL alone", "[mysql][preflight]") {
  for (const auto& subject : servers()) {
    INFO(subject.name);
    Prepared server(subject);
    server.run("START TRANSACTION");
    server.run("INSERT INTO customers VALUES (4, 'd')");
    CHECK(server.impact("DELETE FROM customers").affected->count == 4);
    CHECK_FALSE(server.undo("DROP INDEX nothing ON customers"));
    server.run("ROLLBACK");
    CHECK(server.impact("DELETE FROM customers").affected->count == 3);
    server.run("INSERT INTO customers VALUES (5, 'e')");
    server.run("DELETE FROM customers WHERE id = 5");
  }
}

TEST_CASE("a lock of another session of MySQL does not hold the question up",
          "[mysql][preflight]") {
  for (const auto& subject : servers()) {
    INFO(subject.name);
    Prepared server(subject);
    Foreseen other(subject);
    other.run("LOCK TABLES mydba_preflight.orders WRITE");
    const auto start = Clock::now();
    (void)server.impact("DELETE FROM orders WHERE id < 100");
    CHECK(millisecondsSince(start) < 2500);
    other.run("UNLOCK TABLES");
    CHECK(server.run("SELECT 1") == Sentences{"1"});
  }
}

TEST_CASE("counting in MySQL ends in time, and the other ways that are offered run",
          "[mysql][preflight]") {
  for (const auto& subject : servers()) {
    INFO(subject.name);
    Prepared server(subject);
    server.run("CREATE TABLE many (id int PRIMARY KEY AUTO_INCREMENT, a int)");
    server.run("INSERT INTO many (a) SELECT a.id FROM orders a, orders b, orders c");
    const auto start = Clock::now();
    const auto slow = server.impact(
        "DELETE FROM many WHERE a IN (SELECT x.a + y.a + z.a + 1000000 FROM many x, many y, many z "
        "WHERE x.id + y.id + z.id < 0)");
    CHECK(millisecondsSince(start) < 2500);
    CHECK((!slow.affected || slow.affected->certainty == guard::Certainty::estimated));
    CHECK(server.run("SELECT 1") == Sentences{"1"});

    const auto pieces = server.impact("DELETE FROM many WHERE id > 10").alternatives;
    REQUIRE(pieces.size() == 1);
    const auto before = server.run("SELECT count(*) FROM many").at(0);
    server.run(pieces[0].command);
    CHECK(std::stoi(server.run("SELECT count(*) FROM many").at(0)) == std::stoi(before) - 1000);
    for (const std::string_view statement :
         {"ALTER TABLE many ADD COLUMN b int", "CREATE INDEX fresh ON many (a)",
          "DROP INDEX fresh ON many", "DROP TABLE many"}) {
      INFO(statement);
      const auto impact = server.impact(statement);
      REQUIRE_FALSE(impact.alternatives.empty());
      CHECK_FALSE(impact.alternatives[0].shell);
      server.run(impact.alternatives[0].command);
    }
    CHECK(server.impact("ALTER TABLE orders DROP PRIMARY KEY").alternatives.at(0).shell);
  }
}

TEST_CASE("the inverses of MySQL and MariaDB bring the catalogue back", "[mysql][preflight]") {
  for (const auto& subject : servers()) {
    INFO(subject.name);
    Prepared server(subject);
    for (const std::string_view statement :
         {"CREATE INDEX fresh ON mydba_preflight.orders (note)",
          "CREATE TABLE fresh (a int)",
          "CREATE VIEW fresh AS SELECT 1 AS a",
          "CREATE OR REPLACE VIEW recent AS SELECT 2 AS b",
          "CREATE TRIGGER fresh BEFORE INSERT ON orders FOR EACH ROW SET @a = 1",
          "CREATE PROCEDURE fresh() SELECT 1",
          "DROP INDEX by_customer ON plain_orders",
          "DROP INDEX one ON orders",
          "DROP VIEW recent",
          "DROP PROCEDURE counted",
          "DROP FUNCTION twice",
          "DROP TRIGGER noting",
          "DROP EVENT nightly",
          "DROP INDEX `i;x` ON `we``ird`",
          "RENAME TABLE orders TO x, customers TO orders",
          "ALTER TABLE orders ADD COLUMN fresh int DEFAULT 1, ADD COLUMN `more so` text",
          "ALTER TABLE orders RENAME TO others",
          "ALTER TABLE mydba_preflight.orders RENAME others",
          "ALTER TABLE orders RENAME COLUMN note TO notes",
          "ALTER TABLE orders CHANGE note notes varchar(9)",
          "ALTER TABLE orders MODIFY note varchar(30) NOT NULL",
          "ALTER TABLE orders RENAME INDEX one TO two",
          "ALTER TABLE orders ALTER note SET DEFAULT 'z'",
          "ALTER TABLE orders ALTER note DROP DEFAULT",
          "ALTER TABLE orders ADD UNIQUE KEY fresh (note, id), DROP INDEX one",
          "ALTER TABLE orders DROP FOREIGN KEY fk",
          "ALTER TABLE orders DROP CONSTRAINT positive",
          "ALTER TABLE orders DROP PRIMARY KEY",
          "ALTER TABLE orders ADD CONSTRAINT fresh CHECK (id > 1)",
          "ALTER TABLE `we``ird` RENAME COLUMN `a b` TO `c``d`"}) {
      if (statement.find("plain_orders") != statement.npos) {
        CHECK_FALSE(server.undo(statement));
        continue;
      }
      server.takesBack(statement, dump);
    }
    for (const std::string_view statement :
         {"DROP TABLE orders", "TRUNCATE orders", "ALTER TABLE orders DROP COLUMN note",
          "CREATE TABLE IF NOT EXISTS orders (a int)", "SET PASSWORD = 'x'", "DELETE FROM orders"})
      CHECK_FALSE(server.undo(statement));
    // What cannot be looked at is not taken for missing.
    server.run("LOCK TABLES customers WRITE");
    CHECK_FALSE(server.undo("CREATE OR REPLACE VIEW recent AS SELECT 1"));
    server.run("UNLOCK TABLES");
  }
}

TEST_CASE("server settings go back to what they were", "[mysql][preflight]") {
  for (const auto& subject : servers()) {
    INFO(subject.name);
    Foreseen server(subject);
    server.takesBack("SET GLOBAL max_connections = 77", "SELECT @@GLOBAL.max_connections");
    server.takesBack("SET GLOBAL sql_mode = ''", "SELECT @@GLOBAL.sql_mode");
    server.takesBack("SET GLOBAL slow_query_log = 1", "SELECT @@GLOBAL.slow_query_log");
    if (subject.engine->descriptor().id == "mysql")
      server.takesBack("SET PERSIST long_query_time = 3",
                       "SELECT @@GLOBAL.long_query_time, (SELECT count(*) FROM "
                       "performance_schema.persisted_variables)");
  }
}

namespace {

/// An ALTER TABLE for an operation of data/locks_*.txt.
struct Example {
  std::string_view operation;
  std::string_view actions;
};

constexpr Example examples[] = {
    {"add_column", "ADD COLUMN fresh int"},
    {"add_column.positioned", "ADD COLUMN fresh int FIRST"},
    {"add_column.stored", "ADD COLUMN fresh int GENERATED ALWAYS AS (id + 1) STORED"},
    {"drop_column", "DROP COLUMN t"},
    {"rename_column", "RENAME COLUMN t TO u"},
    {"set_default", "ALTER t2 SET DEFAULT 3"},
    {"drop_default", "ALTER t2 DROP DEFAULT"},
    {"modify_column", "MODIFY COLUMN t2 bigint"},
    {"change_column", "CHANGE COLUMN t2 t3 bigint"},
    {"add_index", "ADD INDEX fresh (t2)"},
    {"add_unique", "ADD UNIQUE INDEX fresh (t2)"},
    {"add_fulltext", "ADD FULLTEXT INDEX fresh (t)"},
    {"add_spatial", "ADD SPATIAL INDEX fresh (p)"},
    {"drop_index", "DROP INDEX k"},
    {"rename_index", "RENAME INDEX k TO l"},
    {"add_primary_key", "ADD PRIMARY KEY (id)"},
    {"drop_primary_key", "DROP PRIMARY KEY"},
    {"add_foreign_key", "ADD CONSTRAINT fresh FOREIGN KEY (t2) REFERENCES parent (id)"},
    {"drop_foreign_key", "DROP FOREIGN KEY fk"},
    {"rename_to", "RENAME TO subject2"},
    {"convert_to", "CONVERT TO CHARACTER SET latin1"},
    {"engine_innodb", "ENGINE=InnoDB"},
    {"force", "FORCE"},
    {"row_format", "ROW_FORMAT=DYNAMIC"},
    {"auto_increment", "AUTO_INCREMENT=500"},
    {"add_check", "ADD CONSTRAINT fresh CHECK (id > 0)"},
    {"drop_check", "DROP CHECK c"},
    {"drop_constraint", "DROP CONSTRAINT c"},
};

}  // namespace

TEST_CASE("what is said of an ALTER is what the server accepts", "[mysql][preflight]") {
  for (const auto& subject : servers()) {
    Foreseen server(subject);
    const auto version = server.connection().server().versionNumber;
    const std::string columns =
        "(id int NOT NULL, t varchar(300), t2 int DEFAULT 1, f int, p point NOT NULL SRID 0, "
        "KEY k (t2), CONSTRAINT c CHECK (id > 0), CONSTRAINT fk FOREIGN KEY (f) REFERENCES parent "
        "(id)";
    for (const Example& example : examples) {
      const auto dot = std::min(example.operation.find('.'), example.operation.size());
      const auto* fact =
          guard::LockFacts::of(server.dialect())
              .find(example.operation.substr(0, dot),
                    example.operation.substr(std::min(dot + 1, example.operation.size())), version);
      if (!fact) continue;
      INFO(subject.name << ": " << example.actions);
      std::string definition = columns;
      const bool mariadb = subject.engine->descriptor().id == "mariadb";
      if (mariadb) definition.replace(definition.find(" SRID 0"), 7, "");
      if (example.operation != "add_primary_key") definition += ", PRIMARY KEY (id)";
      server.run(
          "DROP DATABASE IF EXISTS mydba_locks; CREATE DATABASE mydba_locks CHARACTER SET utf8mb4; "
          "USE mydba_locks; "
          "CREATE TABLE parent (id int PRIMARY KEY) ENGINE=InnoDB; CREATE TABLE subject " +
          definition + ") ENGINE=InnoDB");
      const auto alter = [&](std::string_view algorithm, std::string_view lock) {
        TextSink sink;
        return server.attempt("ALTER TABLE subject " + std::string(example.actions) +
                                  ", ALGORITHM=" + std::string(algorithm) + std::string(lock),
                              sink);
      };
      // One that costs less is refused …
      const bool instant = fact->mode == "INSTANT";
      if (!instant) CHECK_FALSE(alter("INSTANT", ""));
      if (fact->mode == "COPY") CHECK_FALSE(alter("INPLACE", ""));
      if (fact->mode == "INPLACE" && mariadb) CHECK_FALSE(alter("NOCOPY", ""));
      if (!fact->brief) CHECK_FALSE(alter(fact->mode, ", LOCK=NONE"));
      // … and the one that is named is accepted, with others writing where that is said.
      const auto accepted = alter(fact->mode, fact->brief && !instant ? ", LOCK=NONE" : "");
      CHECK((accepted ? std::string() : accepted.error().message) == "");
    }
    server.run("DROP DATABASE mydba_locks");
  }
}

}  // namespace mydba::test
