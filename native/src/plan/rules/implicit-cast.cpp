#include "plan/remedies.h"
#include "plan/wrapped_columns.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::Severity;

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const auto& [node, read, wrapped] : wrappedTests(grading, limits, /*cast=*/true)) {
    const auto* index = indexOn(grading, *node, {wrapped.column});
    seen.push_back(
        {.node = node,
         .severity = Severity::warning,
         .confidence = index ? Confidence::certain : Confidence::likely,
         .message = describe(*node) + " converts " + wrapped.column + " of " +
                    counted(*node, read) + " rows (" + wrapped.expression + ") to compare it" +
                    (index ? "; the index " + index->name + " cannot serve that" : ""),
         .advice = "Often nobody wrote that: the value has another type than the column, and the "
                   "server converts the column. Give the value the column's type.",
         .remedies = {{.title = "Cast the value, not the column " + wrapped.column,
                       .tradeOff = "A value that does not fit the column's type is an error, or "
                                   "is rounded."}},
         .evidence = {{"rows read", counted(*node, read)}, {"expression", wrapped.expression}}});
  }
  return seen;
}

}  // namespace

extern const Rule implicitCastRule;
const Rule implicitCastRule{"implicit-cast", "Column converted before it is compared",
                            wrappedThresholds, check};

}  // namespace mydba::plan
