#include "engines/postgres/plan_reader.h"

#include "native/catch.h"

using namespace mydba;

namespace {

const protocol::PlanNode* findNode(const protocol::PlanNode& node, std::string_view operation) {
  if (node.operation == operation) return &node;
  for (const auto& child : node.children)
    if (const auto* found = findNode(child, operation)) return found;
  return nullptr;
}

}  // namespace

TEST_CASE("postgres: rows and times become totals", "[postgres][plan]") {
  constexpr auto text = R"json([{"Plan": {"Node Type": "Gather", "Workers Launched": 2,
    "Actual Loops": 1, "Actual Rows": 30, "Plan Rows": 40, "Actual Total Time": 12, "Plans": [
      {"Node Type": "Seq Scan", "Parallel Aware": true, "Relation Name": "<b>", "Alias": "x",
       "Actual Loops": 3, "Actual Rows": 10, "Plan Rows": 20, "Actual Total Time": 9.5,
       "Rows Removed by Filter": 4, "Filter": "(a > 1)", "New Field": [1]}]},
    "Execution Time": 13.5, "JIT": {"Functions": 2}}])json";
  const auto tree = postgres::readPlan(text, "18.1");
  REQUIRE(tree);
  CHECK(tree->analyzed);
  CHECK(tree->executionMs == 13.5);
  REQUIRE(tree->settings.size() == 1);
  CHECK(tree->settings[0].name == "JIT Functions");
  const auto* scan = findNode(tree->root, "Parallel Seq Scan");
  REQUIRE(scan);
  CHECK(scan->relation == "<b>");
  CHECK(scan->alias == "x");
  CHECK(scan->actualRows == 30);
  CHECK(scan->estimatedRows == 60);
  CHECK(scan->rowsRemoved == 12);
  CHECK(scan->totalMs == 9.5);  // three processes at the same time
  CHECK(scan->approximate == true);
  REQUIRE(scan->extra.size() == 1);
  CHECK(scan->extra[0].value == "[1]");
}

TEST_CASE("postgres: hostile plans are errors or warnings", "[postgres][plan]") {
  const std::string deep(100000, '[');
  for (const std::string& text :
       {std::string(), std::string("nonsense"), std::string("[]"), std::string("[1]"),
        std::string("{}"), std::string("{\"Plan\": 1}"),
        std::string("[{\"Plan\": {\"a\": 1e999}}]"), std::string("[{\"Plan\": {\"a\": \"\xff\"}}]"),
        deep}) {
    const auto tree = postgres::readPlan(text, "15");
    REQUIRE_FALSE(tree);
    CHECK(tree.error().code == ErrorCode::invalidParams);
  }
  const auto odd = postgres::readPlan(
      "{\"Plan\": {\"Node Type\": \"<img onerror=x>\", \"Plans\": [7], \"Actual Loops\": "
      "\"many\"}}",
      "15");
  REQUIRE(odd);
  CHECK(odd->root.operation == "<img onerror=x>");
  CHECK(odd->warnings.size() == 2);
  CHECK(odd->root.category == protocol::PlanCategory::other);
}
