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
  REQUIRE(tree->jit);
  CHECK(tree->jit->functions == 2);
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
  CHECK(scan->extra[0].value == "1");
}

TEST_CASE("postgres: what processes share is estimated for all of them", "[postgres][plan]") {
  constexpr auto text = R"json([{"Plan": {"Node Type": "Gather", "Workers Planned": 2,
    "Workers Launched": 1, "Actual Loops": 1, "Actual Rows": 31, "Plan Rows": 24, "Plans": [
      {"Node Type": "Nested Loop", "Parent Relationship": "Outer", "Join Type": "Inner",
       "Actual Loops": 2, "Actual Rows": 15, "Plan Rows": 10, "Plans": [
        {"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Parallel Aware": true,
         "Actual Loops": 2, "Actual Rows": 5, "Plan Rows": 10, "Actual Total Time": 3},
        {"Node Type": "Index Scan", "Parent Relationship": "Inner", "Actual Loops": 10,
         "Actual Rows": 3, "Plan Rows": 7}]},
      {"Node Type": "Result", "Parent Relationship": "InitPlan", "Subplan Name":
       "InitPlan 1 (returns $0)", "Actual Loops": 1, "Actual Rows": 1, "Actual Total Time": 2}]}}])json";
  const auto tree = postgres::readPlan(text, "14.1");
  REQUIRE(tree);
  const auto& join = tree->root.children.at(0);
  // A leader with two workers reads 0.4 of a share.
  CHECK(join.estimatedRows == 24);
  CHECK(join.actualRows == 31);  // as counted above it: 15 is 15.5, rounded
  CHECK(join.children.at(0).estimatedRows == 24);
  CHECK(join.children.at(0).role == protocol::PlanRole::outer);
  CHECK(join.children.at(1).estimatedRows == 70);  // each process looks up all of it
  CHECK(join.children.at(1).role == protocol::PlanRole::inner);
  const auto& init = tree->root.children.at(1);
  CHECK(init.totalMs == 2);  // the leader alone ran it
  CHECK(init.role == protocol::PlanRole::initplan);
  CHECK(init.subplan == "InitPlan 1 (returns $0)");
}

TEST_CASE("postgres: every field of a plan has its place", "[postgres][plan]") {
  constexpr auto text = R"json([{"Plan": {"Node Type": "Sort", "Disabled": true, "Plan Width": 8,
    "Actual Rows": 0.33, "Actual Loops": 3, "Actual Total Time": 1, "Sort Method": "external merge",
    "Sort Space Used": 100, "Sort Space Type": "Disk", "Shared Hit Blocks": 5,
    "Shared Read Blocks": 0, "Shared I/O Read Time": 1.5, "Temp I/O Read Time": 0.5,
    "WAL Records": 3, "WAL FPI": 1, "WAL Bytes": 99, "WAL Buffers Full": 2,
    "Rows Removed by Filter": 2, "Rows Removed by Join Filter": 4, "Rows Removed by Index Recheck": 1,
    "Workers": [{"Worker Number": 0, "Actual Rows": 7, "Actual Loops": 2, "Actual Total Time": 4,
      "Sort Space Used": 24, "Sort Space Type": "Memory", "Sort Method": "quicksort"}]},
    "Planning": {"Shared Hit Blocks": 9, "Memory Used": 20},
    "Triggers": [{"Trigger Name": "RI_1", "Constraint Name": "fk", "Relation": "t", "Time": 3.5,
      "Calls": 2}],
    "JIT": {"Functions": 4, "Options": {"Inlining": true, "Deforming": false},
      "Timing": {"Generation": {"Deform": 0.1, "Total": 0.4}, "Inlining": 1, "Total": 9}},
    "Serialization": {"Time": 0.5, "Output Volume": 3, "Format": "text", "Shared Hit Blocks": 1},
    "Settings": {"work_mem": "64kB"}, "Query Identifier": -7468625275640550971}])json";
  const auto tree = postgres::readPlan(text, "18.0");
  REQUIRE(tree);
  const auto& node = tree->root;
  CHECK(node.disabled == true);
  CHECK(node.width == 8);
  CHECK(node.actualRows == 1);
  CHECK(node.diskBytes == 102400);
  CHECK(node.memoryBytes == 24576);
  CHECK(node.buffers->sharedHit == 5);
  CHECK_FALSE(node.buffers->sharedRead);
  CHECK(node.buffers->readMs == 2);
  CHECK(node.wal->records == 3);
  CHECK(node.wal->buffersFull == 2);
  CHECK(node.rowsRemoved == 6);
  CHECK(node.rowsRemovedByJoin == 12);
  CHECK(node.rowsRemovedByRecheck == 3);
  REQUIRE(node.workers);
  CHECK(node.workers->at(0).actualRows == 14);
  CHECK(node.workers->at(0).totalMs == 8);
  CHECK(tree->planningBuffers->sharedHit == 9);
  CHECK(tree->triggers->at(0).name == "fk");
  CHECK(tree->triggers->at(0).totalMs == 3.5);
  CHECK(tree->jit->generationMs == 0.4);
  CHECK(tree->jit->inliningMs == 1);
  CHECK(tree->serialization->bytes == 3072);
  CHECK(tree->serialization->buffers->sharedHit == 1);
  CHECK(tree->queryId == "-7468625275640550971");
  std::string settings;
  for (const auto& [name, value] : tree->settings) settings += name + "=" + value + ";";
  CHECK(settings ==
        "JIT Inlining=true;Serialization Format=text;Settings work_mem=64kB;Planning Memory "
        "Used=20;");
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

TEST_CASE("postgres: a text of very many steps is read in part, and says so", "[postgres][plan]") {
  std::string text = "{\"Plan\": {\"Node Type\": \"Append\", \"Plans\": [7";
  for (int i = 0; i < 100'010; ++i) text += i % 2 == 0 ? ",{}" : ",7,{}";
  const auto tree = postgres::readPlan(text + "]}}", "15");
  REQUIRE(tree);
  CHECK(tree->root.children.size() == 100'000);
  REQUIRE(tree->warnings.size() == 101);
  CHECK(tree->warnings.back() == "only the first 100000 steps were read");
}
