#include "engines/sqlite/plan_relations.h"

#include <algorithm>

#include "engines/sqlite/plan_query.h"
#include "engines/sqlite/schema_copy.h"
#include "native/catch.h"
#include "plan/derive.h"
#include "plan/explain.h"
#include "plan/rule.h"

using namespace mydba;
using namespace mydba::sqlite;

namespace {

/// Two files with a table of the same name: 20,000 rows in the attached one.
std::unique_ptr<Session> shopWithArchive() {
  protocol::ConnectionProfile profile;
  profile.path = ":memory:";
  auto session = Session::open(profile, {});
  REQUIRE(session);
  for (const char* sql :
       {"ATTACH ':memory:' AS \"old one\"", "CREATE TABLE orders (a INT, b INT)",
        "CREATE INDEX orders_a ON orders (a)", "CREATE TABLE \"old one\".orders (a INT, b INT)",
        "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
        "WHERE i < 20000) INSERT INTO \"old one\".orders SELECT i, i FROM n"})
    REQUIRE(runOne(**session, sql, {}, {}));
  return std::move(*session);
}

protocol::PlanTree planOf(Session& session, std::string_view sql) {
  auto tree = queryPlan(session, sql, {});
  REQUIRE(tree);
  addRelations(session, *tree, {});
  return std::move(*tree);
}

}  // namespace

TEST_CASE("sqlite: what is told of a table is of the file that the statement names", "[sqlite]") {
  const auto session = shopWithArchive();
  for (const char* sql : {"SELECT * FROM \"old one\".orders WHERE a = 1",
                          "SELECT * FROM \"OLD ONE\".orders AS o WHERE o.a = 1"}) {
    INFO(sql);
    const auto tree = planOf(*session, sql);
    REQUIRE(tree.relations);
    CHECK(tree.relations->at(0).schema == "old one");
    CHECK(tree.relations->at(0).rows == 20000);
    CHECK(tree.relations->at(0).indexes->empty());
  }
  const auto plain = planOf(*session, "SELECT * FROM orders WHERE b = 1");
  REQUIRE(plain.relations);
  CHECK(plain.relations->at(0).rows == 0);
  CHECK(plain.relations->at(0).indexes->size() == 1);
}

TEST_CASE("sqlite: tables of one name in two files are told apart by aliases", "[sqlite]") {
  const auto session = shopWithArchive();
  auto tree = planOf(*session, "SELECT * FROM orders n JOIN \"old one\".orders o ON n.b = o.b");
  REQUIRE(tree.relations);
  CHECK(tree.relations->size() == 2);
  plan::derive(tree);
  const plan::Grading grading(tree);
  int seen = 0;
  for (const auto& [node, parent] : grading.steps()) {
    if (node->alias != "n" && node->alias != "o") continue;
    const auto* relation = grading.relationOf(*node);
    REQUIRE(relation);
    CHECK(relation->rows == (node->alias == "n" ? 0 : 20000));
    ++seen;
  }
  CHECK(seen == 2);
  // Without one, nothing says which step reads which.
  CHECK_FALSE(planOf(*session, "SELECT * FROM orders, \"old one\".orders").relations);
}

TEST_CASE("sqlite: an index is proposed in the file of its table, and can be created", "[sqlite]") {
  const auto session = shopWithArchive();
  const auto result =
      plan::examine(planOf(*session, "SELECT * FROM \"old one\".orders WHERE a = 1"));
  const auto scan =
      std::find_if(result.findings.begin(), result.findings.end(),
                   [](const auto& finding) { return finding.id == "full-table-scan"; });
  REQUIRE(scan != result.findings.end());
  REQUIRE(scan->remedies.at(0).sql ==
          "CREATE INDEX \"old one\".\"orders_a_idx\" ON \"orders\" (\"a\")");
  CHECK(runOne(*session, *scan->remedies[0].sql, {}, {}));
}
