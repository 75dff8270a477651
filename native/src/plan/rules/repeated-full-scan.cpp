#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

// Two rounds are a coincidence, more are a pattern.
constexpr Threshold thresholds[] = {{"loops", 3, "times that the table is read"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const auto& [step, parent] : grading.live()) {
    const PlanNode& node = *step;
    if (node.category != PlanCategory::scan || !node.relation) continue;
    // Parallel workers run the same scan once each: that is one read, shared.
    if (parent && parent->category == PlanCategory::parallel) continue;
    if (!node.loops || *node.loops < limits["loops"]) continue;
    seen.push_back(
        {.node = &node,
         .severity = protocol::Severity::critical,
         .message = describe(node) + " ran " + groupedNumber(*node.loops) +
                    " times: the whole table is read again for each row of the other side",
         .advice = "Create an index on the column that joins " + *node.relation +
                   ", so that each round reads only the rows that match.",
         .evidence = {{"loops", groupedNumber(*node.loops)}}});
  }
  return seen;
}

}  // namespace

extern const Rule repeatedFullScanRule;
const Rule repeatedFullScanRule{"repeated-full-scan", "Table read again for every row", thresholds,
                                check};

}  // namespace mydba::plan
