#include <algorithm>

#include "plan/grade.h"
#include "plan/walk.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr double warningFactor = 10;
constexpr double criticalFactor = 1000;
/// A wrong guess about a handful of rows changes no plan.
constexpr double rowsFrom = 1000;

std::vector<Observation> check(const protocol::PlanTree& tree) {
  std::vector<Observation> seen;
  walk(tree.root, [&](const PlanNode& node, const PlanNode* parent, int) {
    if (!node.estimatedRows || !node.actualRows || node.neverExecuted.value_or(false)) return;
    // A LIMIT stops its inputs early, so their counts say nothing about the estimate.
    if (parent && parent->category == protocol::PlanCategory::limit) return;
    const double estimated = std::max(*node.estimatedRows, 1.0);
    const double actual = std::max(*node.actualRows, 1.0);
    const double factor = std::max(estimated, actual) / std::min(estimated, actual);
    if (factor < warningFactor || std::max(estimated, actual) < rowsFrom) return;
    seen.push_back(
        {.node = &node,
         .severity = factor >= criticalFactor ? Severity::critical : Severity::warning,
         .message = describe(node) + ": the planner expected " +
                    groupedNumber(*node.estimatedRows) + " rows and got " +
                    groupedNumber(*node.actualRows) + ", " + groupedNumber(factor) + " times " +
                    (actual > estimated ? "more" : "fewer"),
         .advice =
             "Refresh the statistics of the tables involved (ANALYZE). If the estimate stays "
             "wrong, the columns of the condition depend on each other or hold skewed values: "
             "extended statistics or histograms help.",
         .evidence = {{"estimated rows", groupedNumber(*node.estimatedRows)},
                      {"actual rows", groupedNumber(*node.actualRows)},
                      {"threshold", groupedNumber(warningFactor) + " times"}}});
  });
  return seen;
}

}  // namespace

extern const Rule rowEstimateOffRule;
const Rule rowEstimateOffRule{"row-estimate-off", "Row estimate far off", check};

}  // namespace mydba::plan
