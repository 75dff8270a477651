#include <algorithm>

#include "plan/condition_columns.h"
#include "plan/remedies.h"
#include "plan/rule.h"
#include "plan/walk.h"

namespace mydba::plan {
namespace {

using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {
    {"loops", 100, "times that it ran"},
    {"share", 0.1, "part of the time of the statement, 0 to 1"},
    {"ms", 10, "milliseconds in all"},
    {"rows", 10000, "rows read by all runs, where none was measured"}};

constexpr std::string_view covered[] = {"nested-loop-repeats", "repeated-full-scan",
                                        "full-table-scan"};

constexpr std::string_view advice =
    "Compute it once for all rows and join to it: a GROUP BY in the FROM clause, a LEFT JOIN, or "
    "EXISTS and IN instead of a value.";

protocol::Remedy rewrite() {
  return {.title = "Rewrite the sub-query as a join",
          .tradeOff = "Slower when only a few rows outside are left to ask it for."};
}

/// The table that it reads in full, when that is all it does.
const PlanNode* tableRead(const PlanNode& subquery) {
  const PlanNode* node = &subquery;
  while (!node->relation && node->children.size() == 1) node = &node->children.front();
  return node->relation && node->category == PlanCategory::scan ? node : nullptr;
}

/// Rows that all runs read, as planned.
double readByAll(const PlanNode& subquery) {
  double rows = 0;
  walk(subquery, [&](const PlanNode& node, const PlanNode*, int) {
    if (node.relation) rows += node.estimatedRead.value_or(0);
  });
  return rows;
}

/// Where nothing was measured, MySQL still says that a sub-query depends on the row outside: it
/// runs for each that its table looks at, or that comes from beside it.
std::optional<Observation> planned(const Step& step, const Limits& limits) {
  const PlanNode& node = *step.node;
  if (node.loops || !step.parent || extra(node, "dependent") != "true") return std::nullopt;
  double rounds = step.parent->relation ? step.parent->estimatedRead.value_or(0) : 0;
  for (const PlanNode& beside : step.parent->children)
    if (beside.role != protocol::PlanRole::subplan)
      rounds = std::max(rounds, beside.estimatedRows.value_or(0));
  const double read = readByAll(node);
  if (rounds < limits["loops"] || read < limits["rows"]) return std::nullopt;
  return Observation{
      .node = &node,
      .severity = Severity::warning,
      .confidence = protocol::Confidence::likely,
      .message = node.subplan.value_or("A sub-query") + " would run for each of " +
                 groupedNumber(rounds) + " rows outside and read " + groupedNumber(read) +
                 " rows in all",
      .advice = std::string(advice),
      .remedies = {rewrite()},
      .evidence = {{"rows outside", groupedNumber(rounds)}, {"rows read", groupedNumber(read)}},
      .impact = protocol::FindingImpact{.ms = std::nullopt, .rows = read, .share = std::nullopt}};
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    if (auto guess = planned(step, limits)) seen.push_back(std::move(*guess));
    const bool subplan =
        node.role == protocol::PlanRole::subplan || extra(node, "Parent Relationship") == "SubPlan";
    const double rounds = grading.rounds(node).value_or(0);
    if (!subplan || rounds < limits["loops"]) continue;
    const auto share = grading.shareWithChildren(node);
    if (share && *share < limits["share"]) continue;
    if (node.totalMs.value_or(limits["ms"]) < limits["ms"]) continue;
    const std::string name = node.subplan.value_or("A sub-query");
    Observation observation{
        .node = &node,
        .severity = share.value_or(0) >= 0.5 ? Severity::critical : Severity::warning,
        .message = name + " (" + describe(node) + ") ran " + groupedNumber(rounds) + " times" +
                   (share ? " and took " + percent(*share) + " of the time" : "") +
                   ": once for each row outside",
        .advice = std::string(advice),
        .remedies = {rewrite()},
        .evidence = {{"times run", groupedNumber(rounds)}},
        .impact =
            protocol::FindingImpact{.ms = node.totalMs, .rows = node.actualRows, .share = share}};
    if (const PlanNode* table = tableRead(node))
      propose(observation,
              createIndex(grading, *table, filterColumns(grading.tree(), *table).equal));
    seen.push_back(std::move(observation));
  }
  return seen;
}

}  // namespace

extern const Rule correlatedSubqueryRule;
const Rule correlatedSubqueryRule{"correlated-subquery", "Sub-query run for each row", thresholds,
                                  check, covered};

}  // namespace mydba::plan
