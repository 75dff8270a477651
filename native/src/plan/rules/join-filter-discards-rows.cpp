#include "plan/condition_columns.h"
#include "plan/inner_side.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"pairs", 10000, "pairs of rows thrown away"},
    {"share", 0.5, "part of the pairs thrown away, 0 to 1"},
    {"critical-pairs", 10000000, "pairs thrown away, from which it is critical"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const double removed = node.rowsRemovedByJoin.value_or(0);
    if (removed < limits["pairs"]) continue;
    const double share = part(removed, removed + node.actualRows.value_or(0));
    if (share < limits["share"]) continue;
    Observation observation{
        .node = &node,
        .severity = removed >= limits["critical-pairs"] ? Severity::critical : Severity::warning,
        .message = describe(node) + " tried " +
                   counted(node, removed + node.actualRows.value_or(0)) +
                   " pairs of rows and threw " + percent(share) + " of them away" +
                   (node.filter ? ": " + *node.filter : ""),
        .advice =
            "Join on columns that are equal and indexed, so that only pairs that match are "
            "made; each index makes writes slower. A condition such as <>, < or OR between "
            "tables forces every pair.",
        .evidence = {{"pairs thrown away", counted(node, removed)}, {"share", percent(share)}},
        .impact = protocol::FindingImpact{
            .ms = node.selfMs, .rows = removed, .share = grading.share(node)}};
    if (const PlanNode* inner = innerTable(node))
      propose(observation, createIndex(grading, *inner, joinColumns(grading, node, *inner)));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule joinFilterDiscardsRowsRule;
const Rule joinFilterDiscardsRowsRule{"join-filter-discards-rows", "Join tests too many pairs",
                                      thresholds, check};

}  // namespace mydba::plan
