#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

// Sorting fewer rows costs less than reading an index would.
constexpr Threshold thresholds[] = {{"rows", 10000, "rows sorted"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (node.category != PlanCategory::sort) continue;
    const auto rows = node.actualRows ? node.actualRows : node.estimatedRows;
    if (rows && *rows < limits["rows"]) continue;
    Observation observation{
        .node = &node,
        .severity = protocol::Severity::info,
        .message = node.operation + ": rows are collected and sorted before the first one is sent",
        .advice =
            "An index whose columns are those of the WHERE and then of the ORDER BY or GROUP "
            "BY delivers them in order, which pays off most with a LIMIT.",
        .evidence = {}};
    if (rows) observation.evidence = {{"rows", groupedNumber(*rows)}};
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule sortWithoutIndexRule;
const Rule sortWithoutIndexRule{"sort-without-index", "Sort without an index", thresholds, check};

}  // namespace mydba::plan
