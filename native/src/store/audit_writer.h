#pragma once

// The one writer of the audit log in this process.
//
// Many lanes enter what they do, and each needs its entry on record before its statement goes to
// the server. So they wait for it in any case, and a mutex around one AuditLog is all there is: a
// thread of its own would add two switches to an append of some 30 microseconds and could still not
// let the lane go earlier. The reader thread enters nothing, so it never waits for a disk. Other
// processes that add to the same file are kept apart by SQLite's own lock.
//
// A log that cannot be written does not stop the work, unless `required` is set: then nothing runs
// that cannot be entered. Either way it is told once, and once again when it works after all.

#include <functional>
#include <optional>
#include <string>

#include "base/mutex.h"
#include "store/audit_log.h"

namespace mydba::store {

/// Any thread.
class AuditWriter {
 public:
  /// Takes a sentence for whoever looks after the log. Called under the writer's lock.
  using Tell = std::function<void(std::string_view sentence)>;

  /// Writes to `path`, which is opened by the first entry; without one nothing is entered.
  AuditWriter(std::optional<std::string> path, Tell tell);

  /// The number of the entry, or nothing when there is no log. An error only when the entry could
  /// not be written and is `required`: then what it is about must not be run.
  Result<std::optional<std::int64_t>> append(protocol::AuditEntry entry) MYDBA_EXCLUDES(mutex_);

  const std::optional<std::string>& path() const { return path_; }
  /// Sets what is kept and whether entries are required. Lets go at once what is not kept, and then
  /// again every thousand entries. A log that cannot be opened is told.
  void configure(const protocol::AuditSettings& settings) MYDBA_EXCLUDES(mutex_);
  AuditRetention retention() MYDBA_EXCLUDES(mutex_);

 private:
  Result<void> openLog() MYDBA_REQUIRES(mutex_);
  void failed(const Error& error) MYDBA_REQUIRES(mutex_);
  Result<std::int64_t> write(protocol::AuditEntry entry) MYDBA_REQUIRES(mutex_);

  const std::optional<std::string> path_;
  const Tell tell_;
  Mutex mutex_;
  std::optional<AuditLog> log_ MYDBA_GUARDED_BY(mutex_);
  AuditRetention retention_ MYDBA_GUARDED_BY(mutex_);
  std::int64_t sincePruned_ MYDBA_GUARDED_BY(mutex_) = 0;
  bool required_ MYDBA_GUARDED_BY(mutex_) = false;
  bool failing_ MYDBA_GUARDED_BY(mutex_) = false;
};

}  // namespace mydba::store
