#include <algorithm>
#include <unordered_set>

#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"modifications", 100000, "rows changed since the statistics were taken"},
    {"critical-modifications", 500000, "the same, from which it is critical"},
    {"share", 0.2, "part of the rows of the table that changed"},
    {"rows", 1000, "rows of the table that changed or has no statistics"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  std::unordered_set<const protocol::PlanRelation*> told;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const auto* facts = grading.relationOf(node);
    if (!facts || !told.insert(facts).second) continue;
    const double changed = facts->modifications.value_or(0), rows = facts->rows.value_or(0);
    const bool never = facts->neverAnalyzed.value_or(false);
    const bool old = changed >= limits["modifications"] ||
                     (changed >= limits["rows"] && changed >= limits["share"] * rows);
    const bool missing =
        never && std::max({rows, changed, rowsOut(node).value_or(0)}) >= limits["rows"];
    // Many changes in a huge table leave its statistics as good as they were.
    if (!missing && (!old || changed < limits["share"] * rows / 2)) continue;
    Observation observation{
        .node = &node,
        .severity =
            changed >= limits["critical-modifications"] ? Severity::critical : Severity::warning,
        .message = "The planner " +
                   (never ? "has no statistics of " + facts->name
                          : "knows " + facts->name + " as it was " + groupedNumber(changed) +
                                " changed rows ago (of " + groupedNumber(rows) + ")"),
        .advice =
            "Take new statistics. If it happens again, have them taken sooner for this table.",
        .evidence = {{"rows changed", groupedNumber(changed)}, {"rows", groupedNumber(rows)}}};
    if (facts->analyzedAt) observation.evidence.push_back({"statistics of", *facts->analyzedAt});
    propose(observation, refreshStatistics(grading, node));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule staleStatisticsRule;
const Rule staleStatisticsRule{"stale-statistics", "Statistics are out of date", thresholds, check};

}  // namespace mydba::plan
