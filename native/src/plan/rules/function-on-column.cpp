#include "plan/remedies.h"
#include "plan/wrapped_columns.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::Severity;

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const auto& [node, read, wrapped] : wrappedTests(grading, limits, /*cast=*/false)) {
    Observation observation{
        .node = node,
        .severity = Severity::warning,
        .confidence = Confidence::likely,
        .message = describe(*node) + " tests " + wrapped.expression + " of " +
                   counted(*node, read) + " rows: an index on " + wrapped.column +
                   " cannot serve that",
        .advice =
            "Write the condition on the column alone, as `column >= … AND column < …` "
            "instead of a part of a date; or create an index on the expression.",
        .evidence = {{"rows read", counted(*node, read)}, {"expression", wrapped.expression}}};
    propose(observation, createExpressionIndex(grading, *node, wrapped.column, wrapped.expression));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule functionOnColumnRule;
const Rule functionOnColumnRule{"function-on-column", "Condition on a function of a column",
                                wrappedThresholds, check};

}  // namespace mydba::plan
