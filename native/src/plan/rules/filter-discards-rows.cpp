#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"rows", 10000, "rows read through the index"},
                                    {"share", 0.9, "part of them thrown away, 0 to 1"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    // Full scans have their own rule; here an index was used and did not narrow enough.
    if (node.category != PlanCategory::indexScan && node.category != PlanCategory::lookup) continue;
    if (!node.rowsRemoved || !node.actualRows) continue;
    const double read = *node.rowsRemoved + *node.actualRows;
    if (read < limits["rows"] || *node.rowsRemoved / read < limits["share"]) continue;
    const std::string share = groupedNumber(100 * *node.rowsRemoved / read) + " %";
    seen.push_back(
        {.node = &node,
         .severity = protocol::Severity::warning,
         .message = describe(node) + " read " + groupedNumber(read) +
                    " rows through the index and threw " + share + " of them away",
         .advice = "Add the columns of the filter to the index" +
                   (node.index ? " " + *node.index : std::string()) +
                   ", behind the columns it already has.",
         .evidence = {{"rows removed", groupedNumber(*node.rowsRemoved)}, {"share", share}}});
  }
  return seen;
}

}  // namespace

extern const Rule filterDiscardsRowsRule;
const Rule filterDiscardsRowsRule{"filter-discards-rows", "Index too wide for the filter",
                                  thresholds, check};

}  // namespace mydba::plan
