#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {  // A few pages come from how the map grows, and cost nothing.
    {"pages", 100, "pages of which the rows are not known"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const double lossy = extraNumber(node, "Lossy Heap Blocks").value_or(0);
    if (lossy < limits["pages"]) continue;
    const double pages = lossy + extraNumber(node, "Exact Heap Blocks").value_or(0);
    Observation observation{
        .node = &node,
        .severity = part(lossy, pages) >= 0.5 ? Severity::warning : Severity::info,
        .message = describe(node) + " kept only the page, not the row, for " +
                   groupedNumber(lossy) + " of " + groupedNumber(pages) +
                   " pages, because its map did not fit into memory: every row there is tested "
                   "again",
        .advice =
            "More working memory for the session keeps the map exact; an index that narrows "
            "more makes it smaller.",
        .evidence = {{"lossy pages", groupedNumber(lossy)}, {"pages", groupedNumber(pages)}}};
    propose(observation, raiseWorkMemory(bitmapBytes(pages)));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule lossyBitmapRule;
const Rule lossyBitmapRule{"lossy-bitmap", "Map of rows too large for memory", thresholds, check};

}  // namespace mydba::plan
