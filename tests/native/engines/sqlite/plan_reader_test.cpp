#include "engines/sqlite/plan_reader.h"

#include <algorithm>

#include "native/catch.h"
#include "plan/explain.h"
#include "plan/walk.h"

using namespace mydba;

TEST_CASE("sqlite: what a reader does not know is a node and a warning", "[sqlite][plan]") {
  const auto tree = sqlite::readPlan({{.id = 1, .parent = 0, .detail = "LEVITATE t"}});
  CHECK(tree.root.operation == "LEVITATE t");
  CHECK(tree.root.category == protocol::PlanCategory::other);
  CHECK(tree.warnings.size() == 1);
}

TEST_CASE("sqlite: hostile rows give a bounded tree", "[sqlite][plan]") {
  std::vector<sqlite::PlanRow> chain, circle, many;
  for (int i = 0; i < 20000; ++i) {
    chain.push_back({.id = i + 1, .parent = i, .detail = "CO-ROUTINE x"});
    circle.push_back({.id = i % 7, .parent = i % 5, .detail = "SCAN x"});
    many.push_back({.id = i + 1, .parent = 0, .detail = "USE TEMP B-TREE FOR ORDER BY"});
  }
  for (const auto& rows : {chain, circle, many, std::vector<sqlite::PlanRow>{}}) {
    auto tree = sqlite::readPlan(rows);
    int deepest = 0;
    plan::walk(tree.root,
               [&](const auto&, const auto*, int depth) { deepest = std::max(deepest, depth); });
    CHECK(deepest <= plan::maximumDepth);
    CHECK(plan::examine(std::move(tree)).summary.nodes >= 1);
  }
  CHECK(sqlite::parsePlanText("1|0|a|b\nx|0|c\n5|\n||\n2|1|").size() == 2);
}
