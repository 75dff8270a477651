#pragma once

#include "engines/mysql/held_back.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Notes what the optimizer weighs, from `begin` to `end`. The settings are the session's own; the
/// server knows nothing of it.
class Tracing {
 public:
  static Result<Tracing> begin(Session& session, const CancelToken& cancel);
  /// Of the last statement that was planned.
  Result<protocol::OptimizerTrace> read(const CancelToken& cancel) const;
  /// Puts the settings back. Not cancelled.
  Result<void> end() const;

 private:
  explicit Tracing(Session& session) : session_(&session) {}
  Session* session_;
  std::string restore_;  ///< the statement
};

/// What the optimizer weighs when it plans a statement, which is not run. Settings of the session
/// are as before afterwards.
Result<protocol::OptimizerTrace> traceOf(Session& session, std::string_view sql, HeldBack how,
                                         const CancelToken& cancel);

/// The trace as steps in words. The text comes from a server and may be anything; of what is not
/// understood nothing is told.
Result<std::vector<protocol::TraceStep>> storyOf(std::string_view trace);

}  // namespace mydba::mysql
