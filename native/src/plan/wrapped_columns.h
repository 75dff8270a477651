#pragma once

#include <vector>

#include "plan/condition_columns.h"
#include "plan/rule.h"

namespace mydba::plan {

/// A scan whose filter tests an expression over a column, so that an index on the column cannot
/// serve it.
struct WrappedTest {
  const protocol::PlanNode* node = nullptr;
  double read = 0;  ///< rows that it looks at
  WrappedColumn wrapped;
};

/// Numbers that decide about such a test, for the rules that report one.
inline constexpr Threshold wrappedThresholds[] = {
    {"rows", 1000, "rows read"},
    {"kept", 0.5, "part of the rows kept, above which an index would not help, 0 to 1"}};

/// In the order of the plan: changes of type alone with `cast`, everything else without.
std::vector<WrappedTest> wrappedTests(const Grading& grading, const Limits& limits, bool cast);

}  // namespace mydba::plan
