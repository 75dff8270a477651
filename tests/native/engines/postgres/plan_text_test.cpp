// EXPLAIN's text format: the same plans as in JSON (twin.txt beside plan.json in the library), and
// what people paste.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "engines/saved_plans.h"
#include "native/catch.h"
#include "plan/walk.h"

using namespace mydba;
namespace fs = std::filesystem;

namespace {

std::string readFile(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

protocol::PlanTree onlyPlan(const std::string& text) {
  auto plans = savedPlans(text, {});
  REQUIRE(plans);
  REQUIRE(plans->size() == 1);
  CHECK(plans->front().engine == "postgres");
  CHECK(plans->front().warnings.empty());
  return std::move(plans->front());
}

bool changesData(const protocol::PlanTree& tree) {
  bool changes = false;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    changes |= node.category == protocol::PlanCategory::modify;
  });
  return changes;
}

/// Fields of a step that both formats have and that two runs have alike.
std::string comparable(const protocol::PlanNode& node, int depth) {
  // Only JSON says these, or text in other words.
  const std::set<std::string> other{"Inner Unique",
                                    "Original Hash Buckets",
                                    "Original Hash Batches",
                                    "Sampling Method",
                                    "Sampling Parameters",
                                    "Sampling",
                                    "Repeatable Seed",
                                    "Actual Startup Time",
                                    "Grouping Sets",
                                    "Group Key",
                                    "Hash Key"};
  std::set<std::string> extra;
  for (const auto& [name, value] : node.extra)
    if (!other.contains(name)) extra.insert(name + "=" + value);
  std::ostringstream text;
  text << std::string(static_cast<std::size_t>(depth), ' ') << node.operation << "|"
       << node.relation.value_or("") << "|" << node.alias.value_or("") << "|"
       << node.index.value_or("") << "|" << node.condition.value_or("") << "|"
       << node.filter.value_or("") << "|" << node.subplan.value_or("") << "|"
       << (node.role ? protocol::name(*node.role) : "") << "|rows "
       << node.estimatedRows.value_or(-1) << " " << node.actualRows.value_or(-1) << " "
       << node.rowsRemoved.value_or(0) << " " << node.rowsRemovedByJoin.value_or(0) << " "
       << node.rowsRemovedByRecheck.value_or(0) << "|" << node.loops.value_or(-1) << "|"
       << node.startupCost.value_or(-1) << " " << node.totalCost.value_or(-1) << "|"
       << node.width.value_or(-1) << "|workers " << node.workersPlanned.value_or(-1) << " "
       << node.workersLaunched.value_or(-1) << " " << (node.workers ? node.workers->size() : 0)
       << "|" << node.disabled.value_or(false) << node.neverExecuted.value_or(false)
       << node.totalMs.has_value();
  for (const auto& field : extra) text << "|" << field;
  return text.str();
}

/// Below a Gather every run has its own order: which process took what is not compared.
void withoutChance(protocol::PlanNode& node, bool parallel) {
  const std::set<std::string> chance{"Heap Fetches"},
      parallelChance{"Sort Space Used", "Peak Memory Usage", "Disk Usage", "HashAgg Batches"};
  std::erase_if(node.extra, [&](const protocol::NamedValue& field) {
    return chance.contains(field.name) || (parallel && parallelChance.contains(field.name));
  });
  if (parallel) {
    node.loops = node.estimatedRows = node.actualRows = std::nullopt;
    node.workers.reset();
  }
  parallel |= node.category == protocol::PlanCategory::parallel;
  for (auto& child : node.children) withoutChance(child, parallel);
}

std::string comparable(protocol::PlanTree tree) {
  std::string text;
  withoutChance(tree.root, false);
  // What the first run wrote and rolled back makes the table larger for the second.
  if (changesData(tree))
    plan::walk(tree.root, [](protocol::PlanNode& node, protocol::PlanNode*, int) {
      node.estimatedRows = node.startupCost = node.totalCost = std::nullopt;
    });
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int depth) {
    text += comparable(node, depth) + "\n";
  });
  for (const auto& [name, value] : tree.settings) text += name + "=" + value + "\n";
  if (tree.triggers)
    for (const auto& trigger : *tree.triggers)
      text += trigger.name + " " + std::to_string(trigger.calls.value_or(-1)) + "\n";
  return text + tree.queryId.value_or("") + (tree.jit ? " jit" : "") +
         (tree.planningMs ? " planned" : "") + (tree.executionMs ? " executed" : "") +
         (tree.serialization ? " serialized" : "");
}

}  // namespace

TEST_CASE("postgres: a plan in text is the tree of the same plan in JSON", "[postgres][plan]") {
  int twins = 0;
  for (const auto& entry : fs::directory_iterator(MYDBA_SOURCE_DIR "/tests/plans/postgres")) {
    if (!fs::exists(entry.path() / "twin.txt")) continue;
    INFO(entry.path().string());
    const auto json = onlyPlan(readFile(entry.path() / "plan.json"));
    const auto text = onlyPlan(readFile(entry.path() / "twin.txt"));
    CHECK(comparable(text) == comparable(json));
    ++twins;
  }
  CHECK(twins >= 100);
}

TEST_CASE("postgres: plans are read as people paste them", "[postgres][plan]") {
  const std::string bare =
      "Limit  (cost=0.42..1.00 rows=5 width=8) (actual time=0.010..0.020 rows=5 loops=1)\n"
      "  ->  Index Scan Backward using \"a on b\" on public.\"; DROP\" d  (cost=0.42..8.44 rows=9 "
      "width=8) (actual time=0.010..0.015 rows=5 loops=1)\n"
      "        Filter: (note = ' on x  (cost=1..2 rows=3 width=4)'::text)\n"
      "        Rows Removed by Filter: 3\n"
      "Execution Time: 0.050 ms\n";
  std::string framed = "|        QUERY PLAN        |\n|-----+----|\n", indented;
  std::istringstream lines(bare);
  for (std::string line; std::getline(lines, line);) {
    framed += "| " + line + "   |\n";
    indented += "    " + line + "\r\n";
  }
  // The first line lost its indentation in the selection.
  const std::string cut = indented.substr(4);
  for (const std::string& text :
       {bare, framed + "(5 rows)\n", "explain analyze select 1;\n" + indented, cut}) {
    INFO(text);
    const auto tree = onlyPlan(text);
    CHECK(tree.analyzed);
    CHECK(tree.executionMs == 0.05);
    CHECK(tree.raw == text);
    REQUIRE(tree.root.children.size() == 1);
    const auto& scan = tree.root.children[0];
    CHECK(scan.operation == "Index Scan Backward");
    CHECK(scan.index == "a on b");
    CHECK(scan.relation == "; DROP");
    CHECK(scan.alias == "d");
    CHECK(scan.rowsRemoved == 3);
    CHECK(scan.filter == "(note = ' on x  (cost=1..2 rows=3 width=4)'::text)");
  }
}

TEST_CASE("postgres: psql's cell of JSON is read without its frame", "[postgres][plan]") {
  const auto tree = onlyPlan(
      "              QUERY PLAN              \n--------------------------------------\n"
      " [                                   +\n   {\"Plan\": {\"Node Type\": \"Result\"}}+\n ]\n"
      "(1 row)\n\n");
  CHECK(tree.root.operation == "Result");
}

TEST_CASE("postgres: a log's plans are found behind any prefix", "[postgres][plan]") {
  const std::string log =
      "2026-11-21 10:00:00 UTC:10.0.0.1(5432):app@shop:[77]:LOG:  duration: 12.500 ms  plan:\n"
      "\tQuery Text: select *\n\t  from a -- duration: 1 ms  plan: none\n"
      "\tQuery Parameters: $1 = '5'\n"
      "\tSeq Scan on a  (cost=0.00..1.00 rows=1 width=4)\n\t  Filter: (x = 5)\n"
      "2026-11-21 10:00:01 UTC [77] LOG:  connection received\n"
      "<app> LOG:  duration: 3.000 ms  plan:\n"
      "\t{\n\t  \"Query Text\": \"select 2\",\n\t  \"Plan\": {\"Node Type\": \"Result\"}\n\t}\n"
      "LOG:  duration: 3.000 ms  plan:\n\t{\"Plan\": [\n";
  const auto plans = savedPlans(log, {.engine = "postgres"});
  REQUIRE(plans);
  REQUIRE(plans->size() == 2);
  CHECK(plans->at(0).sql == "select *\n  from a -- duration: 1 ms  plan: none");
  CHECK(plans->at(0).executionMs == 12.5);
  CHECK(plans->at(0).root.filter == "(x = 5)");
  CHECK(plans->at(1).sql == "select 2");
  CHECK(plans->at(1).executionMs == 3);
}

TEST_CASE("postgres: text that is no plan, or a hostile one, is refused", "[postgres][plan]") {
  std::string deep = "Limit  (cost=0.00..1.00 rows=1 width=4)\n";
  for (std::size_t i = 1; i < 5000; ++i)
    deep += std::string(6 * i, ' ') + "->  Limit  (cost=0.00..1.00 rows=1 width=4)\n";
  for (const std::string& text :
       {deep, std::string("- Plan: \n    Node Type: \"Seq Scan\"\n"),
        std::string("<explain><Query><Plan><Node-Type>Limit</Node-Type></Plan></Query></explain>"),
        std::string("duration: 1 ms  plan:\n"), std::string("hello\n-> world\n")}) {
    const auto plans = savedPlans(text, {.engine = "postgres"});
    REQUIRE_FALSE(plans);
    CHECK(plans.error().code == ErrorCode::invalidParams);
  }
  for (const char* odd :
       {"X  (cost=..  rows= width=)\n  Worker\n  Worker 0\n  Sort Method:\n  Buckets: \n JIT:\n  "
        "Options: ,,\nSettings: a = '\nTrigger : \n  SubPlan 1\n",
        "Seq Scan on \"  (cost=1..1 rows=1e999 width=1)\n  Buffers: = =, shared\n  Full-sort "
        "Groups: \n"}) {
    const auto plans = savedPlans(odd, {.engine = "postgres"});
    CHECK(plans);
  }
}
