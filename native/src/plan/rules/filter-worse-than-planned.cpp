#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"rows", 1000, "rows read"},
                                    {"factor", 10, "times fewer rows left than planned"}};
constexpr std::string_view covered[] = {"row-estimate-off"};

/// Only where something else was planned with the number.
bool isJoined(const Grading& grading, const PlanNode& node) {
  for (const PlanNode* at = grading.parentOf(node); at; at = grading.parentOf(*at))
    if (at->category == protocol::PlanCategory::join) return true;
  return false;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!node.filter || !node.estimatedRead || !node.estimatedRows || !node.actualRows) continue;
    if (node.actualRead.value_or(0) < limits["rows"] || *node.estimatedRead <= 0) continue;
    if (!isJoined(grading, node)) continue;
    const double planned = std::min(1.0, *node.estimatedRows / *node.estimatedRead);
    const double left = std::max(*node.actualRows, 1.0) / *node.actualRead;
    if (planned < limits["factor"] * left) continue;
    const std::string expected = percent(planned), counted = groupedNumber(*node.actualRows);
    seen.push_back(
        {.node = &node,
         .severity = protocol::Severity::warning,
         .message = describe(node) + " was expected to keep " + expected +
                    " of its rows and kept " + counted + " of " + groupedNumber(*node.actualRead) +
                    ": the order of the joins rests on the wrong number",
         .advice = "Tell the optimizer how the values are spread: a histogram of the column "
                   "(ANALYZE TABLE), or an index on it, whose pages are looked at while planning. "
                   "Histograms are not kept up to date by themselves.",
         .evidence = {{"planned to keep", expected},
                      {"rows kept", counted},
                      {"rows read", groupedNumber(*node.actualRead)}}});
  }
  return seen;
}

}  // namespace

extern const Rule filterWorseThanPlannedRule;
const Rule filterWorseThanPlannedRule{
    "filter-worse-than-planned", "Filter keeps far fewer than planned", thresholds, check, covered};

}  // namespace mydba::plan
