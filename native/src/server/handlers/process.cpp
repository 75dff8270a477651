#include <algorithm>

#include "dispatch.h"
#include "engines/engine.h"
#include "privacy/redactor.h"
#include "server/server.h"
#include "sql/facts.h"
#include "sql/splitter.h"

namespace mydba::server::handlers {
namespace {

Result<Processes*> processesOf(Connection& connection) {
  if (Processes* processes = connection.processes()) return processes;
  return Error{.code = ErrorCode::unsupported,
               .message = "this engine has no sessions to list",
               .hint = "a database file is only open in the programs that use it"};
}

/// Marks the statements whose plan can be asked for here: one statement, of the kind that has a
/// plan, and not in another database, where its names would mean other tables.
void markExplainable(Connection& connection, protocol::ProcessSnapshot& snapshot) {
  if (!connection.explainer()) return;
  const auto& server = connection.server();
  const sql::Dialect& dialect = dialectOf(connection);
  for (auto& process : snapshot.processes) {
    const bool isElsewhere =
        server.database && process.database && *server.database != *process.database;
    if (!process.sql || isElsewhere) continue;
    const std::string_view text = *process.sql;
    const auto statements = sql::split(text, dialect);
    if (statements.size() != 1) continue;
    const auto& [start, end] = statements.front();
    process.explainable = sql::readFacts(text.substr(start, end - start), dialect).explainable;
  }
}

Result<protocol::ProcessSnapshot> snapshotOf(Connection& connection, const CancelToken& cancel) {
  const auto processes = processesOf(connection);
  if (!processes) return processes.error();
  auto snapshot = (*processes)->list(cancel);
  if (!snapshot) return snapshot;
  markExplainable(connection, *snapshot);
  privacy::maskSecrets(*snapshot, dialectOf(connection));
  return snapshot;
}

}  // namespace

Result<protocol::ProcessSnapshot> processList(Call& call, const protocol::SessionParams&) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  return snapshotOf(**connection, call.cancel());
}

Result<protocol::Empty> processWatch(Call& call, const protocol::WatchParams& params,
                                     Stream<protocol::ProcessSnapshot>& stream) {
  const std::chrono::milliseconds interval(
      std::clamp<std::int64_t>(params.intervalMs, 250, 3600000));
  for (auto next = Clock::now();;) {
    const auto snapshot = call.onLane<protocol::ProcessSnapshot>(
        LaneKind::meta, params.sessionId, [cancel = call.cancel()](Connection& connection) {
          return snapshotOf(connection, cancel);
        });
    if (!snapshot) return snapshot.error();
    if (!stream.send(*snapshot)) return call.cancel().error();
    // From now, not from the last tick: a server that answers slowly is not asked faster.
    next = std::max(next, Clock::now() - interval) + interval;
    if (auto slept = sleepUntil(next, call.cancel()); !slept) return slept.error();
  }
}

Result<protocol::KillResult> processKill(Call& call, const protocol::KillParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  const auto processes = processesOf(**connection);
  if (!processes) return processes.error();
  auto done = (*processes)->kill(params.id, params.kind, call.cancel());
  call.server()
      .auditTrail(protocol::AuditActor::editor, call.session().profile())
      .killed(protocol::name(params.kind), done ? Result<void>() : Result<void>(done.error()));
  return done;
}

}  // namespace mydba::server::handlers
