#include <algorithm>
#include <cstdio>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"factor", 2, "cost of the generic plan, over that of one for the sampled values"},
    {"cost", 100, "difference of the costs, in the planner's unit"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const auto& tree = grading.tree();
  if (tree.values != protocol::PlanValues::generic || !tree.customCost || !tree.root.totalCost)
    return {};
  const double generic = *tree.root.totalCost, custom = std::max(*tree.customCost, 0.01);
  if (generic < limits["factor"] * custom || generic - custom < limits["cost"]) return {};
  char factor[32];
  std::snprintf(factor, sizeof factor, "%.1f", generic / custom);
  return {{.severity = Severity::warning,
           .confidence = Confidence::likely,
           .message = "The plan for any value costs " + groupedNumber(generic) +
                      ", one for values from the statistics " + groupedNumber(custom) + ": " +
                      factor + " times less",
           .advice = "A prepared statement takes the generic plan after five runs if it looks as "
                     "cheap on average. Let it be planned for its values each time.",
           .remedies = {{.title = "Plan for the values at each run",
                         .sql = "SET plan_cache_mode = force_custom_plan",
                         .tradeOff = "Every run of every prepared statement of the session plans "
                                     "again."}},
           .evidence = {{"generic cost", groupedNumber(generic)},
                        {"custom cost", groupedNumber(custom)}}}};
}

}  // namespace

extern const Rule genericPlanWorseRule;
const Rule genericPlanWorseRule{
    "generic-plan-worse", "Plan for any value is worse than one for this value", thresholds, check};

}  // namespace mydba::plan
