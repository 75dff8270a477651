#include <algorithm>

#include "plan/inner_side.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"factor", 10, "rows of the side that is kept, over those of the other"},
    {"rows", 10000, "rows kept"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (node.operation.find("Hash") == std::string::npos) continue;
    const PlanNode* inner = innerSide(node);
    if (!inner || inner->neverExecuted.value_or(false) || !inner->actualRows) continue;
    const PlanNode& outer = node.children.front();
    if (&outer == inner || !outer.actualRows) continue;
    // Each parallel process may have made one of its own.
    const double copies =
        std::max(1.0, part(inner->loops.value_or(1), grading.rounds(*inner).value_or(1)));
    const double kept = *inner->actualRows / copies, probed = std::max(*outer.actualRows, 1.0);
    if (kept < limits["rows"] || kept < limits["factor"] * probed) continue;
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " kept " + counted(*inner, kept) +
                   " rows in a hash table to look up " + counted(outer, probed) +
                   " rows of the other side",
        .advice =
            "The smaller side should be kept. The planner guessed the sizes wrongly: refresh "
            "the statistics of the tables below.",
        .evidence = {{"rows kept", counted(*inner, kept)},
                     {"rows looked up", counted(outer, probed)},
                     {"rows planned to keep", groupedNumber(inner->estimatedRows.value_or(0))}},
        .impact = protocol::FindingImpact{
            .ms = inner->totalMs, .rows = kept, .share = grading.shareWithChildren(*inner)}};
    if (const PlanNode* table = innerTable(node))
      propose(observation, refreshStatistics(grading, *table));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule hashBuildsLargerSideRule;
const Rule hashBuildsLargerSideRule{"hash-builds-larger-side", "Hash made of the larger side",
                                    thresholds, check};

}  // namespace mydba::plan
