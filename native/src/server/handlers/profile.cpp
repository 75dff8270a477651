#include "profile/profile.h"

#include "dispatch.h"
#include "server/ask.h"
#include "server/server.h"

namespace mydba::server::handlers {

Result<protocol::Profile> profileRun(Call& call, const protocol::ProfileParams& params) {
  const auto connection = call.connection();
  if (!connection) return connection.error();
  const auto statement =
      admitToExplain(call, params.sql, /*analyze=*/true, params.timeoutMs.value_or(60000));
  if (!statement) return statement.error();
  const auto audit =
      call.server().auditTrail(protocol::AuditActor::editor, call.session().profile());
  const bool enableInstruments = params.enableInstruments.value_or(false);
  auto measured = audit.takenBack(*statement, [&] {
    return profile::run(**connection, *statement, enableInstruments,
                        plan::thresholdsOf(params.thresholds), call.cancel());
  });
  if (enableInstruments)
    audit.enabledInstruments(measured ? Result<void>() : Result<void>(measured.error()));
  return measured;
}

}  // namespace mydba::server::handlers
