#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"share", 0.1, "part of the time of the statement below it, 0 to 1"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const double planned = static_cast<double>(node.workersPlanned.value_or(0));
    const double launched = static_cast<double>(node.workersLaunched.value_or(0));
    if (!node.workersLaunched || launched >= planned) continue;
    const auto share = grading.shareWithChildren(node);
    if (share && *share < limits["share"]) continue;
    seen.push_back(
        {.node = &node,
         .severity = launched == 0 ? Severity::warning : Severity::info,
         .message = describe(node) + " got " + groupedNumber(launched) + " of " +
                    groupedNumber(planned) + " parallel workers",
         .advice = "All workers of the server were busy. Raise max_parallel_workers (and "
                   "max_worker_processes) if it has idle processors, or run this when there is "
                   "less to do: the plan was made for more hands and may be wrong for fewer.",
         .evidence = {{"workers planned", groupedNumber(planned)},
                      {"workers launched", groupedNumber(launched)}},
         .impact = protocol::FindingImpact{.ms = node.totalMs, .share = share}});
  }
  return seen;
}

}  // namespace

extern const Rule workersMissingRule;
const Rule workersMissingRule{"workers-missing", "Fewer parallel workers than planned", thresholds,
                              check};

}  // namespace mydba::plan
