#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Severity;

constexpr Threshold thresholds[] = {{"ms", 10, "milliseconds of planning"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const auto& tree = grading.tree();
  if (!tree.planningMs || !tree.executionMs) return {};
  const double ms = *tree.planningMs;
  if (ms < limits["ms"] || ms <= *tree.executionMs) return {};
  Observation observation{
      .severity = ms >= 10 * limits["ms"] ? Severity::warning : Severity::info,
      .message = "Planning took " + duration(ms) + ", running " + duration(*tree.executionMs),
      .advice =
          "Prepare the statement once and run it often, or let it touch fewer partitions "
          "and join fewer tables. The first plan of a session also reads the catalogue.",
      .evidence = {{"planning", duration(ms)}, {"running", duration(*tree.executionMs)}},
      .impact = protocol::FindingImpact{.ms = ms, .share = part(ms, ms + *tree.executionMs)}};
  if (tree.planningBuffers && tree.planningBuffers->sharedRead.value_or(0) > 0)
    observation.evidence.push_back(
        {"pages read for it", groupedNumber(*tree.planningBuffers->sharedRead)});
  return {observation};
}

}  // namespace

extern const Rule planningDominatesRule;
const Rule planningDominatesRule{"planning-dominates", "Planning takes longer than running",
                                 thresholds, check};

}  // namespace mydba::plan
