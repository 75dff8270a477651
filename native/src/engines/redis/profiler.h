#pragma once

#include "engines/engine.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// Measured runs of commands that only read: there is no rollback for others. No setting of the
/// server is changed: what it counts for each command anyway tells how long one took. With
/// `enableInstruments` other clients' commands are listened to (monitor_sample.h). Lane's thread.
class RedisProfiler final : public Profiler {
 public:
  /// Both outlive it.
  RedisProfiler(Session& session, const protocol::ServerInfo& server)
      : session_(session), server_(server) {}

  Result<MeasuredRun> profile(const guard::CheckedStatement& statement, bool enableInstruments,
                              const CancelToken& cancel) override;

 private:
  Session& session_;
  const protocol::ServerInfo& server_;
};

}  // namespace mydba::redis
