// What is counted for an index that is not there is what ANALYZE says when it is.

#include "engines/sqlite/index_statistics.h"
#include "engines/sqlite/plan_reader.h"
#include "engines/sqlite/query.h"
#include "engines/sqlite/scan_status.h"
#include "engines/sqlite/schema_copy.h"
#include "native/catch.h"

using namespace mydba;
using namespace mydba::sqlite;

namespace {

std::unique_ptr<Session> shop() {
  protocol::ConnectionProfile profile;
  profile.path = ":memory:";
  auto session = Session::open(profile, {});
  REQUIRE(session);
  for (const char* sql :
       {"CREATE TABLE t (a INT, b TEXT, c TEXT COLLATE NOCASE, d REAL)",
        "CREATE TABLE w (k TEXT, n INT, v INT, PRIMARY KEY (k, n)) WITHOUT ROWID",
        "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 4999) "
        "INSERT INTO t SELECT i % 37, CASE WHEN i % 3 THEN 'b' || (i % 211) END, "
        "CASE WHEN i % 2 THEN 'x' ELSE 'X' END || (i % 50), i / 7.0 FROM n",
        "INSERT INTO w SELECT b || a, rowid, a FROM t WHERE b IS NOT NULL", "ANALYZE"})
    REQUIRE(runOne(**session, sql, {}, {}));
  return std::move(*session);
}

}  // namespace

TEST_CASE("sqlite: an index is counted as ANALYZE counts it", "[sqlite]") {
  const char* wishes[] = {"CREATE INDEX i ON t (a)",
                          "CREATE INDEX i ON t (b)",
                          "CREATE INDEX i ON t (a, b DESC, d)",
                          "CREATE INDEX i ON t (c)",
                          "CREATE INDEX i ON t (c COLLATE BINARY, a)",
                          "CREATE INDEX i ON t (b COLLATE NOCASE) WHERE a > 20 AND b IS NOT NULL",
                          "CREATE INDEX i ON t (substr(b, 1, 2), coalesce(a, (1 + 2)) ASC)",
                          "CREATE UNIQUE INDEX i ON t (d, a)",
                          "CREATE INDEX i ON t (a) WHERE a > 1000",
                          "CREATE INDEX \"i\" ON w (v, \"k\")"};
  const auto real = shop();
  for (const char* text : wishes) {
    INFO(text);
    const auto wish = sql::readIndexWish(text, *sql::findDialect("sqlite"));
    REQUIRE(wish);
    const auto copy = copySchemas(*real, {});
    REQUIRE(copy);
    CHECK(copy->notices.empty());
    REQUIRE(runOne(*copy->session, text, {}, {}));
    const auto counted =
        countIndex(*real, *copy->session,
                   {.schema = "main", .name = "i", .table = wish->table().name}, *wish, {});
    REQUIRE(counted);
    REQUIRE(runOne(*real, text, {}, {}));
    REQUIRE(runOne(*real, "ANALYZE", {}, {}));
    const auto found = prepare(real->handle(), "SELECT stat FROM sqlite_stat1 WHERE idx = 'i'");
    REQUIRE(found);
    const bool any = sqlite3_step(found->get()) == SQLITE_ROW;
    CHECK(counted->stat == (any ? std::string(columnText(found->get(), 0)) : ""));
    sqlite3_reset(found->get());
    REQUIRE(runOne(*real, "DROP INDEX i", {}, {}));
  }
}

TEST_CASE("sqlite: the status of steps finds its place in the plan", "[sqlite]") {
  protocol::PlanTree tree = readPlan({{1, 0, "SCAN c"},
                                      {2, 0, "SEARCH o USING INDEX o_c (c=?)"},
                                      {3, 0, "USE TEMP B-TREE FOR ORDER BY"}});
  // As queryPlan leaves a table whose schema is written.
  tree.root.children.at(0).children.at(0).extra.push_back({"Schema", "main"});
  const ScanStatus status{.steps = {{"SCAN main.c", 1, 10, 100},
                                    {"SEARCH o USING INDEX o_c (c=?)", 10, 40, 600},
                                    {"USE TEMP B-TREE FOR ORDER BY", 1, 40, 300},
                                    {"SCAN nothing", 1, 1, 0}},
                          .cycles = 1000};
  const auto stages = addScanStatus(status, tree, 2, 50);
  REQUIRE(stages.size() == 4);
  CHECK(stages[1].durationMs == Approx(30));
  CHECK(stages[1].startMs == 2);
  CHECK(stages[0].nodeId == tree.root.children.at(0).children.at(0).id);
  CHECK_FALSE(stages[3].nodeId);
  // The sorter stands over the join of both.
  CHECK(tree.root.operation == "USE TEMP B-TREE FOR ORDER BY");
  CHECK(tree.root.totalMs == Approx(50));
  CHECK(tree.root.selfMs == Approx(15));
  const auto& join = tree.root.children.at(0);
  CHECK(join.totalMs == Approx(35));
  CHECK(join.children.at(1).loops == 10);
  CHECK(join.children.at(1).actualRead == 40);
  CHECK_FALSE(join.children.at(1).actualRows);
  CHECK(tree.root.actualRows == 40);
  CHECK(stages[1].nodeId == join.children.at(1).id);
}
