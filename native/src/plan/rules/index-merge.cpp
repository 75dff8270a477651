#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"rows", 100, "rows that the indexes deliver together"}};

/// Names of one step in the formats of MySQL and MariaDB, and SQLite's.
bool merges(const PlanNode& node) {
  for (const char* name :
       {"Index merge", "Intersect rows sorted by row ID", "Deduplicate rows sorted by row ID",
        "Sort-deduplicate by row ID", "MULTI-INDEX OR"})
    if (node.operation.starts_with(name)) return true;
  return false;
}

/// Rows that every index must have, or any.
bool intersects(const PlanNode& node) {
  return node.operation.starts_with("Intersect") ||
         (node.index && node.index->find("intersect") != std::string::npos);
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!merges(node)) continue;
    double inputs = 0;
    bool known = false;
    for (const PlanNode& child : node.children) {
      const auto rows = child.actualRows ? child.actualRows : child.estimatedRows;
      known = known || rows;
      inputs += rows.value_or(0);
    }
    const auto out = node.actualRead ? node.actualRead : node.estimatedRead;
    if (!known && out) inputs = *out;
    if ((known || out) && inputs < limits["rows"]) continue;
    const bool both = intersects(node);
    Observation observation{
        .node = &node,
        .severity = protocol::Severity::info,
        .confidence = protocol::Confidence::likely,
        .message =
            describe(node) + ": two or more indexes are read and their rows brought together",
        .advice = both ? "One index over the columns of both finds the rows at once, and replaces "
                         "at least one of the two."
                       : "For an OR this is often the best there is. A UNION of two statements "
                         "lets each use its own index, and sort by it; if one part keeps most of "
                         "the rows, read the table instead."};
    if (inputs > 0) observation.evidence = {{"rows", groupedNumber(inputs)}};
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule indexMergeRule;
const Rule indexMergeRule{"index-merge", "Several indexes merged", thresholds, check};

}  // namespace mydba::plan
