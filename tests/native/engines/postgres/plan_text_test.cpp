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
