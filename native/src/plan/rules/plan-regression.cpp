#include "plan/rule.h"
#include "plan/shape.h"

namespace mydba::plan {
namespace {

constexpr Threshold thresholds[] = {{"factor", 2, "times slower than with the fastest other plan"},
                                    {"critical-factor", 10, "the same, from which it is critical"},
                                    // The clock and the cache decide about less.
                                    {"ms", 5, "milliseconds that it takes now"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  const protocol::PlanTree& tree = grading.tree();
  if (!tree.analyzed || !tree.executionMs || !tree.earlier) return {};
  if (*tree.executionMs < limits["ms"]) return {};
  const std::string shape = shapeOf(tree);
  const protocol::PlanRecord* best = nullptr;
  for (const auto& record : *tree.earlier)
    if (record.executionMs && record.shape != shape &&
        (!best || *record.executionMs < *best->executionMs))
      best = &record;
  if (!best || *best->executionMs <= 0) return {};
  const double factor = *tree.executionMs / *best->executionMs;
  if (factor < limits["factor"]) return {};
  return {{.node = nullptr,
           .severity = factor >= limits["critical-factor"] ? protocol::Severity::critical
                                                           : protocol::Severity::warning,
           .confidence = protocol::Confidence::certain,
           .message = "this statement took " + duration(*tree.executionMs) + ", and " +
                      duration(*best->executionMs) + " with another plan that it had until " +
                      best->lastSeen,
           .advice = "Compare the two plans. What usually changes a plan are new statistics, an "
                     "index that is gone, other values, more rows or a new server version. Values "
                     "may explain it alone: measure both plans with the same ones.",
           .evidence = {{"now", duration(*tree.executionMs)},
                        {"fastest other plan", duration(*best->executionMs) + ", seen " +
                                                   std::to_string(best->count) + " times"}},
           .impact = protocol::FindingImpact{
               .ms = *tree.executionMs - *best->executionMs, .rows = {}, .share = 1 - 1 / factor}}};
}

}  // namespace

extern const Rule planRegressionRule;
const Rule planRegressionRule{"plan-regression", "Slower than with an earlier plan", thresholds,
                              check};

}  // namespace mydba::plan
