#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"rows", 1000, "rows read, or expected to be"}};
constexpr std::string_view covered[] = {"full-table-scan", "repeated-full-scan"};

/// Names of one step: MariaDB, MySQL's JSON versions 1 and 2, and its text.
bool isChecked(const PlanNode& node) {
  return node.operation == "Range checked for each record" ||
         !extra(node, "range_checked_for_each_record").empty() ||
         extra(node, "index_access_type") == "dynamic_index_range_scan" ||
         node.operation.find("re-planned for each iteration") != std::string::npos;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!isChecked(node)) continue;
    auto rows = node.actualRead ? node.actualRead : node.estimatedRead;
    if (!rows) rows = node.actualRows ? node.actualRows : node.estimatedRows;
    if (rows && *rows < limits["rows"]) continue;
    Observation observation{
        .node = &node,
        .severity = protocol::Severity::warning,
        .message = describe(node) +
                   ": for each row of the tables before it the server decides anew "
                   "whether an index helps, and reads the table in full when none does",
        .advice =
            "Index the column that is compared, of the same type on both sides, and compare "
            "it with = or with bounds that do not depend on an expression of two tables."};
    if (rows) observation.evidence = {{"rows", groupedNumber(*rows)}};
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule rangeCheckedRule;
const Rule rangeCheckedRule{"range-checked", "Index looked for at each row", thresholds, check,
                            covered};

}  // namespace mydba::plan
