#include "plan/condition_columns.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"rows", 1000, "rows read"},
    {"kept", 0.5, "part of the rows kept, above which an index would not help, 0 to 1"}};

bool readsRows(const PlanNode& node) {
  return node.relation && !node.relation->starts_with('<') &&
         (node.category == PlanCategory::scan || node.category == PlanCategory::indexScan ||
          node.category == PlanCategory::indexOnlyScan);
}

double readBy(const PlanNode& node) {
  return node.actualRead.value_or(rowsOut(node).value_or(0) + node.rowsRemoved.value_or(0));
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const PlanNode& tester = testerOf(step);
    const double read = readBy(node);
    if (!readsRows(node) || !tester.filter || read < limits["rows"]) continue;
    if (tester.actualRows && part(*tester.actualRows, read) > limits["kept"]) continue;
    for (const auto& wrapped : filterColumns(grading.tree(), node, tester).wrapped) {
      if (wrapped.cast) continue;
      Observation observation{
          .node = &node,
          .severity = Severity::warning,
          .confidence = Confidence::likely,
          .message = describe(node) + " tests " + wrapped.expression + " of " +
                     counted(node, read) + " rows: an index on " + wrapped.column +
                     " cannot serve that",
          .advice =
              "Write the condition on the column alone, as `column >= … AND column < …` "
              "instead of a part of a date; or create an index on the expression.",
          .evidence = {{"rows read", counted(node, read)}, {"expression", wrapped.expression}}};
      propose(observation,
              createExpressionIndex(grading, node, wrapped.column, wrapped.expression));
      seen.push_back(std::move(observation));
    }
  }
  return seen;
}

}  // namespace

extern const Rule functionOnColumnRule;
const Rule functionOnColumnRule{"function-on-column", "Condition on a function of a column",
                                thresholds, check};

}  // namespace mydba::plan
