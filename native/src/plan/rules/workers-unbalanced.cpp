#include <algorithm>
#include <cstdio>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"factor", 2, "rows of the busiest worker, over the mean"},
                                    {"rows", 10000, "rows of all workers"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    // Steps above repeat what the one that reads already says.
    if (!node.workers || node.workers->size() < 2 || !node.children.empty()) continue;
    double most = 0, all = 0;
    for (const auto& worker : *node.workers) {
      most = std::max(most, worker.actualRows.value_or(0));
      all += worker.actualRows.value_or(0);
    }
    const double mean = all / static_cast<double>(node.workers->size());
    if (all < limits["rows"] || most < limits["factor"] * mean) continue;
    char factor[32];
    std::snprintf(factor, sizeof factor, "%.1f", most / mean);
    seen.push_back({.node = &node,
                    .severity = Severity::info,
                    .message = describe(node) + ": one of " +
                               groupedNumber(static_cast<double>(node.workers->size())) +
                               " workers had " + counted(node, most) + " of " + counted(node, all) +
                               " rows, " + factor + " times the mean",
                    .advice = "The others waited for it. Rows that lie together on few pages, or "
                              "one large partition, cause it; so does a table too small to share.",
                    .evidence = {{"rows of the busiest", counted(node, most)},
                                 {"rows of all", counted(node, all)}}});
  }
  return seen;
}

}  // namespace

extern const Rule workersUnbalancedRule;
const Rule workersUnbalancedRule{"workers-unbalanced", "One parallel worker does most of the work",
                                 thresholds, check};

}  // namespace mydba::plan
