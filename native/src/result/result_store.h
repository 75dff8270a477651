#pragma once

// The results that clients may still look into.
//
// A spooled run opens a result for every result set and appends to its spool; requests of any
// thread find it by id and read. What a reader wants of the run (read everything, stop) is a flag
// here and a call that wakes the run, which may be waiting for credit. A result lives as long as
// somebody refers to it, so closing one never pulls a file from under a reader.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/event.h"
#include "base/mutex.h"
#include "base/result.h"
#include "result/redaction.h"
#include "result/spool.h"
#include "result/view.h"
#include "types.h"

namespace mydba::result {

/// What a run can be told while it reads a result. Called under the result's lock, so neither may
/// block or ask the result anything, and neither is called after endRun.
struct RunControl {
  std::function<void()> wake;    ///< look at the flags
  std::function<void()> cancel;  ///< end the statement on the server
};

/// Who may see the values of redacted columns: the user may ask for them, an agent may not.
enum class Reveal : std::uint8_t { onDemand, never };

/// One spooled result set. Any thread.
class OpenResult {
 public:
  OpenResult(std::string id, std::uint32_t resultSet, std::vector<protocol::Column> columns,
             Reveal reveal, std::unique_ptr<Spool> spool, RunControl control);

  const std::string& id() const { return id_; }
  std::uint32_t resultSet() const { return resultSet_; }
  const std::vector<protocol::Column>& columns() const { return columns_; }
  Spool& spool() { return *spool_; }
  const Spool& spool() const { return *spool_; }

  /// The columns that are redacted now.
  RedactedColumns redacted() const MYDBA_EXCLUDES(mutex_);
  /// From now on the values of a column are delivered. `refused` where the result is not for
  /// people's eyes alone, `invalidParams` when there is no such column.
  Result<void> reveal(std::int64_t column) MYDBA_EXCLUDES(mutex_);
  /// False: sorting or filtering by a redacted column would tell its values to an agent.
  bool canRevealOnDemand() const { return reveal_ == Reveal::onDemand; }

  /// The run sends no more frames and reads all its rows into the spool.
  void readAll() MYDBA_EXCLUDES(mutex_);
  bool wantsAll() const MYDBA_EXCLUDES(mutex_);
  /// Ends the run if it still reads.
  void close() MYDBA_EXCLUDES(mutex_);
  bool closed() const MYDBA_EXCLUDES(mutex_);

  /// By the run, when nothing more will be appended; its control is not called afterwards.
  void endRun() MYDBA_EXCLUDES(mutex_);
  /// Signalled when the run has ended.
  const Event& ended() const { return ended_; }

  /// Takes the place of the view there was. Returns its id.
  std::string keepView(View view) MYDBA_EXCLUDES(mutex_);
  /// `invalidParams` when the view is gone.
  Result<std::shared_ptr<const View>> view(const std::string& viewId) const MYDBA_EXCLUDES(mutex_);

 private:
  const std::string id_;
  const std::uint32_t resultSet_;
  const std::vector<protocol::Column> columns_;
  const Reveal reveal_;
  const std::unique_ptr<Spool> spool_;
  Event ended_;
  mutable Mutex mutex_;
  RedactedColumns redacted_ MYDBA_GUARDED_BY(mutex_);
  std::optional<RunControl> control_ MYDBA_GUARDED_BY(mutex_);
  bool wantsAll_ MYDBA_GUARDED_BY(mutex_) = false;
  bool closed_ MYDBA_GUARDED_BY(mutex_) = false;
  std::shared_ptr<const View> view_ MYDBA_GUARDED_BY(mutex_);
  std::uint64_t viewNumber_ MYDBA_GUARDED_BY(mutex_) = 0;
};

/// Any thread.
class ResultStore {
 public:
  explicit ResultStore(SpoolOptions spools = {}) : spools_(std::move(spools)) {}

  /// Makes a spool and an id that was never used.
  Result<std::shared_ptr<OpenResult>> open(std::uint32_t resultSet,
                                           std::vector<protocol::Column> columns, Reveal reveal,
                                           RunControl control) MYDBA_EXCLUDES(mutex_);
  /// `invalidParams` when there is none of this id.
  Result<std::shared_ptr<OpenResult>> find(const std::string& id) const MYDBA_EXCLUDES(mutex_);
  /// Closes a result and forgets it; nothing happens when there is none.
  void close(const std::string& id) MYDBA_EXCLUDES(mutex_);

 private:
  const SpoolOptions spools_;
  mutable Mutex mutex_;
  std::map<std::string, std::shared_ptr<OpenResult>> results_ MYDBA_GUARDED_BY(mutex_);
  std::uint64_t lastId_ MYDBA_GUARDED_BY(mutex_) = 0;
};

}  // namespace mydba::result
