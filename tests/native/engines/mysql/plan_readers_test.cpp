#include "engines/mysql/plan_readers.h"

#include "native/catch.h"

namespace mydba::mysql {
namespace {

TEST_CASE("mysql: numbers of a plan are totals over all loops") {
  const auto tree = readPlanTree(
      "-> Nested loop inner join  (cost=9 rows=30) (actual time=0.1..5.5 rows=20 loops=1)\n"
      "    -> Table scan on a  (cost=1 rows=10) (actual time=0.1..0.5 rows=10 loops=1)\n"
      "    -> Filter: (b.x > 1)  (cost=0.7 rows=3) (actual time=0.2..0.4 rows=2 loops=10)\n"
      "        -> Index lookup on b using k (b.a = a.id)  (cost=0.5 rows=4) (actual "
      "time=0.2..0.3 rows=5 loops=10)\n");
  REQUIRE(tree);
  const auto& filter = tree->root.children.at(1);
  CHECK(filter.estimatedRows == 30);
  CHECK(filter.actualRows == 20);
  CHECK(filter.rowsRemoved == 30);
  CHECK(filter.totalMs == Approx(4));
  CHECK(filter.approximate == true);
  CHECK(filter.filter == "(b.x > 1)");
  const auto& lookup = filter.children.at(0);
  CHECK(lookup.relation == "b");
  CHECK(lookup.index == "k");
  CHECK(lookup.condition == "b.a = a.id");
  CHECK(lookup.totalCost == Approx(5));
  CHECK(tree->executionMs == 5.5);
}

TEST_CASE("mysql: what is not a plan is an error") {
  for (const auto* text : {"", "{}", "[]", "{\"query_block\": 1}", "{\"query_plan\": []}", "null",
                           "{\"query_block\": {\"table\": {", "\xFF\xFE", "hello"}) {
    CHECK_FALSE(readMysqlJson(text));
    CHECK_FALSE(readMariadbPlan(text));
    CHECK_FALSE(readPlanTree(text));
  }
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"query_block\":";
  CHECK(readPlanV1(deep).error().code == ErrorCode::tooLarge);
  CHECK(readMariadbPlan(deep).error().code == ErrorCode::tooLarge);
  std::string steps;
  for (int i = 0; i < 1000; ++i)
    steps += std::string(4 * static_cast<std::size_t>(i), ' ') + "-> x\n";
  CHECK(readPlanTree(steps).error().code == ErrorCode::tooLarge);
}

}  // namespace
}  // namespace mydba::mysql
