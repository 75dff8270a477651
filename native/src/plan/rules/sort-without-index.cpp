#include "plan/grade.h"
#include "plan/walk.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

/// Sorting fewer rows costs less than reading an index would.
constexpr double rowsFrom = 10000;

std::vector<Observation> check(const protocol::PlanTree& tree) {
  std::vector<Observation> seen;
  walk(tree.root, [&](const PlanNode& node, const PlanNode*, int) {
    if (node.category != PlanCategory::sort) return;
    const auto rows = node.actualRows ? node.actualRows : node.estimatedRows;
    if (rows && *rows < rowsFrom) return;
    Observation observation{
        .node = &node,
        .severity = protocol::Severity::info,
        .message = node.operation + ": rows are collected and sorted before the first one is sent",
        .advice =
            "An index whose columns are those of the WHERE and then of the ORDER BY or GROUP "
            "BY delivers them in order, which pays off most with a LIMIT.",
        .evidence = {}};
    if (rows)
      observation.evidence = {{"rows", groupedNumber(*rows)},
                              {"threshold", groupedNumber(rowsFrom)}};
    seen.push_back(std::move(observation));
  });
  return seen;
}

}  // namespace

extern const Rule sortWithoutIndexRule;
const Rule sortWithoutIndexRule{"sort-without-index", "Sort without an index", check};

}  // namespace mydba::plan
