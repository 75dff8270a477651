#pragma once

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// Measured runs of statements (timed_run.h). Nothing has to be switched on for them. Lane's
/// thread.
class SqliteProfiler final : public Profiler {
 public:
  /// `session` must outlive it.
  explicit SqliteProfiler(Session& session) : session_(session) {}

  Result<MeasuredRun> profile(const guard::CheckedStatement& statement, bool enableInstruments,
                              const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::sqlite
