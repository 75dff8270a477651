#include "engines/mysql/plan_totals.h"

#include <algorithm>

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;

void multiply(std::optional<double>& value, double factor) {
  if (value) *value *= factor;
}

/// What is materialised is made once, however often it is read afterwards.
double costOnce(const protocol::PlanNode& node) {
  if (node.children.size() != 1 || node.children[0].category != PlanCategory::materialize) return 0;
  return std::min(node.children[0].totalCost.value_or(0), node.totalCost.value_or(0));
}

void total(protocol::PlanNode& node, double estimatedLoops) {
  const bool nestedLoop = node.operation.starts_with("Nested loop");
  const bool runsOnce =
      node.category == PlanCategory::materialize || node.category == PlanCategory::subquery;
  if (runsOnce) estimatedLoops = 1;
  const double once = costOnce(node);
  double loops = estimatedLoops;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    total(node.children[i], loops);
    // Totals of the outer side already hold its own loops.
    if (nestedLoop && i == 0) loops = node.children[0].estimatedRows.value_or(loops);
  }
  multiply(node.estimatedRows, estimatedLoops);
  if (once == 0) multiply(node.startupCost, estimatedLoops);
  if (node.totalCost) node.totalCost = (*node.totalCost - once) * estimatedLoops + once;
  const double measured = node.loops.value_or(1);
  if (node.actualRows && measured > 1) node.approximate = true;
  multiply(node.actualRows, measured);
  multiply(node.totalMs, measured);
  if (node.category == PlanCategory::filter && !node.children.empty() && node.actualRows &&
      node.children[0].actualRows)
    node.rowsRemoved = std::max(0.0, *node.children[0].actualRows - *node.actualRows);
}

}  // namespace

void totalOverLoops(protocol::PlanNode& root) { total(root, 1); }

}  // namespace mydba::mysql
