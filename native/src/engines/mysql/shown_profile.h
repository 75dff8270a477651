#pragma once

#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Stages by `SET profiling`, which is a setting of the session alone: what is left when the
/// performance schema records none. It tells how long each stage took, in their order, and not
/// when it began.
class ShownProfile {
 public:
  /// Right before the statement; an error when the server has no profiling.
  static Result<ShownProfile> begin(Session& session, const CancelToken& cancel);
  /// Right after it, also when it failed: nothing more is recorded.
  Result<void> stop(Session& session) const;
  /// After `stop`: the stages, all approximate, and the processor's time in milliseconds. The last
  /// ones, which wait for the next statement, are cut to what the client saw, `totalMs`.
  struct Stages {
    std::vector<protocol::ProfileStage> stages;
    double cpuMs = 0;
  };
  Result<Stages> read(Session& session, double totalMs, const CancelToken& cancel) const;
  /// Goes on recording where the user had it so.
  Result<void> restore(Session& session) const;

 private:
  bool wasOn_ = false;
};

}  // namespace mydba::mysql
