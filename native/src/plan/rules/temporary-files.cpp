#include <algorithm>

#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"pages", 128, "pages written to temporary files or read from them"}};

/// A hash join reads again what its hash has split: said there.
bool spillsBelow(const PlanNode& node) {
  return std::any_of(node.children.begin(), node.children.end(), [](const PlanNode& child) {
    return extraNumber(child, "Hash Batches").value_or(0) > 1;
  });
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (!node.selfBuffers || spillsBelow(node)) continue;
    const double written = node.selfBuffers->tempWritten.value_or(0);
    const double read = node.selfBuffers->tempRead.value_or(0);
    if (std::max(written, read) < limits["pages"]) continue;
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " wrote " + groupedNumber(written) + " and read " +
                   groupedNumber(read) +
                   " pages of temporary files, because memory did not suffice",
        .advice =
            "Give this statement more working memory, or let it keep fewer and shorter "
            "rows.",
        .evidence = {{"pages written", groupedNumber(written)},
                     {"pages read", groupedNumber(read)}}};
    propose(observation, raiseWorkMemory(2 * 8192 * std::max(written, read)));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule temporaryFilesRule;
const Rule temporaryFilesRule{"temporary-files", "Temporary files", thresholds, check};

}  // namespace mydba::plan
