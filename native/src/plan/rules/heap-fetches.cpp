#include <algorithm>

#include "plan/remedies.h"
#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"fetches", 1000, "visits to the table"},
                                    {"share", 0.1, "visits for each row, 0 to 1"},
                                    {"warning-share", 0.4, "the same, from which it is a warning"}};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const double fetches = extraNumber(node, "Heap Fetches").value_or(0);
    if (fetches < limits["fetches"]) continue;
    const double share =
        std::min(1.0, part(fetches, node.actualRows.value_or(0) + node.rowsRemoved.value_or(0)));
    if (share < limits["share"]) continue;
    Observation observation{
        .node = &node,
        .severity = share >= limits["warning-share"] ? Severity::warning : Severity::info,
        .message = describe(node) + " looked into the table " + groupedNumber(fetches) +
                   " times, for " + percent(share) +
                   " of its rows, although the index has all columns",
        .advice =
            "Pages that changed since the last VACUUM are not known to be visible to all. "
            "VACUUM marks them; when it happens again soon, let autovacuum come more often "
            "to this table.",
        .evidence = {{"heap fetches", groupedNumber(fetches)}, {"share", percent(share)}},
        .impact = protocol::FindingImpact{
            .ms = node.selfMs, .rows = fetches, .share = grading.share(node)}};
    if (node.relation)
      observation.remedies.push_back(
          {.title = "Vacuum " + *node.relation,
           .sql = "VACUUM " + tableName(grading, node),
           .tradeOff = "Reads the pages that changed; no lock that readers or writers feel. Cannot "
                       "run in a transaction."});
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule heapFetchesRule;
const Rule heapFetchesRule{"heap-fetches", "Index-only scan visits the table", thresholds, check};

}  // namespace mydba::plan
