#include <string>
#include <unordered_map>

#include "plan/rule.h"

namespace mydba::plan {
namespace {

using protocol::Confidence;
using protocol::PlanCategory;
using protocol::PlanNode;
using protocol::Severity;

constexpr Threshold thresholds[] = {{"rows", 10000, "rows kept"}};

struct Readers {
  int count = 0;
  const PlanNode* last = nullptr;
};

/// Steps that read each WITH query.
std::unordered_map<std::string_view, Readers> readersByCte(const Grading& grading) {
  std::unordered_map<std::string_view, Readers> readers;
  for (const Step& step : grading.steps()) {
    if (!step.node->relation || step.node->operation.find("CTE Scan") == std::string::npos)
      continue;
    Readers& some = readers[*step.node->relation];
    ++some.count;
    some.last = step.node;
  }
  return readers;
}

/// `recent` of the sub-plan `CTE recent`; empty when it is none.
std::string_view cteName(const PlanNode& node) {
  std::string_view name =
      node.subplan ? std::string_view(*node.subplan) : extra(node, "Subplan Name");
  if (!name.starts_with("CTE ")) return {};
  return name.substr(4);
}

bool isRecursive(const PlanNode& node) {
  return node.operation.find("Recursive") != std::string::npos;
}

std::vector<Observation> check(const Grading& grading, const Limits& limits) {
  std::vector<Observation> seen;
  const auto ctes = readersByCte(grading);
  for (const Step& step : grading.live()) {
    const PlanNode& node = *step.node;
    const std::string_view name = cteName(node);
    const auto readers = ctes.find(name);
    if (name.empty() || readers == ctes.end() || readers->second.count != 1) continue;
    // A recursive one, or one that changes data, cannot be merged into the statement.
    if (node.category == PlanCategory::modify || isRecursive(node)) continue;
    const double rows = rowsOut(node).value_or(0);
    if (rows < limits["rows"]) continue;
    const PlanNode& reader = *readers->second.last;
    const double removed = reader.rowsRemoved.value_or(0);
    seen.push_back(
        {.node = &node,
         .severity = part(removed, rows) >= 0.5 ? Severity::warning : Severity::info,
         .confidence = Confidence::likely,
         .message = "WITH " + std::string(name) + " was computed as a whole (" +
                    counted(node, rows) + " rows) and read once" +
                    (removed > 0 ? "; the reader threw away " + counted(reader, removed) : ""),
         .advice = "Without MATERIALIZED the planner merges it into the statement, and conditions "
                   "of the reader reach the tables inside.",
         .remedies = {{.title = "Write WITH " + std::string(name) + " AS NOT MATERIALIZED (…)",
                       .tradeOff = "Functions in it that have side effects may run more or less "
                                   "often, and it no longer stops the planner from reordering."}},
         .evidence = {{"rows kept", counted(node, rows)}},
         .impact = protocol::FindingImpact{
             .ms = node.totalMs, .rows = removed, .share = grading.shareWithChildren(node)}});
  }
  return seen;
}

}  // namespace

extern const Rule cteMaterializedOnceRule;
const Rule cteMaterializedOnceRule{"cte-materialized-once",
                                   "WITH query kept, though it is read once", thresholds, check};

}  // namespace mydba::plan
