#include "plan/condition_columns.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"rows", 10000, "rows read through the index"},
    {"share", 0.5, "part of them thrown away, 0 to 1"},
    {"critical-rows", 1000000, "rows thrown away, from which it is critical"}};

/// What the index is asked for now, and then what the filter tests.
std::vector<std::string> widerIndex(const Grading& grading, const PlanNode& node) {
  const sql::Dialect* dialect = sql::findDialect(grading.tree().engine);
  const auto tested = filterColumns(grading.tree(), node);
  if (!dialect || !node.relation || !node.condition || tested.forIndex().empty()) return {};
  auto all =
      columnsOf(*node.condition, *dialect, *node.relation, node.alias.value_or(*node.relation));
  all.equal.insert(all.equal.end(), tested.equal.begin(), tested.equal.end());
  all.range.insert(all.range.end(), tested.range.begin(), tested.range.end());
  return all.forIndex();
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    // Full scans have their own rule; here an index was used and did not narrow enough.
    if (node.category != PlanCategory::indexScan && node.category != PlanCategory::indexOnlyScan &&
        node.category != PlanCategory::lookup)
      continue;
    if (!node.rowsRemoved || !node.actualRows) continue;
    const double read = *node.rowsRemoved + *node.actualRows;
    const double share = part(*node.rowsRemoved, read);
    if (read < limits["rows"] || share < limits["share"]) continue;
    // One row a round: the index found it, and no other column finds less.
    if (read <= node.loops.value_or(1)) continue;
    Observation observation{
        .node = &node,
        .severity = *node.rowsRemoved >= limits["critical-rows"] && share >= 0.9
                        ? Severity::critical
                        : Severity::warning,
        .message = describe(node) + " read " + counted(node, read) +
                   " rows through the index and threw " + percent(share) + " of them away" +
                   (node.filter ? " to test " + *node.filter : ""),
        .advice = "Add the columns of the filter to the index" +
                  (node.index ? " " + *node.index : std::string()) +
                  ", behind the columns it already has. A wider index is larger and makes writes "
                  "slower.",
        .evidence = {{"rows removed", counted(node, *node.rowsRemoved)},
                     {"share", percent(share)}}};
    propose(observation, createIndex(grading, node, widerIndex(grading, node)));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule filterDiscardsRowsRule;
const Rule filterDiscardsRowsRule{"filter-discards-rows", "Index too wide for the filter",
                                  thresholds, check};

}  // namespace mydba::plan
