#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"share", 0.1, "part of the time of the statement, 0 to 1"},
                                    // Nobody waits for less.
                                    {"ms", 50, "milliseconds without its children"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  if (!grading.tree().analyzed) return seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const auto share = grading.share(node);
    if (!share || !node.selfMs) continue;
    if (*share < limits["share"] || *node.selfMs < limits["ms"]) continue;
    seen.push_back({.node = &node,
                    .severity = Severity::info,
                    .message = describe(node) + " takes " + percent(*share) +
                               " of the time by itself (" + duration(*node.selfMs) + ")",
                    .advice = "Begin here: a better way for the other steps changes little. No "
                              "other rule found a reason, so it may be the work that was asked "
                              "for; reading or returning fewer rows makes it shorter.",
                    .evidence = {{"own time", duration(*node.selfMs)},
                                 {"share of the time", percent(*share)}}});
  }
  return seen;
}

}  // namespace

extern const Rule slowStepRule;
const Rule slowStepRule{"slow-step", "Takes much of the time", thresholds, check, {}, true};

}  // namespace mydba::plan
