#include <algorithm>

#include "dispatch.h"
#include "plan/explain.h"
#include "server/ask.h"
#include "server/server.h"

namespace mydba::server::handlers {

Result<protocol::ExplainResult> planExplain(Call& call, const protocol::ExplainParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  const bool analyze = params.analyze.value_or(false);
  const auto statement =
      call.server()
          .gateOf(call.session())
          .admitToExplain(params.sql, analyze,
                          yesOrNo(call, call.session(), protocol::AuditActor::editor));
  if (!statement) return statement.error();
  // From here, so that the time to reconnect or to ask is not taken from the statement.
  const auto limit = std::clamp<std::int64_t>(params.timeoutMs.value_or(30000), 1, 86400000);
  call.timeoutAfter(std::chrono::milliseconds(limit));
  return plan::explain(**connection, *statement, analyze, call.cancel());
}

}  // namespace mydba::server::handlers
