#include "optimize/candidates.h"

#include <algorithm>

#include "native/catch.h"

namespace mydba::optimize {
namespace {

const sql::Dialect& sqlite = *sql::findDialect("sqlite");

/// Of tables as their servers would describe them.
Definitions shop() {
  Definitions all;
  all["orders"] = readDefinition(
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, status TEXT, "
      "reference TEXT, ordered_at DATETIME NOT NULL)",
      sqlite);
  all["customers"] = readDefinition(
      "CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, boss INTEGER)", sqlite);
  return all;
}

bool proposes(const std::string& statement, const std::string& other,
              const Definitions& definitions = shop()) {
  for (const auto& candidate : candidates(statement, sqlite, definitions)) {
    INFO(candidate.sql);
    CHECK_FALSE(candidate.citation.url.empty());
    if (candidate.sql == other) return true;
  }
  return false;
}

TEST_CASE("a definition tells keys and columns without NULLs", "[optimize]") {
  const auto line = readDefinition(
      "CREATE TABLE `line` (`a` int(11) NOT NULL, `b` int(11) NOT NULL, `c` varchar(20) DEFAULT "
      "NULL, PRIMARY KEY (`a`,`b`), UNIQUE KEY `u` (`c`)) ENGINE=InnoDB",
      *sql::findDialect("mariadb"));
  REQUIRE(line.columns.size() == 3);
  CHECK(line.find("c")->type == "varchar(20)");
  CHECK(line.keys == std::vector<std::vector<std::string>>{{"a", "b"}});
  CHECK(line.hasKeyIn({"c", "b", "a"}));
  CHECK_FALSE(line.hasKeyIn({"a"}));
  // SQLite lets NULL into any primary key but a rowid.
  CHECK(readDefinition("CREATE TABLE t (a TEXT PRIMARY KEY)", sqlite).keys.empty());
  CHECK(readDefinition("CREATE TABLE t (a INTEGER PRIMARY KEY)", sqlite).hasKeyIn({"a"}));
}

TEST_CASE("a column is compared by itself", "[optimize]") {
  CHECK(proposes("SELECT id FROM orders WHERE date(ordered_at) = '2024-02-29'",
                 "SELECT id FROM orders WHERE ordered_at >= '2024-02-29' AND ordered_at < "
                 "'2024-03-01'"));
  CHECK(proposes("SELECT id FROM orders WHERE strftime('%Y-%m', ordered_at) <= '2024-12'",
                 "SELECT id FROM orders WHERE ordered_at < '2025-01-01'"));
  CHECK(proposes("SELECT email FROM customers WHERE 5 > id - 2",
                 "SELECT email FROM customers WHERE id < 7"));
  CHECK(proposes("SELECT id FROM orders WHERE coalesce(status, 'x') = 'x'",
                 "SELECT id FROM orders WHERE (status = 'x' OR status IS NULL)"));
  CHECK(candidates("SELECT id FROM orders WHERE id * 7 = 100", sqlite, shop()).empty());
  CHECK(candidates("SELECT id FROM orders WHERE date(ordered_at) = random()", sqlite, shop())
            .empty());
}

TEST_CASE("NULLs are minded where a definition does not exclude them", "[optimize]") {
  CHECK(proposes("SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)",
                 "SELECT id FROM customers WHERE NOT EXISTS (SELECT 1 FROM orders WHERE "
                 "customer_id = customers.id)"));
  CHECK(proposes("SELECT id FROM orders WHERE id NOT IN (SELECT boss FROM customers)",
                 "SELECT id FROM orders WHERE NOT EXISTS (SELECT 1 FROM customers WHERE boss = "
                 "orders.id) AND NOT EXISTS (SELECT 1 FROM customers WHERE boss IS NULL)"));
}

TEST_CASE("what needs a key rests on a definition", "[optimize]") {
  const std::string joined =
      "SELECT a.id, b.status FROM orders AS a JOIN orders AS b ON b.id = a.id";
  CHECK(proposes(joined, "SELECT a.id, a.status FROM orders AS a "));
  CHECK(candidates(joined, sqlite, {}).empty());
  CHECK(
      proposes("SELECT DISTINCT c.id FROM customers AS c JOIN orders AS o ON o.customer_id = c.id",
               "SELECT c.id FROM customers AS c WHERE EXISTS (SELECT 1 FROM orders AS o WHERE "
               "o.customer_id = c.id)"));
  CHECK(proposes(
      "SELECT DISTINCT c.email FROM customers AS c JOIN orders AS o ON o.customer_id = c.id",
      "SELECT DISTINCT c.email FROM customers AS c WHERE EXISTS (SELECT 1 FROM orders AS o WHERE "
      "o.customer_id = c.id)"));
}

TEST_CASE("rows that both sides of OR find are found once", "[optimize]") {
  CHECK(proposes("SELECT id FROM orders WHERE id = 1 OR status = 'x' ORDER BY id",
                 "SELECT id FROM orders WHERE (id = 1) UNION ALL SELECT id FROM orders WHERE "
                 "(status = 'x') AND (id = 1) IS NOT TRUE ORDER BY id"));
}

TEST_CASE("what changes data is not rewritten", "[optimize]") {
  CHECK(candidates("DELETE FROM orders WHERE id + 1 = 5", sqlite, shop()).empty());
  CHECK(candidates("not SQL at all (", sqlite, shop()).empty());
}

}  // namespace
}  // namespace mydba::optimize
