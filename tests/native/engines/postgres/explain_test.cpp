#include <array>

#include "native/engines/postgres/live.h"

using namespace mydba;
using namespace mydba::test;

namespace {

constexpr std::array versions{"MYDBA_TEST_POSTGRES", "MYDBA_TEST_POSTGRES_14",
                              "MYDBA_TEST_POSTGRES_16", "MYDBA_TEST_POSTGRES_17",
                              "MYDBA_TEST_POSTGRES_18"};

/// Calls `check` with a connection to each version there is, and says which are missing.
template <typename Check>
void onEachVersion(Check&& check) {
  for (const char* variable : versions) {
    INFO(variable);
    if (const auto connection = connectionOf(variable)) check(*connection);
  }
}

const protocol::PlanRelation* find(const protocol::PlanTree& tree, std::string_view name) {
  REQUIRE(tree.relations);
  for (const auto& relation : *tree.relations)
    if (relation.name == name) return &relation;
  return nullptr;
}

}  // namespace

TEST_CASE("postgres: placeholders get the plan for any value and are never run", "[postgres]") {
  onEachVersion([](Connection& c) {
    runOn(c, "CREATE TEMP TABLE asked (a int PRIMARY KEY, b text)");
    const auto statement = unchecked("SELECT * FROM asked WHERE a = $1 AND b > $2");
    for (int time = 0; time < 2; ++time) {
      const auto tree = c.explainer()->explain(statement, false, {});
      REQUIRE(tree);
      CHECK(tree->values == protocol::PlanValues::generic);
      CHECK_FALSE(tree->analyzed);
      CHECK(tree->root.relation == "asked");
    }
    const auto refused = c.explainer()->explain(statement, true, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::invalidParams);
    const auto wrong =
        c.explainer()->explain(unchecked("SELECT nope FROM asked WHERE a = $1"), false, {});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().position == 7);
    runOn(c, "BEGIN");
    runOn(c, "INSERT INTO asked VALUES (1, 'x')");
    CHECK(c.explainer()->explain(statement, false, {}));
    CHECK_FALSE(c.explainer()->explain(unchecked("SELECT $1 FROM nowhere"), false, {}));
    runOn(c, "COMMIT");
    CHECK(valueOf(c, "SELECT count(*) FROM asked") == "1");
    CHECK(valueOf(c, "SELECT count(*) FROM pg_prepared_statements") == "0");
    CHECK(valueOf(c, "SHOW plan_cache_mode") == "auto");
  });
}

TEST_CASE("postgres: a plan for any value has the cost of one for a value beside it",
          "[postgres]") {
  onEachVersion([](Connection& c) {
    runOn(c, "CREATE TEMP TABLE skewed (a int, b text)");
    runOn(c,
          "INSERT INTO skewed SELECT i, CASE WHEN i % 1000 = 0 THEN 'r''a\\re' ELSE 'often' END "
          "FROM generate_series(1, 20000) i");
    runOn(c, "CREATE INDEX ON skewed (b)");
    const auto plan = [&](const char* sql) {
      return c.explainer()->explain(unchecked(sql), false, {});
    };
    CHECK_FALSE(plan("SELECT * FROM skewed WHERE b = $1")->customCost);  // no statistics yet
    runOn(c, "ANALYZE skewed");
    const auto rare = plan("SELECT * FROM skewed s WHERE s.b = $1");
    REQUIRE(rare);
    REQUIRE(rare->customCost);
    CHECK(*rare->customCost < *rare->root.totalCost / 2);
    const auto between = plan("SELECT * FROM skewed WHERE a >= $1 AND a < $2");
    REQUIRE(between);
    CHECK(between->customCost.value_or(0) > 1);
    const auto all = plan("SELECT * FROM skewed WHERE b = $1 LIMIT $2");
    REQUIRE(all);
    CHECK_FALSE(all->customCost);  // no column says what the limit might be
    runOn(c, "BEGIN");
    CHECK(plan("SELECT * FROM skewed WHERE b = $1")->customCost);
    runOn(c, "COMMIT");
    CHECK(valueOf(c, "SELECT count(*) FROM pg_prepared_statements") == "0");
    CHECK(valueOf(c, "SHOW plan_cache_mode") == "auto");
  });
}

TEST_CASE("postgres: a plan knows what the catalogue says of its tables", "[postgres]") {
  onEachVersion([](Connection& c) {
    runOn(c, "CREATE TEMP TABLE parted (a int, \"b c\" int) PARTITION BY RANGE (a, (\"b c\" + 1))");
    runOn(c, "CREATE TEMP TABLE part PARTITION OF parted DEFAULT");
    runOn(c, "CREATE UNIQUE INDEX ON part (a, \"b c\") INCLUDE (a)");
    runOn(c, "CREATE TEMP TABLE \"; DROP\" (a int)");
    runOn(c, "INSERT INTO parted SELECT i, i FROM generate_series(1, 2000) i");
    const auto statement =
        unchecked("SELECT * FROM parted p JOIN \"; DROP\" d USING (a) WHERE p.a > 0");
    runOn(c, "BEGIN");
    const auto fresh = c.explainer()->explain(statement, false, {});
    REQUIRE(fresh);
    const auto* part = find(*fresh, "part");
    REQUIRE(part);
    CHECK(part->neverAnalyzed == true);
    CHECK_FALSE(part->analyzedAt);
    CHECK_FALSE(part->rows);
    CHECK(part->bytes.value_or(0) > 0);
    REQUIRE(part->indexes->size() == 1);
    CHECK(part->indexes->at(0).unique == true);
    CHECK(part->indexes->at(0).columns == std::vector<std::string>{"a", "\"b c\""});
    REQUIRE(find(*fresh, "; DROP"));
    runOn(c, "COMMIT");
    runOn(c, "ANALYZE parted");
    const auto known = c.explainer()->explain(statement, false, {});
    REQUIRE(known);
    CHECK(find(*known, "part")->rows == 2000);
    CHECK(find(*known, "part")->neverAnalyzed == false);
    // The plan of a SELECT names the partition only.
    REQUIRE(find(*known, "parted"));
    CHECK(find(*known, "parted")->partitions == 1);
    const auto whole = c.explainer()->explain(unchecked("DELETE FROM parted"), false, {});
    REQUIRE(whole);
    const auto* parted = find(*whole, "parted");
    REQUIRE(parted);
    CHECK(parted->partitions == 1);
    CHECK(parted->partitionKey == std::vector<std::string>{"a", "(\"b c\" + 1)"});
  });
}

TEST_CASE("postgres: a measured plan counts what COUNT counts", "[postgres]") {
  onEachVersion([](Connection& c) {
    runOn(c, "CREATE TEMP TABLE one AS SELECT i AS a FROM generate_series(1, 300) i");
    runOn(c, "CREATE TEMP TABLE many AS SELECT i % 600 AS a FROM generate_series(1, 6000) i");
    runOn(c, "CREATE INDEX ON many (a)");
    runOn(c, "ANALYZE one, many");
    runOn(c, "SET enable_hashjoin = off");
    runOn(c, "SET enable_mergejoin = off");
    runOn(c, "SET enable_material = off");
    const auto tree =
        c.explainer()->explain(unchecked("SELECT * FROM one JOIN many USING (a)"), true, {});
    REQUIRE(tree);
    const auto joined = std::stod(valueOf(c, "SELECT count(*) FROM one JOIN many USING (a)"));
    CHECK(tree->root.actualRows == joined);
    REQUIRE(tree->root.children.size() == 2);
    CHECK(tree->root.children[0].actualRows == 300);
    CHECK(tree->root.children[1].actualRows == joined);
    CHECK(tree->root.children[1].loops == 300);
    const bool serializes = c.server().versionNumber >= 170000;
    CHECK(tree->serialization.has_value() == serializes);
  });
}

TEST_CASE("postgres: a plan knows what was counted for its statement before", "[postgres]") {
  onEachVersion([](Connection& c) {
    runOn(c, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    // From version 18 on a table of the same name has the same statements: those of an earlier run.
    runOn(c, "SELECT pg_stat_statements_reset()");
    runOn(c, "CREATE TEMP TABLE counted AS SELECT i AS a FROM generate_series(1, 100) i");
    const auto planned = [&](const char* sql) {
      auto tree = c.explainer()->explain(unchecked(sql), false, {});
      REQUIRE(tree);
      return std::move(*tree);
    };
    constexpr auto few = "SELECT a FROM counted WHERE a <= 5";
    CHECK_FALSE(planned(few).statistics);
    for (int run = 0; run < 6; ++run) runOn(c, "SELECT a FROM counted WHERE a <= 10");
    for (const char* open : {"", "BEGIN"}) {
      if (*open) runOn(c, open);
      const auto tree = planned(few);
      REQUIRE(tree.statistics);
      CHECK(tree.queryId);
      CHECK(tree.statistics->calls == 6);
      CHECK(tree.statistics->rowsSent == 60);
      CHECK(tree.statistics->totalMs.value_or(0) > 0);
      CHECK(tree.statistics->meanMs == Approx(*tree.statistics->totalMs / 6));
      CHECK_FALSE(tree.statistics->rowsExamined);
      if (*open) runOn(c, "COMMIT");
    }
    const auto measured = c.explainer()->explain(unchecked(few), true, {});
    REQUIRE(measured);
    CHECK(measured->statistics->calls == 6);
    runOn(c, "PREPARE asks AS SELECT a FROM counted WHERE a = $1");
    runOn(c, "EXECUTE asks(3)");
    CHECK(planned("SELECT a FROM counted WHERE a = $1").statistics->calls == 1);
    runOn(c, "UPDATE counted SET a = a + 1");
    const auto change = planned("UPDATE counted SET a = a + 1");
    REQUIRE(change.statistics);
    CHECK_FALSE(change.statistics->rowsSent);
    runOn(c, "BEGIN");
    runOn(c, "DROP EXTENSION pg_stat_statements CASCADE");
    CHECK_FALSE(planned(few).statistics);
    CHECK(valueOf(c, "SELECT count(*) FROM counted") == "100");
    runOn(c, "ROLLBACK");
  });
}
