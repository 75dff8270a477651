#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"width", 500, "bytes of a row"}, {"rows", 10000, "rows"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const bool keeps = node.category == PlanCategory::sort || node.operation == "Hash" ||
                       node.operation == "Parallel Hash";
    // A heap of the first few keeps no others.
    if (!keeps || extra(node, "Sort Method") == "top-N heapsort") continue;
    const double width = node.width.value_or(0), rows = rowsOut(node).value_or(0);
    if (width < limits["width"] || rows < limits["rows"]) continue;
    seen.push_back(
        {.node = &node,
         .severity = Severity::info,
         .confidence = Confidence::likely,
         .message = describe(node) + " keeps " + counted(node, rows) + " rows of about " +
                    groupedNumber(width) + " bytes, " + dataSize(width * rows) + " in all",
         .advice = "Sort or join only the key and the columns that are compared, and "
                   "fetch the long ones for the rows that are left; SELECT * carries "
                   "every column through.",
         .evidence = {{"bytes of a row", groupedNumber(width)}, {"rows", counted(node, rows)}}});
  }
  return seen;
}

}  // namespace

extern const Rule wideRowsSortedRule;
const Rule wideRowsSortedRule{"wide-rows-sorted", "Long rows are sorted or hashed", thresholds,
                              check};

}  // namespace mydba::plan
