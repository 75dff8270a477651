#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Severity;

constexpr Threshold thresholds[] = {{"share", 0.1, "part of the time of the statement, 0 to 1"},
                                    {"ms", 10, "milliseconds of one trigger"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  const auto& tree = grading.tree();
  if (!tree.triggers || !tree.executionMs) return seen;
  for (const auto& trigger : *tree.triggers) {
    const double ms = trigger.totalMs.value_or(0);
    const double share = std::min(1.0, part(ms, *tree.executionMs));
    if (ms < limits["ms"] || share < limits["share"]) continue;
    seen.push_back(
        {.severity = share >= 0.5 ? Severity::warning : Severity::info,
         .message = "The trigger " + trigger.name +
                    (trigger.relation ? " on " + *trigger.relation : "") + " ran " +
                    groupedNumber(trigger.calls.value_or(0)) + " times and took " + duration(ms) +
                    ", " + percent(share) + " of the time",
         .advice = "When it checks a foreign key, index the columns that refer to the table "
                   "changed: without it each row reads the whole other table. When it is a trigger "
                   "of yours, "
                   "let it work once for the statement instead of once for each row.",
         .evidence = {{"calls", groupedNumber(trigger.calls.value_or(0))}, {"time", duration(ms)}},
         .impact = protocol::FindingImpact{.ms = ms, .share = share}});
  }
  return seen;
}

}  // namespace

extern const Rule triggerTimeRule;
const Rule triggerTimeRule{"trigger-time", "Triggers take much of the time", thresholds, check};

}  // namespace mydba::plan
