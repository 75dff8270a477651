#pragma once

// One run of a statement under the clock, of which nothing is left.
//
// What writes runs in a savepoint that is rolled back, also sqlite_sequence, which is a table like
// any other (sqlite.org/autoinc.html). What reads runs under the read-only authorizer. A statement
// that writes is refused in a transaction of the user: SQLite rolls back the whole of it when the
// statement is interrupted, when the disk is full, or by ON CONFLICT ROLLBACK
// (sqlite.org/c3ref/interrupt.html, sqlite.org/lang_transaction.html).

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/sqlite/scan_status.h"
#include "engines/sqlite/session.h"
#include "types.h"

namespace mydba::sqlite {

/// Times in milliseconds.
struct TimedRun {
  double prepareMs = 0;
  double firstRowMs = 0;  ///< to the first row, or to the end when there is none
  double moreRowsMs = 0;  ///< from the first row to the last
  double rollbackMs = 0;  ///< afterwards
  double lockMs = 0;      ///< waited for other programs' locks, within the others
  double cpuMs = 0;       ///< processor time of preparing and running
  std::int64_t rows = 0;
  std::optional<std::int64_t> changed;  ///< rows, by the statement itself; only when it writes
  std::int64_t changedInAll = 0;        ///< with what triggers and foreign keys changed
  std::vector<protocol::ProfileMetric> metrics;  ///< those that moved
  std::vector<protocol::NamedValue> program;     ///< of the compiled statement
  ScanStatus scans;

  double runMs() const { return firstRowMs + moreRowsMs; }
};

/// Under a Session::Guard.
Result<TimedRun> timeRun(Session& session, std::string_view sql, const CancelToken& cancel);

/// Puts times and counts into the plan that queryPlan gave for the statement; the stages of its
/// steps, if any.
std::vector<protocol::ProfileStage> addMeasured(const TimedRun& run, protocol::PlanTree& tree);

}  // namespace mydba::sqlite
