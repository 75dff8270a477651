#include "plan/grade.h"
#include "plan/walk.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

/// Two rounds are a coincidence, more are a pattern.
constexpr double loopsFrom = 3;

std::vector<Observation> check(const protocol::PlanTree& tree) {
  std::vector<Observation> seen;
  walk(tree.root, [&](const PlanNode& node, const PlanNode* parent, int) {
    if (node.category != PlanCategory::scan || !node.relation) return;
    // Parallel workers run the same scan once each: that is one read, shared.
    if (parent && parent->category == PlanCategory::parallel) return;
    if (!node.loops || *node.loops < loopsFrom) return;
    seen.push_back(
        {.node = &node,
         .severity = protocol::Severity::critical,
         .message = describe(node) + " ran " + groupedNumber(*node.loops) +
                    " times: the whole table is read again for each row of the other side",
         .advice = "Create an index on the column that joins " + *node.relation +
                   ", so that each round reads only the rows that match.",
         .evidence = {{"loops", groupedNumber(*node.loops)},
                      {"threshold", groupedNumber(loopsFrom)}}});
  });
  return seen;
}

}  // namespace

extern const Rule repeatedFullScanRule;
const Rule repeatedFullScanRule{"repeated-full-scan", "Table read again for every row", check};

}  // namespace mydba::plan
