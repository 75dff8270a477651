#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::PlanRole;

constexpr Threshold thresholds[] = {{"depth", 5, "sub-queries inside of each other"}};

bool isSubquery(const PlanNode& node) {
  return node.role == PlanRole::subplan || node.role == PlanRole::initplan;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const PlanNode* deepest = nullptr;
  double most = limits["depth"];
  for (const Step& step : grading.steps()) {
    if (!isSubquery(*step.node)) continue;
    double depth = 0;
    for (const PlanNode* at = step.node; at; at = grading.parentOf(*at)) depth += isSubquery(*at);
    if (depth <= most) continue;
    most = depth;
    deepest = step.node;
  }
  if (!deepest) return {};
  return {{.node = deepest,
           .severity = protocol::Severity::info,
           .message = groupedNumber(most) + " sub-queries stand inside of each other",
           .advice = "Each one that depends on the rows outside runs for each of them, times those "
                     "around it. Write them as joins, or as named queries of a WITH; the optimizer "
                     "has more ways then, and people can read it.",
           .evidence = {{"depth", groupedNumber(most)}}}};
}

}  // namespace

extern const Rule deepSubqueriesRule;
const Rule deepSubqueriesRule{"deep-subqueries", "Deeply nested sub-queries", thresholds, check};

}  // namespace mydba::plan
