#include <algorithm>

#include "plan/inner_side.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"factor", 10, "times more or fewer rows than planned"},
    {"critical-factor", 1000, "the same, from which it is critical"},
    // A wrong guess about a handful of rows changes no plan.
    {"rows", 1000, "rows, planned or counted, whichever are more"}};

/// A step that ends its input before the last row, whose count then says nothing about the
/// estimate.
bool stopsEarly(const PlanNode& parent, const PlanNode& node) {
  if (parent.category == PlanCategory::limit) return true;
  if (parent.category != PlanCategory::join || &node != innerSide(parent)) return false;
  // A semi or anti join looks for one partner of each row.
  for (const char* word : {"Semi", "semi", "Anti", "anti"})
    if (parent.operation.find(word) != std::string::npos) return true;
  return false;
}

/// Needs all of its input, whatever is above.
bool collects(const PlanNode& node) {
  return node.category == PlanCategory::sort || node.category == PlanCategory::aggregate ||
         node.category == PlanCategory::materialize;
}

double off(const PlanNode& node) {
  const double ratio = node.estimateRatio.value_or(1);
  return std::max(ratio, 1 / ratio);
}

/// An input is about as wrong, in the same direction: that is where it began.
bool inherited(const PlanNode& node, double reported) {
  return std::any_of(node.children.begin(), node.children.end(), [&](const PlanNode& child) {
    const bool same = (child.estimateRatio.value_or(1) > 1) == (*node.estimateRatio > 1);
    return same && off(child) >= reported && 3 * off(child) >= off(node);
  });
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  std::vector<bool> cut(grading.steps().size());
  for (const auto& [step, parent] : grading.steps()) {
    const PlanNode& node = *step;
    const auto at = static_cast<std::size_t>(node.id);
    cut[at] = parent && (stopsEarly(*parent, node) ||
                         (cut[static_cast<std::size_t>(parent->id)] && !collects(*parent)));
    if (!node.estimateRatio || !node.estimatedRows || !node.actualRows) continue;
    const double ratio = *node.estimateRatio, factor = off(node);
    if (factor < limits["factor"]) continue;
    if (std::max(*node.estimatedRows, *node.actualRows) < limits["rows"]) continue;
    if ((ratio < 1 && cut[at]) || inherited(node, limits["factor"])) continue;
    Observation observation{
        .node = &node,
        .severity = factor >= limits["critical-factor"] ? Severity::critical : Severity::warning,
        .message = describe(node) + ": the planner expected " + groupedNumber(*node.estimatedRows) +
                   " rows and got " + counted(node, *node.actualRows) + ", " +
                   groupedNumber(factor) + " times " + (ratio > 1 ? "more" : "fewer"),
        .advice =
            "Refresh the statistics of the tables involved (ANALYZE). If the estimate stays "
            "wrong, the columns of the condition depend on each other or hold skewed values: "
            "extended statistics or histograms help.",
        .evidence = {{"estimated rows", groupedNumber(*node.estimatedRows)},
                     {"actual rows", counted(node, *node.actualRows)}}};
    propose(observation, refreshStatistics(grading, node));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule rowEstimateOffRule;
const Rule rowEstimateOffRule{"row-estimate-off", "Row estimate far off", thresholds, check};

}  // namespace mydba::plan
