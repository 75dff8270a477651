#include "plan/collection_counts.h"

#include <algorithm>
#include <utility>

#include "plan/explain.h"

namespace mydba::plan {
namespace {

using protocol::PlanWay;
using protocol::WorkloadStatement;

/// Why it has no plan of the server, else why it was not measured; null when neither.
const protocol::PlanFailure* reasonOf(const WorkloadStatement& statement) {
  const auto& attempts = statement.attempts;
  for (const PlanWay way : {PlanWay::explain, PlanWay::analyze}) {
    const auto last = std::find_if(attempts.rbegin(), attempts.rend(),
                                   [way](const auto& attempt) { return attempt.way == way; });
    if (last != attempts.rend() && last->failure) return &*last->failure;
  }
  return nullptr;
}

std::int64_t& endedIn(protocol::CollectionCounts& counts, std::optional<PlanWay> way) {
  if (!way) return counts.failed;
  switch (*way) {
    case PlanWay::cache: return counts.cache;
    case PlanWay::explain: return counts.explain;
    case PlanWay::analyze: return counts.analyze;
    case PlanWay::rowEstimates: return counts.rowEstimates;
  }
  return counts.failed;
}

void addReason(std::vector<protocol::FailureCount>& reasons, const protocol::PlanFailure& failure) {
  const auto known = std::find_if(reasons.begin(), reasons.end(),
                                  [&](const auto& reason) { return reason.failure == failure; });
  if (known == reasons.end())
    reasons.push_back({.failure = failure, .count = 1});
  else
    ++known->count;
}

}  // namespace

void describe(WorkloadStatement& statement, CollectedPlan collected) {
  statement.attempts = std::move(collected.attempts);
  statement.way = collected.way;
  // The server did run it.
  for (auto& attempt : statement.attempts)
    if (statement.statistics && attempt.failure &&
        attempt.failure->code == protocol::ErrorCode::syntax)
      attempt.failure->hint =
          "the server's statistics hold only the beginning of this statement, or another spelling";
  if (!collected.tree) return;
  const auto plan = examine(std::move(*collected.tree));
  statement.values = plan.tree.values;
  statement.cost = plan.tree.root.totalCost;
  statement.findings = static_cast<std::int64_t>(plan.findings.size());
  if (!plan.findings.empty()) statement.worst = plan.findings.front();
}

protocol::CollectionCounts count(const std::vector<WorkloadStatement>& statements) {
  protocol::CollectionCounts counts;
  for (const WorkloadStatement& statement : statements) {
    ++counts.asked;
    ++endedIn(counts, statement.way);
    for (const auto& attempt : statement.attempts) counts.repeated += attempt.waitedMs ? 1 : 0;
    if (const auto* reason = reasonOf(statement)) addReason(counts.reasons, *reason);
  }
  std::stable_sort(counts.reasons.begin(), counts.reasons.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  return counts;
}

}  // namespace mydba::plan
