#pragma once

#include <map>
#include <memory>
#include <vector>

#include "engines/mysql/session.h"

namespace mydba::mysql {

/// A statement as the server measured it. Times are milliseconds, `start` and `id` are the
/// server's own.
struct StatementEvent {
  double start = 0;
  std::string id;
  std::string end;
  double ms = 0;
  double lockMs = 0;
  double rowsExamined = 0;
  std::optional<double> cpuMs;
};

/// What the performance schema records of one session, read on a second connection, so that to look
/// does not change what is looked at. One thread.
class PerformanceSchema {
 public:
  /// Connects and finds the session's thread. Error: why there is nothing to read.
  static Result<PerformanceSchema> open(const Session& watched, const CancelToken& cancel);

  /// Which of what profiles read is off.
  struct Lacking {
    bool stages = false;
    bool statements = false;
    std::vector<std::string> consumers;
    double instruments = 0;  ///< number of them
    bool thread = false;     ///< the session is not recorded at all
    bool any() const { return stages || statements; }
  };
  Result<Lacking> lacking(const CancelToken& cancel);

  /// The session's last statement but SHOW STATUS; nothing when it is not recorded.
  Result<std::optional<StatementEvent>> lastStatement(const CancelToken& cancel);
  /// Its stages; those of statements inside of it are one level down.
  Result<std::vector<protocol::ProfileStage>> stages(const StatementEvent& statement,
                                                     const CancelToken& cancel);

  using WaitSums = std::map<std::string, std::pair<double, double>>;  ///< count and milliseconds
  Result<WaitSums> waits(const CancelToken& cancel);
  /// True when the server times waits at all.
  Result<bool> timesWaits(const CancelToken& cancel);

 private:
  explicit PerformanceSchema(std::unique_ptr<Session> session) : session_(std::move(session)) {}

  std::unique_ptr<Session> session_;
  std::string thread_;
  bool recorded_ = false;
};

}  // namespace mydba::mysql
