#pragma once

#include <memory>
#include <string_view>

#include "engines/engine.h"
#include "store/audit_trail.h"

namespace mydba::cli {

struct OpenConnection {
  protocol::ConnectionProfile profile;
  std::unique_ptr<Connection> connection;
  /// For what is done with it. A log that cannot be written is told on stderr, and the command goes
  /// on: scripts rely on it.
  store::AuditTrail audit;
};

/// Connects to a URL. A password comes from the URL, else from the variables and files that the
/// engine's own tools read, else it is typed at the terminal if there is one. The attempt is
/// entered into the audit log.
Result<OpenConnection> openConnection(std::string_view url, bool readOnly,
                                      const CancelToken& cancel);

/// The audit log for what this process does on a connection; complaints of it go to stderr.
store::AuditTrail commandAudit(protocol::AuditActor actor,
                               const protocol::ConnectionProfile& profile);

}  // namespace mydba::cli
