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
      if (!wrapped.cast) continue;
      const auto* index = indexOn(grading, node, {wrapped.column});
      seen.push_back(
          {.node = &node,
           .severity = Severity::warning,
           .confidence = index ? Confidence::certain : Confidence::likely,
           .message = describe(node) + " converts " + wrapped.column + " of " +
                      counted(node, read) + " rows (" + wrapped.expression + ") to compare it" +
                      (index ? "; the index " + index->name + " cannot serve that" : ""),
           .advice = "Often nobody wrote that: the value has another type than the column, and the "
                     "server converts the column. Give the value the column's type.",
           .remedies = {{.title = "Cast the value, not the column " + wrapped.column,
                         .tradeOff = "A value that does not fit the column's type is an error, or "
                                     "is rounded."}},
           .evidence = {{"rows read", counted(node, read)}, {"expression", wrapped.expression}}});
    }
  }
  return seen;
}

}  // namespace

extern const Rule implicitCastRule;
const Rule implicitCastRule{"implicit-cast", "Column converted before it is compared", thresholds,
                            check};

}  // namespace mydba::plan
