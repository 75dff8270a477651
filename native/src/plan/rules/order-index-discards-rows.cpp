#include <algorithm>

#include "plan/condition_columns.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"rows", 10000, "rows thrown away"},
                                    {"share", 0.9, "part of the rows read, 0 to 1"}};

constexpr std::string_view covered[] = {"filter-discards-rows"};

bool collects(const PlanNode& node) {
  return node.category == PlanCategory::sort || node.category == PlanCategory::aggregate ||
         node.category == PlanCategory::materialize;
}

/// Columns of the filter that are compared with `=`, then those of the index that gave the order.
std::vector<std::string> filterThenOrder(const Grading& grading, const PlanNode& node) {
  const auto* facts = grading.relationOf(node);
  auto columns = filterColumns(grading.tree(), node).equal;
  if (columns.empty() || !facts || !facts->indexes) return columns;
  for (const auto& index : *facts->indexes) {
    if (index.name != node.index) continue;
    for (const std::string& column : index.columns)
      if (std::find(columns.begin(), columns.end(), column) == columns.end())
        columns.push_back(column);
  }
  return columns;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  std::vector<bool> hurried(grading.steps().size());
  for (const auto& [step, parent] : grading.steps()) {
    const PlanNode& node = *step;
    // Below a LIMIT, and nothing between that needs all rows before it gives the first.
    const auto at = static_cast<std::size_t>(node.id);
    hurried[at] = parent && (parent->category == PlanCategory::limit ||
                             (hurried[static_cast<std::size_t>(parent->id)] && !collects(*parent)));
    const bool ordered = node.category == PlanCategory::indexScan && node.index && !node.condition;
    if (!hurried[at] || !ordered || !node.filter || !node.rowsRemoved) continue;
    const double read = *node.rowsRemoved + node.actualRows.value_or(0);
    const double share = part(*node.rowsRemoved, read);
    if (*node.rowsRemoved < limits["rows"] || share < limits["share"]) continue;
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " walked through " + counted(node, read) +
                   " rows in order, looking for a few that pass " + *node.filter + "; " +
                   percent(share) + " were thrown away",
        .advice =
            "The planner hoped to meet enough rows early because of the LIMIT. An index "
            "that begins with the columns of the filter and goes on with those of the "
            "ORDER BY finds them in order; each index makes writes slower.",
        .evidence = {{"rows removed", counted(node, *node.rowsRemoved)},
                     {"share", percent(share)}}};
    propose(observation, createIndex(grading, node, filterThenOrder(grading, node)));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule orderIndexDiscardsRowsRule;
const Rule orderIndexDiscardsRowsRule{"order-index-discards-rows",
                                      "Index chosen for its order, not for the filter", thresholds,
                                      check, covered};

}  // namespace mydba::plan
