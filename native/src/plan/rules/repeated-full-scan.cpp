#include "plan/inner_side.h"
#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {  // Two rounds are a coincidence, more are a pattern.
    {"loops", 3, "times that the table is read"}};

constexpr std::string_view covered[] = {"full-table-scan"};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const auto& [step, parent] : grading.live()) {
    const PlanNode& node = *step;
    if (node.category != PlanCategory::scan || !node.relation) continue;
    // Parallel workers run the same scan once each: that is one read, shared.
    const double rounds = grading.rounds(node).value_or(0);
    if (rounds < limits["loops"]) continue;
    Observation observation{
        .node = &node,
        .severity = Severity::critical,
        .message = describe(node) + " ran " + groupedNumber(rounds) +
                   " times: the whole table is read again for each row of the other side",
        .advice = "Create an index on the column that joins " + *node.relation +
                  ", so that each round reads only the rows that match. Each index makes writes "
                  "slower.",
        .evidence = {{"loops", groupedNumber(rounds)}},
        .impact = protocol::FindingImpact{
            .ms = node.totalMs,
            .rows = rowsOut(node).value_or(0) + node.rowsRemoved.value_or(0),
            .share = grading.shareWithChildren(node)}};
    const PlanNode& join = parent && innerTable(*parent) == &node ? *parent : node;
    propose(observation, createIndex(grading, node, joinColumns(grading, join, node)));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule repeatedFullScanRule;
const Rule repeatedFullScanRule{"repeated-full-scan", "Table read again for every row", thresholds,
                                check, covered};

}  // namespace mydba::plan
