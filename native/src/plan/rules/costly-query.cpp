#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Severity;

// MySQL's unit is about the time of one random page read ("The Optimizer Cost Model").
constexpr Threshold thresholds[] = {{"cost", 10000, "cost that the optimizer expects"}};

/// MySQL writes costs in strings in version 1 of its JSON, and the version in 2; only its unit is
/// compared here.
bool isMysqlJson(const protocol::PlanTree& tree) {
  for (const auto& [name, value] : tree.settings)
    if (name == "json_schema_version") return true;
  return !extra(tree.root, "cost_info.query_cost").empty();
}

/// Steps that the optimizer puts on top in the end have no cost of their own.
double queryCost(const Grading& grading) {
  double most = 0;
  for (const Step& step : grading.steps()) most = std::max(most, step.node->totalCost.value_or(0));
  return most;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  // What was measured needs no guess.
  if (grading.tree().analyzed || !isMysqlJson(grading.tree())) return {};
  const double cost = queryCost(grading);
  if (cost < limits["cost"]) return {};
  return {{.severity = Severity::info,
           .confidence = protocol::Confidence::likely,
           .message = "The optimizer expects a cost of " + groupedNumber(cost) +
                      ", as of so many random page reads",
           .advice = "Look at the costliest steps first. Measure it before you change anything: a "
                     "cost is a guess from statistics.",
           .evidence = {{"cost", groupedNumber(cost)}},
           .impact = protocol::FindingImpact{}}};
}

}  // namespace

extern const Rule costlyQueryRule;
const Rule costlyQueryRule{"costly-query", "Costly statement", thresholds, check};

}  // namespace mydba::plan
