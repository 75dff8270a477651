#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"share", 0.1, "part of the cost of the statement, 0 to 1"},
    {"cost", 1000, "cost without its children, in the planner's unit"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  // Once it was measured, time says it better.
  if (grading.tree().analyzed) return seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const auto share = grading.share(node);
    if (!share || !node.selfCost) continue;
    if (*share < limits["share"] || *node.selfCost < limits["cost"]) continue;
    seen.push_back({.node = &node,
                    .severity = Severity::info,
                    .confidence = protocol::Confidence::likely,
                    .message = describe(node) + " takes " + percent(*share) +
                               " of the planned cost by itself (" + groupedNumber(*node.selfCost) +
                               ")",
                    .advice = "Costs are guesses from statistics. Explain with ANALYZE to see "
                              "where the time really goes; that runs the statement.",
                    .evidence = {{"own cost", groupedNumber(*node.selfCost)},
                                 {"share of the cost", percent(*share)}}});
  }
  return seen;
}

}  // namespace

extern const Rule costlyStepRule;
const Rule costlyStepRule{"costly-step", "Takes much of the cost", thresholds, check, {}, true};

}  // namespace mydba::plan
