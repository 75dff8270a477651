#include "plan/grade.h"
#include "plan/walk.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;

constexpr double shareFrom = 0.9;
constexpr double rowsFrom = 10000;

std::vector<Observation> check(const protocol::PlanTree& tree) {
  std::vector<Observation> seen;
  walk(tree.root, [&](const PlanNode& node, const PlanNode*, int) {
    // Full scans have their own rule; here an index was used and did not narrow enough.
    if (node.category != PlanCategory::indexScan && node.category != PlanCategory::lookup) return;
    if (!node.rowsRemoved || !node.actualRows) return;
    const double read = *node.rowsRemoved + *node.actualRows;
    if (read < rowsFrom || *node.rowsRemoved / read < shareFrom) return;
    const std::string share = groupedNumber(100 * *node.rowsRemoved / read) + " %";
    seen.push_back({.node = &node,
                    .severity = protocol::Severity::warning,
                    .message = describe(node) + " read " + groupedNumber(read) +
                               " rows through the index and threw " + share + " of them away",
                    .advice = "Add the columns of the filter to the index" +
                              (node.index ? " " + *node.index : std::string()) +
                              ", behind the columns it already has.",
                    .evidence = {{"rows removed", groupedNumber(*node.rowsRemoved)},
                                 {"share", share},
                                 {"threshold", groupedNumber(100 * shareFrom) + " %"}}});
  });
  return seen;
}

}  // namespace

extern const Rule filterDiscardsRowsRule;
const Rule filterDiscardsRowsRule{"filter-discards-rows", "Index too wide for the filter", check};

}  // namespace mydba::plan
