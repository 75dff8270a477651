#include "plan/partitions.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"partitions", 8, "partitions read"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const auto partitions = partitionReads(grading, node);
    // Without a condition all rows were asked for.
    if (!partitions || partitions->pruned > 0 || !narrowed(*partitions)) continue;
    const auto touched = static_cast<double>(partitions->reads.size());
    if (touched < limits["partitions"]) continue;
    const double all = partitions->facts ? *partitions->facts->partitions : 0;
    if (all > touched) continue;
    Observation observation{
        .node = &node,
        .severity = all > 0 ? Severity::warning : Severity::info,
        .confidence = all > 0 ? Confidence::certain : Confidence::possible,
        .message = describe(node) + " reads " + groupedNumber(touched) + " partitions of " +
                   partitions->table + (all > 0 ? ", all there are" : ""),
        .advice =
            "Compare the partition key itself with values known when planning or starting "
            "(=, IN, <, BETWEEN): a function around it, or a value that comes from another "
            "table, leaves no partition out.",
        .evidence = {{"partitions read", groupedNumber(touched)}},
        .impact =
            protocol::FindingImpact{.ms = node.totalMs, .share = grading.shareWithChildren(node)}};
    if (all > 0) observation.evidence.push_back({"partitions", groupedNumber(all)});
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule noPartitionPruningRule;
const Rule noPartitionPruningRule{"no-partition-pruning", "Every partition is read", thresholds,
                                  check};

}  // namespace mydba::plan
