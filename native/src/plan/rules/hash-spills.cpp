#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr std::string_view covered[] = {"temporary-files"};

std::vector<Observation> check(const Grading& grading, const Limits&) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const double batches = extraNumber(node, "Hash Batches").value_or(0);
    if (batches <= 1) continue;
    const double planned = extraNumber(node, "Original Hash Batches").value_or(batches);
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " did not fit into memory and was split into " +
                   groupedNumber(batches) + " parts on disk" +
                   (batches > planned ? ", " + groupedNumber(planned) + " were planned" : ""),
        .advice = batches > planned
                      ? "More rows came than planned: refresh the statistics of the tables below "
                        "first. Then give this statement more working memory."
                      : "Give this statement more working memory, or let fewer rows and columns "
                        "reach the smaller side of the join.",
        .evidence = {{"batches", groupedNumber(batches)},
                     {"planned batches", groupedNumber(planned)}}};
    // Each part filled the memory; hash_mem_multiplier lets a hash have twice work_mem.
    propose(observation, raiseWorkMemory(node.memoryBytes.value_or(0) * batches / 2));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule hashSpillsRule;
const Rule hashSpillsRule{"hash-spills", "Hash on disk", {}, check, covered};

}  // namespace mydba::plan
