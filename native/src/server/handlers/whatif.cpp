#include <algorithm>

#include "dispatch.h"
#include "plan/what_if.h"
#include "server/ask.h"
#include "server/server.h"

namespace mydba::server::handlers {

Result<protocol::WhatIfResult> whatifIndexes(Call& call, const protocol::WhatIfParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  const auto statement =
      call.server()
          .gateOf(call.session())
          .admitToExplain(params.sql, /*analyze=*/false,
                          yesOrNo(call, call.session(), protocol::AuditActor::editor));
  if (!statement) return statement.error();
  const auto limit = std::clamp<std::int64_t>(params.timeoutMs.value_or(60000), 1, 86400000);
  call.timeoutAfter(std::chrono::milliseconds(limit));
  return plan::whatIf(**connection, *statement, params.indexes, params.method, call.cancel());
}

}  // namespace mydba::server::handlers
