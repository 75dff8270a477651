#include "plan/inner_side.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"loops", 1000, "times that the inner side ran"},
    {"share", 0.5, "part of the time that the inner side takes, 0 to 1"},
    {"ms", 50, "milliseconds that the inner side takes"}};

/// The side that a nested loop runs again and again; null for other joins.
const PlanNode* loopsOver(const PlanNode& join) {
  const bool nested = join.operation.find("Nested") != std::string::npos;
  return nested ? innerSide(join) : nullptr;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const PlanNode* inner = loopsOver(node);
    if (!inner || inner->neverExecuted.value_or(false)) continue;
    const double rounds = grading.rounds(*inner).value_or(0);
    const auto share = grading.shareWithChildren(*inner);
    if (rounds < limits["loops"] || !share || *share < limits["share"]) continue;
    if (!inner->totalMs || *inner->totalMs < limits["ms"]) continue;
    // Reading a whole table in each round has a rule of its own.
    const PlanNode* table = innerTable(node);
    if (table && table->category == PlanCategory::scan) continue;
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " ran " + describe(*inner) + " " + groupedNumber(rounds) +
                   " times, which took " + percent(*share) + " of the time",
        .advice =
            "Reading the inner side once (a hash or merge join) is cheaper for so many "
            "rounds. Let fewer rows reach the outer side, or see why the planner expected "
            "fewer.",
        .evidence = {{"rounds", groupedNumber(rounds)}, {"inner time", duration(*inner->totalMs)}},
        .impact = protocol::FindingImpact{
            .ms = inner->totalMs, .rows = inner->actualRows, .share = share}};
    const PlanNode& outer = node.children.front();
    if (outer.estimateRatio.value_or(1) >= 10) {
      observation.message +=
          ". " + groupedNumber(outer.estimatedRows.value_or(0)) + " rounds were planned";
      propose(observation, refreshStatistics(grading, outer));
    }
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule nestedLoopRepeatsRule;
const Rule nestedLoopRepeatsRule{"nested-loop-repeats", "Loop runs its inner side very often",
                                 thresholds, check};

}  // namespace mydba::plan
