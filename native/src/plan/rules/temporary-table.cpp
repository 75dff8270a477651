#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanCategory;
using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"rows", 10000, "rows that go into the temporary table"}};

/// A derived table is one as well, but nobody asks for it to group or to sort.
bool usesTemporaryTable(const PlanNode& node) {
  if (node.operation == "Materialize") return false;
  if (extra(node, "using_temporary_table") == "true") return true;
  return node.operation.starts_with("Temporary table") ||
         node.operation == "Aggregate using temporary table" ||
         (node.operation.starts_with("USE TEMP B-TREE") &&
          node.category == PlanCategory::aggregate);
}

/// What goes in; nothing when the engine does not say.
std::optional<double> rowsIn(const PlanNode& node) {
  std::optional<double> rows;
  for (const PlanNode& child : node.children) {
    const auto more = child.actualRows ? child.actualRows : child.estimatedRows;
    if (more) rows = rows.value_or(0) + *more;
  }
  return rows;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!usesTemporaryTable(node)) continue;
    const auto rows = rowsIn(node);
    if (rows && *rows < limits["rows"]) continue;
    Observation observation{
        .node = &node,
        .severity = rows ? protocol::Severity::warning : protocol::Severity::info,
        .confidence = !rows                     ? Confidence::possible
                      : grading.tree().analyzed ? Confidence::certain
                                                : Confidence::likely,
        .message = node.operation + ": " +
                   (rows ? groupedNumber(*rows) + " rows are" : "rows are") +
                   " collected in a temporary table to group them, to find duplicates or to sort",
        .advice =
            "An index whose first columns are those of the GROUP BY, DISTINCT or ORDER BY delivers "
            "the rows in groups, and no table is needed. Where that cannot be, narrow the rows "
            "before they are grouped. A table that outgrows its memory goes on on disk.",
        .impact =
            protocol::FindingImpact{.ms = node.selfMs, .rows = rows, .share = grading.share(node)}};
    if (rows) observation.evidence = {{"rows", groupedNumber(*rows)}};
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule temporaryTableRule;
const Rule temporaryTableRule{"temporary-table", "Temporary table", thresholds, check};

}  // namespace mydba::plan
