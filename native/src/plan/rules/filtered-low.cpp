#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

constexpr Threshold thresholds[] = {
    {"rows", 10000, "rows that are expected to be read and thrown away"},
    {"kept", 0.1, "part of the rows that is expected to be left, 0 to 1"}};

bool usesIndex(const PlanNode& node) {
  return node.category == PlanCategory::indexScan || node.category == PlanCategory::lookup ||
         node.category == PlanCategory::indexOnlyScan;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    // Measured ones are judged by what was counted, full scans by the rule about them.
    if (node.actualRows || !node.filter || !node.estimatedRead || !node.estimatedRows) continue;
    const PlanNode& access = node.children.empty() ? node : node.children.front();
    if (!usesIndex(access) || !access.relation) continue;
    const double thrown = *node.estimatedRead - *node.estimatedRows;
    if (thrown < limits["rows"] || *node.estimatedRows > *node.estimatedRead * limits["kept"])
      continue;
    const std::string kept = percent(*node.estimatedRows / *node.estimatedRead);
    seen.push_back(
        {.node = &access,
         .severity = protocol::Severity::warning,
         .confidence = protocol::Confidence::likely,
         .message = describe(access) + " is expected to read " +
                    groupedNumber(*node.estimatedRead) + " rows through the index and to keep " +
                    kept + " of them after " + *node.filter,
         .advice = "Add the columns of the filter to the index, behind those it has. The "
                   "index becomes larger, and changes of those columns write to it.",
         .evidence = {{"rows expected to be read", groupedNumber(*node.estimatedRead)},
                      {"kept", kept}},
         .impact = protocol::FindingImpact{
             .ms = std::nullopt, .rows = thrown, .share = grading.share(access)}});
  }
  return seen;
}

}  // namespace

extern const Rule filteredLowRule;
const Rule filteredLowRule{"filtered-low", "Index expected to deliver mostly other rows",
                           thresholds, check};

}  // namespace mydba::plan
