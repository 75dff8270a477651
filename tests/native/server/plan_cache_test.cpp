#include "server/plan_cache.h"

#include "guard/judge.h"
#include "native/catch.h"

namespace mydba::server {
namespace {

using protocol::PlanWay;
using protocol::WorkloadStatement;

const sql::Dialect& dialect() { return *sql::findDialect("postgres"); }

WorkloadStatement planned(std::string sql, PlanWay way = PlanWay::explain) {
  WorkloadStatement statement{.sql = std::move(sql), .way = way, .attempts = {{.way = way}}};
  statement.cost = 42;
  statement.findings = 3;
  return statement;
}

bool has(const PlanCache& cache, std::string sql, bool analyze, Clock::time_point now) {
  WorkloadStatement asked{.sql = std::move(sql)};
  return cache.recall(asked, analyze, now);
}

TEST_CASE("a plan is remembered for a minute, with its age", "[server][plan-cache]") {
  PlanCache cache;
  const auto then = Clock::now();
  cache.keep(planned("SELECT 1"), false, then);
  WorkloadStatement asked{.sql = "SELECT 1"};
  REQUIRE(cache.recall(asked, false, then + std::chrono::seconds(59)));
  CHECK(asked.way == PlanWay::cache);
  CHECK(asked.ageSeconds == 59);
  CHECK(asked.cost == 42);
  CHECK(asked.findings == 3);
  CHECK(asked.attempts.empty());
  CHECK_FALSE(has(cache, "SELECT 1", false, then + std::chrono::seconds(61)));
}

TEST_CASE("plans are known by statement, schema and whether they were measured",
          "[server][plan-cache]") {
  PlanCache cache;
  const auto now = Clock::now();
  auto statement = planned("SELECT 1");
  statement.schema = "shop";
  cache.keep(statement, false, now);
  CHECK_FALSE(has(cache, "SELECT 1", false, now));
  CHECK_FALSE(has(cache, "SELECT 2", false, now));
  WorkloadStatement asked{.sql = "SELECT 1", .schema = "shop"};
  CHECK_FALSE(cache.recall(asked, true, now));
  CHECK(cache.recall(asked, false, now));
}

TEST_CASE("what is no plan, or not the one that was wanted, is not kept", "[server][plan-cache]") {
  PlanCache cache;
  cache.keep(planned("a", PlanWay::rowEstimates), false);
  cache.keep({.sql = "b"}, false);
  auto notMeasured = planned("c");
  notMeasured.attempts.push_back({.way = PlanWay::analyze, .failure = protocol::PlanFailure{}});
  cache.keep(notMeasured, true);
  CHECK(cache.size() == 0);
  cache.keep(planned("d", PlanWay::analyze), true);
  CHECK(cache.size() == 1);
}

TEST_CASE("their number is bounded, and the oldest goes first", "[server][plan-cache]") {
  PlanCache cache;
  const auto now = Clock::now();
  for (std::size_t i = 0; i <= PlanCache::mostPlans; ++i)
    cache.keep(planned(std::to_string(i)), false, now + std::chrono::microseconds(i));
  CHECK(cache.size() == PlanCache::mostPlans);
  CHECK_FALSE(has(cache, "0", false, now));
  CHECK(has(cache, "1", false, now));
}

TEST_CASE("anything but a proved read that sets nothing drops all plans", "[server][plan-cache]") {
  const auto remains = [](std::string_view sql) {
    PlanCache cache;
    cache.keep(planned("SELECT 1"), false);
    cache.noteRun(sql, guard::judge(sql, dialect(), {}), dialect());
    return cache.size() == 1;
  };
  for (const auto sql : {"SELECT * FROM orders", "SHOW work_mem", "EXPLAIN SELECT 1",
                         "WITH a AS (SELECT 1) SELECT * FROM a"}) {
    INFO(sql);
    CHECK(remains(sql));
  }
  for (const auto sql :
       {"SET work_mem = '1MB'", "SET search_path = a", "BEGIN", "COMMIT", "ROLLBACK", "ANALYZE t",
        "INSERT INTO t VALUES (1)", "CREATE INDEX i ON t (a)", "DROP TABLE t",
        "SELECT set_config('work_mem', '1MB', false)", "SELECT nextval('s')",
        "EXPLAIN ANALYZE DELETE FROM t", "SELECT * INTO u FROM t"}) {
    INFO(sql);
    CHECK_FALSE(remains(sql));
  }
}

}  // namespace
}  // namespace mydba::server
