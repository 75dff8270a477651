#include "dispatch.h"
#include "engines/saved_plans.h"
#include "net/url.h"
#include "plan/compare.h"
#include "plan/explain.h"
#include "server/ask.h"
#include "server/server.h"
#include "sql/fingerprint.h"
#include "store/plan_store.h"

namespace mydba::server::handlers {
namespace {

Result<store::PlanStore> openStore(Server& server) {
  const auto& file = server.planFile();
  if (!file)
    return Error{.code = ErrorCode::io,
                 .message = "no plans are kept",
                 .hint = "set HOME or MYDBA_PLAN_FILE where the editor is started"};
  return store::PlanStore::open(*file);
}

store::PlanKey keyOf(const protocol::ConnectionProfile& profile, std::string_view sql) {
  return {.connection = net::renderUrl(profile, /*hasPassword=*/false),
          .fingerprint = sql::fingerprint(sql, dialectOf(profile.engine)).hashText()};
}

/// Adds what is known of the statement's earlier plans, and keeps this one. A store that fails must
/// not cost the user the plan: it is logged and said among the plan's warnings.
void remember(Server& server, const protocol::ConnectionProfile& profile,
              protocol::PlanTree& tree) {
  if (!server.planFile()) return;
  const auto failed = [&](const Error& error) {
    server.log().write(LogLevel::warning, "plans: " + error.message);
    tree.warnings.push_back("this plan was not kept: " + error.message);
  };
  auto store = openStore(server);
  if (!store) return failed(store.error());
  const auto key = keyOf(profile, tree.sql);
  auto earlier = store->records(key);
  if (!earlier) return failed(earlier.error());
  if (const auto added = store->add(key, tree); !added) return failed(added.error());
  if (!earlier->empty()) tree.earlier = std::move(*earlier);
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
  remember(call.server(), call.session().profile(), *tree);
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
  auto store = openStore(call.server());
  if (!store) return store.error();
  auto records = store->records(keyOf((*session)->profile(), params.sql));
  if (!records) return records.error();
  return protocol::PlanHistory{.records = std::move(*records)};
}

Result<protocol::ExplainResult> planRecall(Call& call, const protocol::RecallPlanParams& params) {
  auto store = openStore(call.server());
  if (!store) return store.error();
  auto tree = store->recall(params.id);
  if (!tree) return tree.error();
  return plan::examine(std::move(*tree));
}

Result<protocol::Empty> planPin(Call& call, const protocol::PinPlanParams& params) {
  auto store = openStore(call.server());
  if (!store) return store.error();
  if (const auto done = store->pin(params.id, params.pinned); !done) return done.error();
  return protocol::Empty{};
}

}  // namespace mydba::server::handlers
