#pragma once

// Looking around before a statement of the user runs, without leaving a trace.
//
// Everything is asked inside a transaction that cannot write and is rolled back; where the user has
// one open, below a savepoint of it, where the same holds until the savepoint is rolled back
// (manual, SET TRANSACTION). No question waits longer than a moment for another session's lock, and
// all of them together take `budget` at most.

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/wait.h"
#include "engines/postgres/session.h"

namespace mydba::postgres {

/// Lane's thread; one at a time.
class Probe {
 public:
  static constexpr std::chrono::milliseconds budget{1000};
  static constexpr std::chrono::milliseconds countLimit{250};

  /// Errors: `refused` inside a transaction that has failed, and those of the server.
  static Result<std::unique_ptr<Probe>> open(Session& session, const CancelToken& cancel);
  ~Probe();
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  /// Rows of a file of sql/. After an error the probe can go on.
  Result<Rows> ask(std::string_view file, std::initializer_list<Argument> arguments);
  /// The same with an empty search path, so that the server qualifies every name in what it writes.
  Result<Rows> askQualified(std::string_view file, std::initializer_list<Argument> arguments);
  /// Rows of a statement of the user that is proved to read, within `limit`.
  Result<Rows> askText(const std::string& sql, std::chrono::milliseconds limit);

 private:
  Probe(Session& session, const CancelToken& cancel);
  Result<void> begin();
  Result<Rows> attempt(std::string_view sql, std::initializer_list<Argument> arguments,
                       Deadline deadline);

  Session& session_;
  const CancelToken& cancel_;
  const Clock::time_point end_ = Clock::now() + budget;
  bool nested_ = false;
  bool open_ = false;
};

}  // namespace mydba::postgres
