// Where the time of recorded plans went: every millisecond once, and where it was spent.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "engines/saved_plans.h"
#include "native/catch.h"
#include "plan/derive.h"
#include "plan/walk.h"

using namespace mydba;
namespace fs = std::filesystem;

namespace {

std::vector<protocol::PlanTree> analyzedPlans() {
  std::vector<protocol::PlanTree> plans;
  for (const auto& entry :
       fs::recursive_directory_iterator(MYDBA_SOURCE_DIR "/tests/plans/postgres")) {
    if (entry.path().stem() != "plan") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    auto read = savedPlans(text.str(), {.engine = "postgres"});
    INFO(entry.path().string());
    REQUIRE(read);
    for (auto& plan : *read) {
      plan::derive(plan);
      plan.sql = entry.path().parent_path().filename();
      if (plan.analyzed && plan.root.totalMs.value_or(0) > 0) plans.push_back(std::move(plan));
    }
  }
  return plans;
}

/// CTEs that change data and that nobody reads run after the plan.
double timeAfter(const protocol::PlanTree& tree) {
  std::map<std::string, double> unread;
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    if (node.category == protocol::PlanCategory::modify && node.subplan)
      unread[*node.subplan] = node.totalMs.value_or(0);
  });
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    if (node.operation == "CTE Scan") unread.erase("CTE " + node.relation.value_or(""));
  });
  double sum = 0;
  for (const auto& [name, ms] : unread) sum += ms;
  return sum;
}

}  // namespace

TEST_CASE("postgres: own times of every recorded plan make the whole", "[postgres][plan]") {
  int exact = 0;
  for (auto& tree : analyzedPlans()) {
    INFO(tree.sql);
    const double total = *tree.root.totalMs + timeAfter(tree);
    double own = 0, nodes = 0;
    plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
      own += node.selfMs.value_or(0);
      ++nodes;
    });
    // The server writes microseconds: below a tenth of a millisecond they are more than 1 %.
    const double allowed = std::max(0.01 * total, 0.001 * nodes);
    CHECK(std::abs(own - total) <= allowed);
    exact += std::abs(own - total) <= 0.01 * total;
  }
  CHECK(exact >= 100);
}

TEST_CASE("postgres: an init-plan's time is its reader's, not its holder's", "[postgres][plan]") {
  // The scan waits 8 of its 10 ms for the init-plan, which hangs on the limit above it.
  constexpr auto text = R"json([{"Plan": {"Node Type": "Limit", "Actual Loops": 1,
    "Actual Total Time": 11, "Shared Hit Blocks": 110, "Plans": [
      {"Node Type": "Result", "Parent Relationship": "InitPlan", "Subplan Name":
       "InitPlan 1 (returns $1)", "Actual Loops": 1, "Actual Total Time": 8, "Shared Hit Blocks": 80},
      {"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Filter": "(a > $1)",
       "Actual Loops": 1, "Actual Total Time": 10, "Shared Hit Blocks": 110},
      {"Node Type": "CTE Scan", "Parent Relationship": "SubPlan", "CTE Name": "c", "Filter":
       "(a > $12)", "Actual Loops": 1, "Actual Total Time": 0.5}]}}])json";
  auto plans = savedPlans(text, {.engine = "postgres"});
  REQUIRE(plans);
  auto& tree = plans->front();
  plan::derive(tree);
  CHECK(tree.root.selfMs == Approx(0.5));
  CHECK(tree.root.children.at(0).selfMs == 8);
  CHECK(tree.root.children.at(1).selfMs == 2);
  CHECK(tree.root.children.at(1).selfBuffers->sharedHit == 30);
  CHECK(tree.root.children.at(2).selfMs == 0.5);
}
