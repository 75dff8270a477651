#include <algorithm>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::PlanNode;
using protocol::PlanRole;

constexpr Threshold thresholds[] = {{"rows", 1000, "rows read each time"}};
constexpr std::string_view covered[] = {"full-table-scan", "repeated-full-scan"};

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    // Only formats that name `ALL` also name the indexes that could have been used.
    if (node.role != PlanRole::inner || extra(node, "access_type") != "ALL") continue;
    if (!extra(node, "possible_keys").empty() || !extra(node, "using_join_buffer").empty())
      continue;
    if (!node.relation || node.relation->starts_with('<')) continue;
    const double rounds = node.loops.value_or(1);
    const auto read = node.actualRead ? node.actualRead : node.estimatedRead;
    const auto outer = step.parent->children.front();
    const double planned = std::max(1.0, outer.estimatedRows.value_or(1));
    const double each = read ? *read / (node.actualRead ? std::max(1.0, rounds) : planned) : 0;
    if (each < limits["rows"]) continue;
    seen.push_back({.node = &node,
                    .severity = protocol::Severity::critical,
                    .message = "No index of " + *node.relation +
                               " fits the condition that joins it: " + groupedNumber(each) +
                               " rows are read for each row of the tables before it",
                    .advice = "Create an index on the column that joins " + *node.relation +
                              ". It takes space and makes writes slower.",
                    .evidence = {{"rows each time", groupedNumber(each)},
                                 {"rows in all", groupedNumber(*read)}}});
  }
  return seen;
}

}  // namespace

extern const Rule noPossibleIndexRule;
const Rule noPossibleIndexRule{"no-possible-index", "No index for a join", thresholds, check,
                               covered};

}  // namespace mydba::plan
