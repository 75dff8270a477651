// Goldens: tests/plans/{mysql,mariadb}/<case>/plan.{json,txt} and the tree read from it. Set
// UPDATE_GOLDEN=1 to write tree.json anew. Cases named 8.0 and 8.4 were written after the manuals.

#include "engines/mysql/plan_readers.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "codec.h"
#include "native/catch.h"

namespace mydba::mysql {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string written(const protocol::PlanTree& tree) {
  return protocol::encode(tree).dump(2) + "\n";
}

double smallest(const protocol::PlanNode& node) {
  double least = std::min({node.totalMs.value_or(0), node.actualRows.value_or(0),
                           node.rowsRemoved.value_or(0), node.totalCost.value_or(0)});
  for (const auto& child : node.children) least = std::min(least, smallest(child));
  return least;
}

TEST_CASE("mysql: plans of every format are read as before") {
  int cases = 0;
  for (const char* engine : {"mysql", "mariadb"}) {
    const fs::path folder = fs::path(MYDBA_SOURCE_DIR) / "tests" / "plans" / engine;
    for (const auto& entry : fs::directory_iterator(folder)) {
      const bool isText = fs::exists(entry.path() / "plan.txt");
      const auto raw = contents(entry.path() / (isText ? "plan.txt" : "plan.json"));
      INFO(entry.path().filename().string());
      const auto tree = isText                             ? readPlanTree(raw)
                        : std::string(engine) == "mariadb" ? readMariadbPlan(raw)
                                                           : readMysqlJson(raw);
      REQUIRE(tree);
      CHECK(smallest(tree->root) >= 0);
      const auto golden = entry.path() / "tree.json";
      if (std::getenv("UPDATE_GOLDEN")) std::ofstream(golden) << written(*tree);
      CHECK(written(*tree) == contents(golden));
      ++cases;
    }
  }
  CHECK(cases >= 17);
}

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
