#include <algorithm>

#include "dispatch.h"

namespace mydba::server::handlers {
namespace {

Result<Processes*> processesOf(Connection& connection) {
  if (Processes* processes = connection.processes()) return processes;
  return Error{.code = ErrorCode::unsupported,
               .message = "this engine has no sessions to list",
               .hint = "a database file is only open in the programs that use it"};
}

}  // namespace

Result<protocol::ProcessSnapshot> processList(Call& call, const protocol::SessionParams&) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  const auto processes = processesOf(**connection);
  if (!processes) return processes.error();
  return (*processes)->list(call.cancel());
}

Result<protocol::Empty> processWatch(Call& call, const protocol::WatchParams& params,
                                     Stream<protocol::ProcessSnapshot>& stream) {
  const std::chrono::milliseconds interval(
      std::clamp<std::int64_t>(params.intervalMs, 250, 3600000));
  for (auto next = Clock::now();;) {
    const auto snapshot = call.onMeta<protocol::ProcessSnapshot>(
        params.sessionId,
        [cancel = call.cancel()](Connection& connection) -> Result<protocol::ProcessSnapshot> {
          const auto processes = processesOf(connection);
          if (!processes) return processes.error();
          return (*processes)->list(cancel);
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
  return (*processes)->kill(params.id, params.kind, call.cancel());
}

}  // namespace mydba::server::handlers
