#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engines/redis/session.h"
#include "types.h"

namespace mydba::redis {

/// What the server has counted for one command since it started: a line of INFO commandstats.
struct CommandCount {
  std::int64_t calls = 0;
  std::int64_t microseconds = 0;
};

/// Counters of the whole server at one moment (redis.io/commands/info).
struct ServerCounters {
  CommandCount command;
  std::map<std::string, std::int64_t, std::less<>> stats;  ///< of INFO stats, only whole numbers
};

/// An error when the user may not ask for them.
Result<ServerCounters> readCounters(Session& session, const Command& command);

/// The latencies that the server has measured for the command so far, as it says them: `p50=1.003`,
/// …, in microseconds. Empty when it does not (before version 7, or not permitted).
std::string usualLatency(Session& session, const Command& command);

/// Those that moved, of the command and of the server.
std::vector<protocol::ProfileMetric> movedBetween(const ServerCounters& before,
                                                  const ServerCounters& after);

}  // namespace mydba::redis
