#include "dispatch.h"
#include "server/server.h"

namespace mydba::server::handlers {

Result<protocol::WorkloadResult> workloadPlans(Call& call, const protocol::WorkloadParams&) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  return Error{.code = ErrorCode::unsupported,
               .message = (*connection)->server().flavour + " keeps no statistics of statements"};
}

}  // namespace mydba::server::handlers
