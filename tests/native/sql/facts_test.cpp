#include "sql/facts.h"

#include <vector>

#include "native/catch.h"

using namespace mydba::sql;

namespace {

struct Case {
  const char* dialect;
  const char* sql;
  const char* kind;
  bool explainable;
  bool returnsRows;
};

}  // namespace

TEST_CASE("facts name the verb of a statement") {
  const std::vector<Case> cases = {
      {"generic", "SELECT 1", "select", true, true},
      {"generic", "/* a */ select 1", "select", true, true},
      {"generic", "((SELECT 1) UNION (SELECT 2))", "select", true, true},
      {"generic", "VALUES (1)", "select", true, true},
      {"generic", "INSERT INTO t VALUES (1)", "insert", true, false},
      {"generic", "INSERT INTO t VALUES (1) RETURNING id", "insert", true, true},
      {"generic", "UPDATE t SET returning = (SELECT 1 FROM x)", "update", true, true},
      {"generic", "DELETE FROM t WHERE a = 'RETURNING'", "delete", true, false},
      {"generic", "DELETE FROM t WHERE a IN (SELECT returning FROM x)", "delete", true, false},
      {"generic", "WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a", "select", true, true},
      {"generic", "WITH RECURSIVE \"x\" (n) AS (SELECT 1) UPDATE t SET a = 1", "update", true,
       false},
      {"generic", "WITH delete AS (SELECT 1), update AS (SELECT 2) INSERT INTO t SELECT 1",
       "insert", true, false},
      {"generic", "WITH a AS (SELECT 1", "other", false, false},
      {"generic", "EXPLAIN SELECT 1", "explain", false, true},
      {"generic", "START TRANSACTION", "begin", false, false},
      {"generic", "END", "commit", false, false},
      {"generic", "ABORT", "rollback", false, false},
      {"generic", "RELEASE SAVEPOINT a", "savepoint", false, false},
      {"generic", "DESC t", "describe", false, true},
      {"generic", "DO 1", "do", false, false},
      {"generic", "selected", "other", false, false},
      {"generic", "\"select\" 1", "unknown", false, false},
      {"generic", "1", "unknown", false, false},
      {"generic", "", "unknown", false, false},
      {"mysql", "/*!40101 SET NAMES utf8 */", "set", false, false},
      {"mysql", "REPLACE INTO t VALUES (1)", "replace", true, false},
      {"mysql", "HANDLER t READ FIRST", "handler", false, true},
      {"sqlite", "PRAGMA table_info(t)", "pragma", false, true},
      {"sqlite", "DETACH x", "attach", false, false},
      {"redis", "HGETALL \"a b\"", "hgetall", false, true},
      {"redis", "select 1", "select", false, true},
  };
  for (const Case& c : cases) {
    INFO(c.dialect << ": " << c.sql);
    const StatementFacts facts = readFacts(c.sql, *findDialect(c.dialect));
    CHECK(facts.kindName == c.kind);
    CHECK(facts.explainable == c.explainable);
    CHECK(facts.returnsRows == c.returnsRows);
  }
}
