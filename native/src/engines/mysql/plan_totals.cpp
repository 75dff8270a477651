#include "engines/mysql/plan_totals.h"

#include <algorithm>

namespace mydba::mysql {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::PlanRole;

void multiply(std::optional<double>& value, double factor) {
  if (value) *value *= factor;
}

/// What is materialised is made once, however often it is read afterwards.
double costOnce(const PlanNode& node) {
  if (node.children.size() != 1 || node.children[0].category != PlanCategory::materialize) return 0;
  return std::min(node.children[0].totalCost.value_or(0), node.totalCost.value_or(0));
}

bool isSubquery(const PlanNode& node) {
  return node.role == PlanRole::subplan || node.role == PlanRole::initplan;
}

/// A sub-query of the select list runs when rows are sent, behind the clock of every step.
bool isInSelectList(const PlanNode& node) {
  return isSubquery(node) && std::any_of(node.extra.begin(), node.extra.end(), [](const auto& one) {
           return one.name == "heading" && one.value.find("projection") != std::string::npos;
         });
}

/// The outer side of a join comes first. A hash join reads it when the inner side is in memory.
void nameSides(PlanNode& join) {
  for (PlanNode& child : join.children)
    if (!child.role) child.role = &child == &join.children[0] ? PlanRole::outer : PlanRole::inner;
}

/// How often `child` is expected to run, when its parent runs `loops` times and the first input of
/// that delivers `rows` in all.
double loopsOf(const PlanNode& parent, const PlanNode& child, double loops,
               std::optional<double> rows) {
  if (child.role == PlanRole::initplan) return 1;
  // Above it stands the step whose rows it is run for.
  if (child.role == PlanRole::subplan)
    return isInSelectList(child) ? parent.estimatedRows.value_or(1) * loops : rows.value_or(loops);
  const bool inner = parent.operation.starts_with("Nested loop") && child.role == PlanRole::inner;
  return inner ? rows.value_or(loops) : loops;
}

/// Rows that a filter looks at and throws away.
void countRemoved(PlanNode& node) {
  // What an index condition threw away inside of the engine is not counted.
  if (node.children.empty() && node.relation && !node.filter)
    node.estimatedRead = node.estimatedRows;
  if (node.category != PlanCategory::filter || node.children.empty()) return;
  const PlanNode& input = node.children[0];
  node.estimatedRead = input.estimatedRows;
  node.actualRead = input.actualRows;
  if (node.actualRows && node.actualRead)
    node.rowsRemoved = std::max(0.0, *node.actualRead - *node.actualRows);
}

void total(PlanNode& node, double estimatedLoops) {
  const bool runsOnce = node.category == PlanCategory::materialize;
  if (runsOnce) estimatedLoops = 1;
  if (node.category == PlanCategory::join) nameSides(node);
  const double once = costOnce(node);
  std::optional<double> rows;
  for (PlanNode& child : node.children) {
    total(child, loopsOf(node, child, estimatedLoops, rows));
    if (!rows) rows = child.estimatedRows;
  }
  multiply(node.estimatedRows, estimatedLoops);
  if (once == 0) multiply(node.startupCost, estimatedLoops);
  if (node.totalCost) node.totalCost = (*node.totalCost - once) * estimatedLoops + once;
  const double measured = node.loops.value_or(1);
  if (node.actualRows && measured > 1) node.approximate = true;
  multiply(node.actualRows, measured);
  multiply(node.totalMs, measured);
  for (const PlanNode& child : node.children)
    if (node.totalMs && isInSelectList(child)) *node.totalMs += child.totalMs.value_or(0);
  countRemoved(node);
}

}  // namespace

void totalOverLoops(protocol::PlanNode& root) { total(root, 1); }

void multiplyEstimates(PlanNode& node, double factor) {
  for (auto value : {&PlanNode::estimatedRows, &PlanNode::estimatedRead, &PlanNode::totalCost})
    multiply(node.*value, factor);
  for (PlanNode& child : node.children) multiplyEstimates(child, factor);
}

}  // namespace mydba::mysql
