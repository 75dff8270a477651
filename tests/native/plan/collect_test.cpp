// The chain to a plan, on a connection that fails on demand. With real servers:
// tests/server/workload.test.mjs.

#include "plan/collect.h"

#include <deque>
#include <optional>
#include <string>
#include <thread>

#include "base/wait.h"
#include "engines/engine.h"
#include "native/catch.h"
#include "native/plan/made_plan.h"
#include "plan/collection_counts.h"
#include "plan/plan_failure.h"
#include "plan/row_estimates.h"

namespace mydba::plan {
namespace {

using protocol::PlanWay;
using namespace std::chrono_literals;
using Ways = std::vector<PlanWay>;

const sql::Dialect& dialect() { return *sql::findDialect("postgres"); }

Error deadlock() {
  return {
      .code = ErrorCode::server, .message = "deadlock", .engineCode = "40P01", .retryable = true};
}
Error denied() {
  return {.code = ErrorCode::server,
          .message = "permission denied for table \"orders\": \"Ann\" at 42",
          .engineCode = "42501"};
}
Error lost() { return {.code = ErrorCode::connectionLost, .message = "gone", .retryable = true}; }

/// Fails as often as it is told, and then has a plan.
class FakeConnection final : public Connection, public Explainer, public Workload {
 public:
  const protocol::ServerInfo& server() const override { return server_; }
  Result<void> run(const guard::CheckedStatement&, RowSink&, const CancelToken&) override {
    return Error{.code = ErrorCode::internal, .message = "nothing may be run"};
  }
  bool alive() const override { return true; }
  Explainer* explainer() override { return this; }
  Workload* workload() override { return this; }

  Result<protocol::PlanTree> explain(const guard::CheckedStatement&, bool analyze,
                                     const CancelToken& cancel) override {
    if (hangs) {
      if (const auto waited = sleepUntil(Clock::now() + 1min, cancel); !waited)
        return waited.error();
    }
    auto& errors = analyze ? whenMeasured : whenPlanned;
    if (!errors.empty()) {
      const Error error = errors.front();
      errors.pop_front();
      return error;
    }
    auto tree = made::tree(made::node("Result", protocol::PlanCategory::other));
    tree.analyzed = analyze;
    return tree;
  }
  Result<BusiestStatements> busiest(int, const CancelToken&) override {
    return BusiestStatements{};
  }
  Result<std::vector<protocol::PlanRelation>> relations(const guard::CheckedStatement&,
                                                        const CancelToken&) override {
    return tables;
  }

  std::deque<Error> whenPlanned, whenMeasured;
  std::vector<protocol::PlanRelation> tables;
  bool hangs = false;

 private:
  protocol::ServerInfo server_{.engine = "postgres",
                               .flavour = "PostgreSQL",
                               .version = "15",
                               .versionNumber = 150000,
                               .database = {},
                               .user = {},
                               .tls = false};
};

struct Fixture {
  FakeConnection connection;
  int connects = 0;
  std::optional<Error> away;
  Patience patience{.timeout = 5s, .pauses = {1ms, 2ms, 3ms}};

  Result<CollectedPlan> collect(std::string_view sql, bool analyze = false,
                                const CancelToken& cancel = {}) {
    const Collector collector(
        dialect(), guard::Gate(dialect(), {}),
        [this]() -> Result<Connection*> {
          ++connects;
          if (away) return *away;
          return &connection;
        },
        patience);
    return collector.collect(sql, analyze, cancel);
  }
};

Ways waysOf(const CollectedPlan& collected) {
  Ways ways;
  for (const auto& attempt : collected.attempts) ways.push_back(attempt.way);
  return ways;
}

constexpr std::string_view read = "SELECT * FROM orders WHERE name = 'Ann' AND id = 42";

TEST_CASE("a plan that comes at once is one try", "[plan][collect]") {
  Fixture fixture;
  const auto collected = fixture.collect(read);
  REQUIRE(collected);
  CHECK(collected->way == PlanWay::explain);
  CHECK(waysOf(*collected) == Ways{PlanWay::explain});
  CHECK_FALSE(collected->attempts[0].failure);
  CHECK_FALSE(collected->attempts[0].waitedMs);
}

TEST_CASE("what can pass is tried again after a pause, what cannot is not", "[plan][collect]") {
  Fixture fixture;
  fixture.connection.whenPlanned = {deadlock(), lost()};
  const auto collected = fixture.collect(read);
  REQUIRE(collected);
  CHECK(collected->way == PlanWay::explain);
  REQUIRE(waysOf(*collected) == Ways(3, PlanWay::explain));
  CHECK(collected->attempts[0].failure->engineCode == "40P01");
  CHECK_FALSE(collected->attempts[0].waitedMs);
  // Never less than three quarters of the pause, and no failure is hidden.
  CHECK(collected->attempts[1].waitedMs >= 0.75);
  CHECK(collected->attempts[1].failure->code == protocol::ErrorCode::connectionLost);
  CHECK(collected->attempts[2].waitedMs >= 1.5);
  CHECK_FALSE(collected->attempts[2].failure);

  fixture.connection.whenPlanned = {denied()};
  const auto refused = fixture.collect(read);
  REQUIRE(refused);
  CHECK(waysOf(*refused) == Ways{PlanWay::explain, PlanWay::rowEstimates});
}

TEST_CASE("tries end after the last pause, and when time is up", "[plan][collect]") {
  Fixture fixture;
  fixture.connection.whenPlanned.assign(9, deadlock());
  const auto collected = fixture.collect("SELECT 1");
  REQUIRE(collected);
  CHECK_FALSE(collected->way);
  CHECK(collected->attempts.size() == 5);  // the catalogue shows no table either
  CHECK(fixture.connection.whenPlanned.size() == 5);

  fixture.connection.whenPlanned.assign(9, deadlock());
  fixture.patience = {.timeout = 200ms, .pauses = {1ms, 1h}};
  const auto short_ = fixture.collect("SELECT 1");
  REQUIRE(short_);
  CHECK(fixture.connection.whenPlanned.size() == 7);
}

TEST_CASE("a try that takes too long ends and is not made again", "[plan][collect]") {
  Fixture fixture;
  fixture.connection.hangs = true;
  fixture.connection.tables = {{.name = "orders", .rows = 7}};
  fixture.patience.timeout = 20ms;
  const auto collected = fixture.collect(read);
  REQUIRE(collected);
  CHECK(waysOf(*collected) == Ways{PlanWay::explain, PlanWay::rowEstimates});
  CHECK(collected->attempts[0].failure->code == protocol::ErrorCode::timeout);
  CHECK(collected->way == PlanWay::rowEstimates);
}

TEST_CASE("cancelling ends a pause and a try at once", "[plan][collect]") {
  const auto cancelledIn = [](Fixture& fixture) {
    CancelSource source;
    const auto start = Clock::now();
    std::thread canceller([source]() mutable {
      (void)sleepUntil(Clock::now() + 30ms, {});
      source.cancel(CancelReason::user);
    });
    const auto collected = fixture.collect(read, false, source.token());
    canceller.join();
    REQUIRE_FALSE(collected);
    CHECK(collected.error().code == ErrorCode::cancelled);
    CHECK(Clock::now() - start < 30s);
  };
  Fixture pausing;
  pausing.connection.whenPlanned = {deadlock()};
  pausing.patience = {.timeout = 2h, .pauses = {1h}};
  cancelledIn(pausing);
  Fixture hanging;
  hanging.connection.hangs = true;
  hanging.patience.timeout = 1h;
  cancelledIn(hanging);
}

TEST_CASE("a connection that stays away ends the collection", "[plan][collect]") {
  Fixture fixture;
  fixture.away = Error{.code = ErrorCode::connectFailed, .message = "full", .retryable = true};
  const auto collected = fixture.collect(read);
  REQUIRE_FALSE(collected);
  CHECK(collected.error().message == "full");
  CHECK(fixture.connects == 4);
}

TEST_CASE("only a proved read without placeholders is measured, and only when agreed to",
          "[plan][collect]") {
  Fixture fixture;
  CHECK(fixture.collect(read, false)->way == PlanWay::explain);
  const auto measured = fixture.collect(read, true);
  CHECK(measured->way == PlanWay::analyze);
  CHECK(measured->tree->analyzed);
  CHECK(waysOf(*measured) == Ways{PlanWay::explain, PlanWay::analyze});
  for (const auto sql :
       {"SELECT * FROM orders WHERE id = $1", "UPDATE orders SET id = 1 WHERE id = 2",
        "DELETE FROM orders", "SELECT nextval('s')", "SELECT mine(id) FROM orders"}) {
    INFO(sql);
    const auto planned = fixture.collect(sql, true);
    CHECK(planned->way == PlanWay::explain);
    CHECK(waysOf(*planned)[0] == PlanWay::explain);
    for (const auto& attempt : planned->attempts)
      CHECK((attempt.way == PlanWay::explain || attempt.failure));
  }
}

TEST_CASE("when measuring fails the estimated plan stays and the reason is counted",
          "[plan][collect]") {
  Fixture fixture;
  fixture.connection.whenMeasured = {lost()};  // not run again: it may have been its fault
  auto collected = fixture.collect(read, true);
  REQUIRE(collected);
  CHECK(collected->way == PlanWay::explain);
  CHECK(waysOf(*collected) == Ways{PlanWay::explain, PlanWay::analyze});
  protocol::WorkloadStatement statement{.sql = std::string(read)};
  describe(statement, std::move(*collected));
  const auto counts = count({statement});
  CHECK(counts.explain == 1);
  CHECK(counts.analyze == 0);
  REQUIRE(counts.reasons.size() == 1);
  CHECK(counts.reasons[0].failure.code == protocol::ErrorCode::connectionLost);
}

TEST_CASE("what the server cannot read has no row estimates", "[plan][collect]") {
  Fixture fixture;
  fixture.connection.tables = {{.name = "orders", .rows = 7}};
  fixture.connection.whenPlanned = {{.code = ErrorCode::syntax, .message = "near x"}};
  CHECK_FALSE(fixture.collect("SELECT * FROM orders WHERE")->way);
  fixture.connection.whenPlanned = {
      {.code = ErrorCode::unsupported, .message = "no plan of a DROP"}};
  CHECK_FALSE(fixture.collect("DROP TABLE orders")->way);
  CHECK_FALSE(fixture.collect("SELECT 1; SELECT 2")->way);
}

TEST_CASE("row estimates are a step a table, and no rule guesses from them", "[plan][collect]") {
  const protocol::ServerInfo server{.engine = "postgres",
                                    .flavour = "PostgreSQL",
                                    .version = "15",
                                    .versionNumber = 150000,
                                    .database = {},
                                    .user = {},
                                    .tls = false};
  for (const char* engine : {"postgres", "mysql", "mariadb", "sqlite"}) {
    INFO(engine);
    auto asked = server;
    asked.engine = engine;
    auto tree = rowEstimates(asked, read,
                             {{.name = "orders", .rows = 9e8, .bytes = 9e11},
                              {.name = "lines", .rows = 9e9, .partitions = 900},
                              {.name = "view"}},
                             "denied");
    derive(tree);
    REQUIRE(tree.root.children.size() == 3);
    CHECK(tree.root.approximate == true);
    CHECK(tree.root.children[1].estimatedRows == 9e9);
    CHECK(tree.root.children[1].approximate == true);
    CHECK_FALSE(tree.root.children[2].estimatedRows);
    REQUIRE(tree.warnings.size() == 1);
    CHECK(tree.warnings[0].ends_with("denied"));
    CHECK(made::idsIn(tree).empty());
  }
}

TEST_CASE("the five ways to end add up, and reasons are counted by what they say",
          "[plan][collect]") {
  Fixture fixture;
  fixture.connection.tables = {{.name = "orders", .rows = 7}};
  std::vector<protocol::WorkloadStatement> statements;
  const auto add = [&](std::string_view sql, std::deque<Error> errors) {
    fixture.connection.whenPlanned = std::move(errors);
    statements.push_back({.sql = std::string(sql)});
    describe(statements.back(), std::move(*fixture.collect(sql, true)));
  };
  add(read, {});
  add("SELECT * FROM orders WHERE id = $1", {deadlock()});
  add(read, {denied()});
  add(read, {denied()});
  add("SELEC", {{.code = ErrorCode::syntax, .message = "near SELEC"}});
  statements.push_back({.sql = "SELECT 1", .way = PlanWay::cache});
  const auto counts = count(statements);
  CHECK(counts.asked == 6);
  CHECK(counts.analyze == 1);
  CHECK(counts.explain == 1);
  CHECK(counts.rowEstimates == 2);
  CHECK(counts.failed == 1);
  CHECK(counts.cache == 1);
  CHECK(counts.repeated == 1);
  REQUIRE(counts.reasons.size() == 2);
  CHECK(counts.reasons[0].count == 2);
  CHECK(counts.reasons[0].failure.engineCode == "42501");
}

TEST_CASE("a failure does not quote the statement's values", "[plan][collect]") {
  const auto failure = planFailure(denied(), read, dialect());
  CHECK(failure.message == "permission denied for table \"orders\": \"…\" at …");
  const Error joined{.code = ErrorCode::server, .message = "Annex 421 x42 42"};
  CHECK(planFailure(joined, read, dialect()).message == "Annex 421 x42 …");
  const Error escaped{.code = ErrorCode::server, .message = "near O'Neil"};
  CHECK(planFailure(escaped, "SELECT 'O''Neil', ''", dialect()).message == "near …");
}

}  // namespace
}  // namespace mydba::plan
