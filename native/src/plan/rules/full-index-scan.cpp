#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;

constexpr Threshold thresholds[] = {{"rows", 10000, "rows read"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    // A covering one reads less than the table would.
    if (node.operation != "Index scan" || !node.relation || node.relation->starts_with('<'))
      continue;
    const auto rows = node.actualRead ? node.actualRead : node.estimatedRead;
    if (!rows || *rows < limits["rows"]) continue;
    seen.push_back(
        {.node = &node,
         .severity = protocol::Severity::warning,
         .confidence =
             node.actualRead ? protocol::Confidence::certain : protocol::Confidence::likely,
         .message = describe(node) + " walks the whole index and fetches each of the " +
                    groupedNumber(*rows) + " rows from the table: dearer than to read the table",
         .advice = "It is done for the order of the index. A condition or a LIMIT on its first "
                   "columns makes it short; an index that holds all columns in use makes it cheap; "
                   "else let the rows be read and sorted (no FORCE INDEX).",
         .evidence = {{"rows read", groupedNumber(*rows)}}});
  }
  return seen;
}

}  // namespace

extern const Rule fullIndexScanRule;
const Rule fullIndexScanRule{"full-index-scan", "Full index scan", thresholds, check};

}  // namespace mydba::plan
