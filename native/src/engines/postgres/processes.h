#pragma once

#include "engines/postgres/session.h"

namespace mydba::postgres {

/// Sessions of the server, from pg_stat_activity and pg_blocking_pids. Lane's thread.
class PostgresProcesses final : public Processes {
 public:
  /// `session` outlives this object.
  explicit PostgresProcesses(Session& session) : session_(session) {}

  Result<protocol::ProcessSnapshot> list(const CancelToken& cancel) override;
  Result<protocol::KillResult> kill(std::string_view id, protocol::KillKind kind,
                                    const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::postgres
