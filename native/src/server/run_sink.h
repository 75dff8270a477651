#pragma once

// Where the rows of query/run go: into frames, into the spool, to the client.
//
// A frame is put into the spool first and sent second, so whatever a client has seen can be read
// again. When credit is used up, a run without a spool waits: that is back-pressure down to the
// database. A spooled run is *paused*: it holds a cursor open on the server and perhaps locks, so
// it does not wait for ever. It goes on when the client grants credit or asks for all rows
// (result/readAll: from then on they go to the spool only, with progress events); it is given up
// when the result is closed, when another request waits for the session, or after a minute. The
// rows that were read stay in the spool in all but the first case. The last frame of a spooled
// result set does not wait for credit, since its statement is done: a client finds what it was not
// sent in the spool.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/wait.h"
#include "engines/engine.h"
#include "privacy/marks.h"
#include "result/result_store.h"
#include "result/row_frame.h"
#include "server/call.h"
#include "sql/dialect.h"

namespace mydba::server {

inline constexpr std::chrono::seconds pausePatience{60};

/// What a run wants of its sink.
struct RunSinkOptions {
  std::optional<std::int64_t> limit;  ///< rows of each result set
  bool spool = false;
  privacy::Viewer viewer;
  const sql::Dialect* dialect = &sql::genericDialect();  ///< to find the secrets of a statement
  std::chrono::milliseconds patience = pausePatience;
};

/// What is known of a statement before it runs.
struct StatementOutlook {
  /// It is rolled back when it changes more rows than this; -1 for a dry run.
  std::optional<std::int64_t> rolledBackAbove;
  std::optional<protocol::Undo> undo;  ///< for its client, if it is kept
};

/// For all statements of one run, on its lane.
class RunSink final : public RowSink {
 public:
  /// `cancelRun` ends the statement that runs, for whoever closes its result. `lane` is the one
  /// that this runs on.
  RunSink(RunSinkOptions options, result::ResultStore& results, Stream<protocol::RunEvent>& stream,
          Lane& lane, CancelSource cancelRun);
  ~RunSink() override;

  /// Before each statement, which must live until endStatement.
  void startStatement(std::int64_t index, std::string_view sql, StatementOutlook outlook = {});
  /// After each statement, with its outcome: completes a result set that an error or the end of
  /// the run cut off. The error to answer, if any, without the statement's secrets.
  Result<void> endStatement(Result<void> outcome);
  /// True when the rest of the run is not wanted: its client gave it up.
  bool stopped() const { return stopped_; }
  /// Rows that the statement which was started last has changed, as far as the server said so.
  std::int64_t statementAffected() const { return statementAffected_; }
  /// Rows changed by all statements that were kept.
  std::int64_t affected() const { return affected_; }
  std::int64_t resultSets() const { return resultSets_; }
  std::int64_t totalRows() const { return totalRows_; }

  bool begin(std::span<const protocol::Column> columns) override;
  bool row(std::span<const Cell> cells) override;
  void end(const ResultSetEnd& end) override;
  void notice(std::string_view severity, std::string_view message) override;

 private:
  bool openResult(const std::vector<protocol::Column>& columns);
  bool deliver();
  bool sendFrame(std::string_view frame);
  bool spoolFrame(std::string_view frame);
  bool acquireCredit();
  bool waitPaused();
  bool sendingStopped();
  bool giveUp(protocol::Truncated why);
  void sendProgress();
  void finishResultSet(const ResultSetEnd& end);
  void endResult();

  const RunSinkOptions options_;
  result::ResultStore& results_;
  Stream<protocol::RunEvent>& stream_;
  Lane& lane_;
  const CancelSource cancelRun_;

  std::int64_t statement_ = 0;
  std::string_view statementText_;
  StatementOutlook outlook_;
  std::int64_t statementAffected_ = 0;
  std::int64_t affected_ = 0;
  Clock::time_point started_;
  bool stopped_ = false;
  std::int64_t resultSets_ = 0;
  std::int64_t totalRows_ = 0;

  // Of the result set that is being read.
  bool open_ = false;
  std::shared_ptr<result::OpenResult> result_;
  result::RedactedColumns redacted_;
  result::RowFrameWriter writer_;
  std::int64_t rows_ = 0;
  bool sending_ = true;
  std::optional<protocol::Truncated> truncated_;
  std::optional<Error> error_;
  Clock::time_point nextProgress_;
};

}  // namespace mydba::server
