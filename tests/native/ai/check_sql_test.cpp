#include "ai/check_sql.h"

#include <string>

#include "native/ai/intent/corpus.h"
#include "native/catch.h"

namespace mydba::ai {
namespace {

/// The problems' ids, joined by blanks.
std::string problems(const std::string& sql, const char* dialect = "sqlite") {
  std::string ids;
  for (const SqlProblem& problem :
       checkProposedSql(sql, *sql::findDialect(dialect), intent::corpusSchema("shop")))
    ids += (ids.empty() ? "" : " ") + problem.id;
  return ids;
}

}  // namespace

TEST_CASE("good SQL of a model passes", "[check-sql]") {
  for (const char* sql :
       {"SELECT id, name FROM customers WHERE city = 'Berlin' LIMIT 10",
        "SELECT COUNT(*) FROM orders",
        "SELECT c.name, SUM(o.total_cents) AS total FROM customers c JOIN orders AS o ON "
        "o.customer_id = c.id GROUP BY c.id ORDER BY total DESC LIMIT 5",
        "WITH big AS (SELECT customer_id FROM orders WHERE total_cents > 5) SELECT * FROM big "
        "LIMIT "
        "5",
        "SELECT \"orders\".\"id\" FROM \"orders\" WHERE EXISTS (SELECT 1 FROM customers x WHERE "
        "x.id = orders.customer_id) LIMIT 1;",
        "SELECT status AS s, COUNT(*) AS n FROM orders GROUP BY status HAVING n > 3 LIMIT 10"}) {
    INFO(sql);
    CHECK(problems(sql) == "");
  }
}

TEST_CASE("wrong SQL of a model is told apart by reading alone", "[check-sql]") {
  CHECK(problems("") == "empty");
  CHECK(problems("SELECT 1; SELECT 2") == "several-statements");
  CHECK(problems("SELECT * FROM customers WHERE name = 'x LIMIT 1").starts_with("incomplete"));
  CHECK(problems("DELETE FROM orders WHERE id = 1") == "not-a-read");
  CHECK(problems("SELECT 1; DROP TABLE orders") == "several-statements not-a-read");
  CHECK(problems("WITH x AS (DELETE FROM orders RETURNING id) SELECT * FROM x LIMIT 1", "postgres")
            .starts_with("not-a-read"));
  CHECK(problems("SELECT pg_read_file('/etc/passwd') FROM orders LIMIT 1", "postgres") ==
        "not-a-read");
  CHECK(problems("SELECT * FROM clients LIMIT 5") == "unknown-table");
  CHECK(problems("SELECT o.amount FROM orders o LIMIT 5") == "unknown-column");
  CHECK(problems("SELECT * FROM orders WHERE amount > 5 LIMIT 5") == "unknown-column");
  CHECK(problems("SELECT * FROM orders, customers LIMIT 5") == "cartesian-product");
  CHECK(problems("SELECT * FROM orders") == "no-limit");
  CHECK(problems("SELECT status, COUNT(*) FROM orders GROUP BY status") == "no-limit");
}

TEST_CASE("a problem stands where it is in the text", "[check-sql]") {
  const std::string sql = " SELECT o.amount FROM orders o LIMIT 5";
  const auto found =
      checkProposedSql(sql, *sql::findDialect("postgres"), intent::corpusSchema("shop"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].message == "there is no column amount in orders");
  CHECK(sql.substr(found[0].position, 6) == "amount");
}

TEST_CASE("without a catalogue names are not checked", "[check-sql]") {
  CHECK(
      checkProposedSql("SELECT a.x FROM t a LIMIT 1", *sql::findDialect("mysql"), nullptr).empty());
}

}  // namespace mydba::ai
