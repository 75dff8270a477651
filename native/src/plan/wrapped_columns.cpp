#include "plan/wrapped_columns.h"

#include <utility>

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

bool readsRows(const PlanNode& node) {
  return node.relation && !node.relation->starts_with('<') &&
         (node.category == PlanCategory::scan || node.category == PlanCategory::indexScan ||
          node.category == PlanCategory::indexOnlyScan);
}

double readBy(const PlanNode& node) {
  return node.actualRead.value_or(rowsOut(node).value_or(0) + node.rowsRemoved.value_or(0));
}

}  // namespace

std::vector<WrappedTest> wrappedTests(const Grading& grading, const Limits& limits, bool cast) {
  std::vector<WrappedTest> tests;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const PlanNode& tester = testerOf(step);
    const double read = readBy(node);
    if (!readsRows(node) || !tester.filter || read < limits["rows"]) continue;
    if (tester.actualRows && part(*tester.actualRows, read) > limits["kept"]) continue;
    for (WrappedColumn& wrapped : filterColumns(grading.tree(), node, tester).wrapped)
      if (wrapped.cast == cast) tests.push_back({&node, read, std::move(wrapped)});
  }
  return tests;
}

}  // namespace mydba::plan
