#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Severity;

constexpr Threshold thresholds[] = {{"share", 0.1, "part of the time of the statement, 0 to 1"},
                                    {"ms", 10, "milliseconds of it"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const auto& tree = grading.tree();
  if (!tree.serialization || !tree.serialization->totalMs || !tree.executionMs) return {};
  const double ms = *tree.serialization->totalMs;
  const double share = std::min(1.0, part(ms, *tree.executionMs));
  if (ms < limits["ms"] || share < limits["share"]) return {};
  const double bytes = tree.serialization->bytes.value_or(0);
  return {
      {.severity = share >= 0.5 ? Severity::warning : Severity::info,
       .message = "Turning the result into what the client gets took " + duration(ms) + ", " +
                  percent(share) + " of the time, for " + dataSize(bytes),
       .advice = "Select only the columns that are needed: long values are stored out of line "
                 "and are fetched and unpacked only when they are sent. A binary protocol or "
                 "fewer rows help too.",
       .evidence = {{"time", duration(ms)}, {"share", percent(share)}, {"bytes", dataSize(bytes)}},
       .impact = protocol::FindingImpact{.ms = ms, .share = share}}};
}

}  // namespace

extern const Rule serializationCostRule;
const Rule serializationCostRule{"serialization-cost", "Making the result takes much of the time",
                                 thresholds, check};

}  // namespace mydba::plan
