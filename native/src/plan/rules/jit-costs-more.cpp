#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Severity;

constexpr Threshold thresholds[] = {{"share", 0.25, "part of the time of the statement, 0 to 1"},
                                    {"ms", 20, "milliseconds of compiling"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const auto& tree = grading.tree();
  if (!tree.jit || !tree.jit->totalMs || !tree.executionMs) return {};
  const double ms = *tree.jit->totalMs, share = std::min(1.0, part(ms, *tree.executionMs));
  if (ms < limits["ms"] || share < limits["share"]) return {};
  return {{.severity = share >= 0.5 ? Severity::warning : Severity::info,
           .message = "Compiling " + groupedNumber(tree.jit->functions.value_or(0)) +
                      " expressions to machine code took " + duration(ms) + ", " + percent(share) +
                      " of the time",
           .advice = "It pays off only for statements that run for seconds over many rows. A cost "
                     "that is estimated too high starts it for others; raise jit_above_cost or "
                     "turn it off for this session.",
           .remedies = {{.title = "Turn compiling off for this session",
                         .sql = "SET jit = off",
                         .tradeOff = "Long statements with many expressions become slower."}},
           .evidence = {{"compiling", duration(ms)}, {"share", percent(share)}},
           .impact = protocol::FindingImpact{.ms = ms, .share = share}}};
}

}  // namespace

extern const Rule jitCostsMoreRule;
const Rule jitCostsMoreRule{"jit-costs-more", "Compiling takes a large part of the time",
                            thresholds, check};

}  // namespace mydba::plan
