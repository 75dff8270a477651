#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"factor", 10, "times more or fewer rows than planned"},
    {"critical-factor", 1000, "the same, from which it is critical"},
    // A wrong guess about a handful of rows changes no plan.
    {"rows", 1000, "rows, planned or counted, whichever are more"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const auto& [step, parent] : grading.live()) {
    const PlanNode& node = *step;
    if (!node.estimatedRows || !node.actualRows) continue;
    // A LIMIT stops its inputs early, so their counts say nothing about the estimate.
    if (parent && parent->category == protocol::PlanCategory::limit) continue;
    const double estimated = std::max(*node.estimatedRows, 1.0);
    const double actual = std::max(*node.actualRows, 1.0);
    const double factor = std::max(estimated, actual) / std::min(estimated, actual);
    if (factor < limits["factor"] || std::max(estimated, actual) < limits["rows"]) continue;
    seen.push_back(
        {.node = &node,
         .severity = factor >= limits["critical-factor"] ? Severity::critical : Severity::warning,
         .message = describe(node) + ": the planner expected " +
                    groupedNumber(*node.estimatedRows) + " rows and got " +
                    groupedNumber(*node.actualRows) + ", " + groupedNumber(factor) + " times " +
                    (actual > estimated ? "more" : "fewer"),
         .advice =
             "Refresh the statistics of the tables involved (ANALYZE). If the estimate stays "
             "wrong, the columns of the condition depend on each other or hold skewed values: "
             "extended statistics or histograms help.",
         .evidence = {{"estimated rows", groupedNumber(*node.estimatedRows)},
                      {"actual rows", groupedNumber(*node.actualRows)}}});
  }
  return seen;
}

}  // namespace

extern const Rule rowEstimateOffRule;
const Rule rowEstimateOffRule{"row-estimate-off", "Row estimate far off", thresholds, check};

}  // namespace mydba::plan
