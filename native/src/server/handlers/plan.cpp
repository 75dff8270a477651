#include <algorithm>

#include "dispatch.h"
#include "plan/explain.h"

namespace mydba::server::handlers {

Result<protocol::ExplainResult> planExplain(Call& call, const protocol::ExplainParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  // From here, so that the time to reconnect is not taken from the statement.
  const auto limit = std::clamp<std::int64_t>(params.timeoutMs.value_or(30000), 1, 86400000);
  call.timeoutAfter(std::chrono::milliseconds(limit));
  return plan::explain(**connection, params.sql, params.analyze.value_or(false), call.cancel());
}

}  // namespace mydba::server::handlers
