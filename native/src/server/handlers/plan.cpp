#include "dispatch.h"
#include "engines/saved_plans.h"
#include "plan/collection_counts.h"
#include "plan/compare.h"
#include "plan/explain.h"
#include "server/ask.h"
#include "server/plan_memory.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

/// A person always gets a new plan, which then is known to the workload for a while.
void keepShort(PlanCache& cache, const std::string& sql, const protocol::PlanTree& tree) {
  const auto way = tree.analyzed ? protocol::PlanWay::analyze : protocol::PlanWay::explain;
  protocol::WorkloadStatement statement{.sql = sql};
  plan::describe(statement, {.tree = tree, .way = way, .attempts = {{.way = way}}});
  cache.keep(statement, tree.analyzed);
}

}  // namespace

Result<protocol::ExplainResult> planExplain(Call& call, const protocol::ExplainParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  const bool analyze = params.analyze.value_or(false);
  const auto statement =
      admitToExplain(call, params.sql, analyze, params.timeoutMs.value_or(30000));
  if (!statement) return statement.error();
  const auto explain = [&] {
    return plan::explain(**connection, *statement, analyze, call.cancel());
  };
  auto tree = analyze ? call.server()
                            .auditTrail(protocol::AuditActor::editor, call.session().profile())
                            .takenBack(*statement, explain)
                      : explain();
  if (!tree) return tree.error();
  PlanMemory(call.server(), call.session().profile()).remember(*tree);
  keepShort(call.session().plans(), params.sql, *tree);
  return plan::examine(std::move(*tree), plan::thresholdsOf(params.thresholds));
}

Result<protocol::OpenPlanResult> planOpen(Call&, const protocol::OpenPlanParams& params) {
  auto plans = savedPlans(params.text, {.engine = params.engine, .version = params.version});
  if (!plans) return plans.error();
  protocol::OpenPlanResult result;
  for (protocol::PlanTree& tree : *plans) result.plans.push_back(plan::examine(std::move(tree)));
  return result;
}

Result<protocol::PlanComparison> planCompare(Call&, const protocol::ComparePlansParams& params) {
  return plan::compare(params.before, params.after);
}

Result<protocol::PlanHistory> planHistory(Call& call, const protocol::PlanHistoryParams& params) {
  const auto session = call.server().findSession(params.sessionId);
  if (!session) return session.error();
  auto store = openPlanStore(call.server());
  if (!store) return store.error();
  auto records = store->records(planKeyOf((*session)->profile(), params.sql));
  if (!records) return records.error();
  return protocol::PlanHistory{.records = std::move(*records)};
}

Result<protocol::ExplainResult> planRecall(Call& call, const protocol::RecallPlanParams& params) {
  auto store = openPlanStore(call.server());
  if (!store) return store.error();
  auto tree = store->recall(params.id);
  if (!tree) return tree.error();
  return plan::examine(std::move(*tree));
}

Result<protocol::Empty> planPin(Call& call, const protocol::PinPlanParams& params) {
  auto store = openPlanStore(call.server());
  if (!store) return store.error();
  if (const auto done = store->pin(params.id, params.pinned); !done) return done.error();
  return protocol::Empty{};
}

}  // namespace mydba::server::handlers
