#include <algorithm>

#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"lookups", 1000, "look-ups"},
    {"hits", 0.5, "part of them that were found, below which it is reported, 0 to 1"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const auto hits = extraNumber(node, "Cache Hits"), misses = extraNumber(node, "Cache Misses");
    if (!hits || !misses || *hits + *misses < limits["lookups"]) continue;
    const double evicted = extraNumber(node, "Cache Evictions").value_or(0) +
                           extraNumber(node, "Cache Overflows").value_or(0);
    const double found = part(*hits, *hits + *misses);
    if (evicted <= 0 && found >= limits["hits"]) continue;
    Observation observation{
        .node = &node,
        .severity = found < limits["hits"] ? Severity::warning : Severity::info,
        .message =
            describe(node) + " found " + percent(found) + " of " + groupedNumber(*hits + *misses) +
            " look-ups among the results it kept" +
            (evicted > 0 ? ", and gave up " + groupedNumber(evicted) + " for want of memory" : ""),
        .advice = evicted > 0 ? "More working memory for the session lets it keep them."
                              : "Nearly every row asks for something new, so keeping results "
                                "only costs: refresh the statistics of the column that joins.",
        .evidence = {{"found", groupedNumber(*hits)},
                     {"not found", groupedNumber(*misses)},
                     {"given up", groupedNumber(evicted)}}};
    if (evicted > 0)
      propose(observation, raiseWorkMemory(node.memoryBytes.value_or(0) *
                                           part(*misses, std::max(1.0, *misses - evicted))));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule memoizeMissesRule;
const Rule memoizeMissesRule{"memoize-misses", "Kept results are rarely used again", thresholds,
                             check};

}  // namespace mydba::plan
