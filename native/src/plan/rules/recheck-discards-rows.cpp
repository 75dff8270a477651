#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"rows", 10000, "rows delivered for nothing"},
                                    {"share", 0.5, "part of the rows delivered, 0 to 1"}};

constexpr std::string_view covered[] = {"lossy-bitmap"};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const double removed = node.rowsRemovedByRecheck.value_or(0);
    const double read = removed + node.rowsRemoved.value_or(0) + node.actualRows.value_or(0);
    if (removed < limits["rows"] || part(removed, read) < limits["share"]) continue;
    const double lossy = extraNumber(node, "Lossy Heap Blocks").value_or(0);
    Observation observation{
        .node = &node,
        .severity = Severity::warning,
        .message = describe(node) + " tested " + counted(node, read) +
                   " rows again and threw away " + counted(node, removed) + " (" +
                   percent(part(removed, read)) + ") that the index should not have delivered",
        .advice = lossy > 0
                      ? "The map of rows did not fit into memory and kept whole pages instead: "
                        "more working memory for the session keeps it exact."
                      : "The index only knows roughly (GIN, GiST and BRIN do): a longer search "
                        "term, a B-tree on another column of the condition, or smaller ranges in "
                        "BRIN let it deliver less.",
        .evidence = {{"rows removed by recheck", counted(node, removed)},
                     {"lossy pages", groupedNumber(lossy)}},
        .impact = protocol::FindingImpact{
            .ms = node.selfMs, .rows = removed, .share = grading.share(node)}};
    if (lossy > 0)
      propose(
          observation,
          raiseWorkMemory(bitmapBytes(lossy + extraNumber(node, "Exact Heap Blocks").value_or(0))));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule recheckDiscardsRowsRule;
const Rule recheckDiscardsRowsRule{"recheck-discards-rows", "Inexact index delivers wrong rows",
                                   thresholds, check, covered};

}  // namespace mydba::plan
