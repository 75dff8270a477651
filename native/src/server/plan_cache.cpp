#include "server/plan_cache.h"

#include <algorithm>

#include "sql/statement.h"

namespace mydba::server {
namespace {

using protocol::PlanWay;
using protocol::WorkloadStatement;

bool isWhole(const WorkloadStatement& statement) {
  return (statement.way == PlanWay::explain || statement.way == PlanWay::analyze) &&
         !statement.attempts.empty() && !statement.attempts.back().failure;
}

bool leavesSessionAsItIs(sql::StatementKind kind) {
  using enum sql::StatementKind;
  return kind == select || kind == show || kind == describe || kind == explain;
}

}  // namespace

PlanCache::Key PlanCache::keyOf(const WorkloadStatement& statement, bool analyze) {
  return {statement.sql, statement.schema.value_or(""), analyze};
}

bool PlanCache::recall(WorkloadStatement& statement, bool analyze, Clock::time_point now) const {
  const auto found = plans_.find(keyOf(statement, analyze));
  if (found == plans_.end() || now - found->second.since > freshness) return false;
  const WorkloadStatement& kept = found->second.statement;
  statement.way = PlanWay::cache;
  statement.values = kept.values;
  statement.cost = kept.cost;
  statement.findings = kept.findings;
  statement.worst = kept.worst;
  statement.ageSeconds = std::chrono::duration<double>(now - found->second.since).count();
  return true;
}

void PlanCache::keep(const WorkloadStatement& statement, bool analyze, Clock::time_point now) {
  if (!isWhole(statement)) return;
  if (plans_.size() >= mostPlans)
    plans_.erase(std::min_element(plans_.begin(), plans_.end(), [](const auto& a, const auto& b) {
      return a.second.since < b.second.since;
    }));
  plans_.insert_or_assign(keyOf(statement, analyze), Kept{.statement = statement, .since = now});
}

void PlanCache::noteRun(std::string_view sql, const guard::Verdict& verdict,
                        const sql::Dialect& dialect) {
  if (plans_.empty()) return;
  const auto statement = sql::readStatement(sql, dialect);
  if (!verdict.readOnly || !statement.settings.empty() || !leavesSessionAsItIs(statement.kind))
    clear();
}

}  // namespace mydba::server
