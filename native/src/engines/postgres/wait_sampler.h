#pragma once

// What a running statement waits for.
//
// PostgreSQL says what a process waits for at this moment (pg_stat_activity) and keeps no history,
// so a second connection looks every few milliseconds while the statement runs on the first. That
// connection belongs to a thread of its own: from start() until stop() nobody else touches it or
// the samples, and stop() joins the thread before it hands them out, so nothing is locked. The
// thread sleeps on the CancelToken that stop() cancels; a query that is under way then is ended by
// PQcancel, and one that a dead server never answers by its deadline. The pauses, of 10 to 100 ms,
// are fifty times as long as looking took at least: it costs two per cent of one processor.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/cancel.h"
#include "engines/postgres/session.h"

namespace mydba::postgres {

struct WaitSamples {
  std::map<std::string, std::int64_t> events;  ///< how often each was found, `CPU` for none
  std::int64_t total = 0;
  std::optional<Error> failure;  ///< what ended it early
};

/// Lane's thread.
class WaitSampler {
 public:
  /// Begins to look at the session of the server's process `pid` and its parallel workers. Error:
  /// of its connection, or `io` when there is no thread left.
  static Result<std::unique_ptr<WaitSampler>> start(std::unique_ptr<Session> watcher,
                                                    std::string pid);
  ~WaitSampler();
  WaitSampler(const WaitSampler&) = delete;
  WaitSampler& operator=(const WaitSampler&) = delete;

  /// Ends it. Once.
  WaitSamples stop();

 private:
  WaitSampler(std::unique_ptr<Session> watcher, std::string pid)
      : watcher_(std::move(watcher)), pid_(std::move(pid)) {}
  void work(const CancelToken& stopped);

  std::unique_ptr<Session> watcher_;
  std::string pid_;
  WaitSamples samples_;
  CancelSource stop_;
  std::thread thread_;
};

}  // namespace mydba::postgres
