#pragma once

// What other clients did for at most a second, by MONITOR on a connection of its own.
//
// MONITOR makes the server write every command of every client to this connection too, which may
// halve its throughput (redis.io/commands/monitor), so it ends after a second or a thousand lines,
// whichever is first. Of each line only the command's name is kept: arguments hold other people's
// data and secrets. A thread reads, for the lane waits for the profiled command meanwhile; what it
// has found is taken after it was joined.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "base/cancel.h"
#include "base/result.h"
#include "base/time_limit.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// Commands of other clients.
struct OthersCommands {
  std::map<std::string, std::int64_t> counts;  ///< by name in upper case
  std::int64_t total = 0;
  double ms = 0;     ///< how long was listened
  bool cut = false;  ///< ended by its limits, before the profiled command did
};

class MonitorSample {
 public:
  /// Returns when the server has begun to tell. `session` is the one whose commands are left out.
  static Result<std::unique_ptr<MonitorSample>> begin(Session& session, const CancelToken& cancel);
  ~MonitorSample();
  MonitorSample(const MonitorSample&) = delete;
  MonitorSample& operator=(const MonitorSample&) = delete;

  /// Ends it. `session` as for begin, with no reply outstanding.
  OthersCommands end(Session& session);

 private:
  explicit MonitorSample(const CancelToken& cancel);
  void listen();
  void take(std::string_view line);

  TimeLimit limit_;
  std::unique_ptr<Session> listener_;
  std::string ownAddress_;
  std::string mark_;
  OthersCommands found_;
  std::thread thread_;
};

}  // namespace mydba::redis
