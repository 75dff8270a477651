#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr std::string_view covered[] = {"temporary-files"};

std::vector<Observation> check(const Grading& grading, const Limits&) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (node.category != PlanCategory::aggregate) continue;
    const double disk = node.diskBytes.value_or(1024 * extraNumber(node, "Disk Usage").value_or(0));
    if (disk <= 0) continue;
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " had more groups than fit into memory and wrote " +
                   dataSize(disk) + " to disk",
        .advice =
            "Give this statement more working memory, group fewer rows, or read them in the "
            "order of the groups from an index, which needs no memory.",
        .evidence = {{"disk used", dataSize(disk)}}};
    if (node.estimateRatio.value_or(1) > 10)
      observation.advice += " It expected " + groupedNumber(node.estimatedRows.value_or(0)) +
                            " groups and met " + groupedNumber(node.actualRows.value_or(0)) +
                            ": statistics are the first thing to mend.";
    if (const auto batches = extraNumber(node, "HashAgg Batches"))
      observation.evidence.push_back({"batches", groupedNumber(*batches)});
    // On disk a group takes about half of what it takes in a hash table.
    if (extraNumber(node, "HashAgg Batches"))
      propose(observation, raiseWorkMemory(node.memoryBytes.value_or(0) + 2 * disk));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule aggregateSpillsRule;
const Rule aggregateSpillsRule{"aggregate-spills", "Grouping on disk", {}, check, covered};

}  // namespace mydba::plan
