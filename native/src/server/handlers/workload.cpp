#include <algorithm>

#include "dispatch.h"
#include "plan/collect.h"
#include "plan/collection_counts.h"
#include "plan/statements_to_plan.h"
#include "server/plan_memory.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

constexpr std::int64_t usualTimeoutMs = 5000;
constexpr std::int64_t longestTimeoutMs = 3600000;

plan::Collector collectorOf(Call& call, const protocol::WorkloadParams& params) {
  const auto timeoutMs =
      std::clamp<std::int64_t>(params.timeoutMs.value_or(usualTimeoutMs), 1, longestTimeoutMs);
  return plan::Collector(call.session().dialect(), call.server().gateOf(call.session()),
                         [&call] { return call.connection(); },
                         {.timeout = std::chrono::milliseconds(timeoutMs)});
}

}  // namespace

Result<protocol::WorkloadResult> workloadPlans(Call& call, const protocol::WorkloadParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  auto result =
      plan::statementsToPlan(**connection, params.statements, params.limit, call.cancel());
  if (!result) return result;
  const bool analyze = params.analyze.value_or(false);
  const bool fresh = params.fresh.value_or(false);
  const auto collector = collectorOf(call, params);
  PlanMemory memory(call.server(), call.session().profile());
  for (auto& statement : result->statements) {
    // The statistics may say that there can be no plan.
    if (!statement.attempts.empty()) continue;
    PlanCache& cache = call.session().plans();
    if (!fresh && cache.recall(statement, analyze)) continue;
    auto collected = collector.collect(statement.sql, analyze, call.cancel());
    if (!collected) return collected.error();
    if (collected->tree && collected->way != protocol::PlanWay::rowEstimates)
      memory.remember(*collected->tree);
    plan::describe(statement, std::move(*collected));
    cache.keep(statement, analyze);
  }
  result->counts = plan::count(result->statements);
  return result;
}

}  // namespace mydba::server::handlers
