#include "server/run_sink.h"

#include <atomic>
#include <utility>

#include "base/utf8.h"
#include "privacy/redactor.h"

namespace mydba::server {
namespace {

using protocol::Truncated;
using rpc::Credit;

constexpr std::size_t shownStatementBytes = 10000;
constexpr std::chrono::milliseconds progressInterval{100};

}  // namespace

RunSink::RunSink(RunSinkOptions options, result::ResultStore& results,
                 Stream<protocol::RunEvent>& stream, Lane& lane, CancelSource cancelRun)
    : options_(options),
      results_(results),
      stream_(stream),
      lane_(lane),
      cancelRun_(std::move(cancelRun)) {}

RunSink::~RunSink() { endResult(); }

void RunSink::startStatement(std::int64_t index, std::string_view sql, StatementOutlook outlook) {
  outlook_ = std::move(outlook);
  statementAffected_ = 0;
  statement_ = index;
  statementText_ = sql;
  started_ = Clock::now();
}

Result<void> RunSink::endStatement(Result<void> outcome) {
  const bool closed = result_ && result_->closed();
  if (open_) {
    if (closed) giveUp(Truncated::closed);
    finishResultSet({});
  }
  if (error_) return *std::exchange(error_, {});
  // Closing the result cancels the statement; that is not a failure.
  if ((closed || stopped_) && !outcome && outcome.error().code == ErrorCode::cancelled) return {};
  const auto text = std::exchange(statementText_, {});
  if (outcome) return outcome;
  return privacy::withoutSecretsOf(text, *options_.dialect, outcome.error());
}

bool RunSink::begin(std::span<const protocol::Column> sent) {
  const auto columns = privacy::marked(sent, options_.viewer);
  redacted_ = result::redactedColumns(columns);
  rows_ = 0;
  sending_ = true;
  nextProgress_ = {};
  truncated_.reset();
  if (!openResult(columns)) return false;
  open_ = true;
  const auto resultSet = resultSets_++;
  writer_.begin(static_cast<std::uint32_t>(resultSet), static_cast<std::uint32_t>(columns.size()),
                0, result::Pace::prompt);
  return stream_.send(protocol::ResultSetEvent{
      .resultSet = resultSet,
      .resultId = result_ ? std::optional(result_->id()) : std::nullopt,
      .statement = statement_,
      .sql = std::string(utf8Prefix(statementText_, shownStatementBytes)),
      .columns = columns,
  });
}

bool RunSink::openResult(const std::vector<protocol::Column>& columns) {
  if (!options_.spool || columns.empty()) return true;
  result::RunControl control{
      .wake = [&state = stream_.state()] { state.wake(); },
      .cancel = [source = cancelRun_]() mutable { source.cancel(CancelReason::user); },
  };
  const auto reveal = options_.viewer.agent ? result::Reveal::never : result::Reveal::onDemand;
  auto opened =
      results_.open(static_cast<std::uint32_t>(resultSets_), columns, reveal, std::move(control));
  if (opened)
    result_ = std::move(*opened);
  else
    error_ = opened.error();
  return static_cast<bool>(opened);
}

bool RunSink::row(std::span<const Cell> cells) {
  if (truncated_) return false;
  if (options_.limit && rows_ >= *options_.limit) {
    truncated_ = Truncated::limit;
    return false;
  }
  const std::size_t cuts = writer_.cuts().size();
  writer_.append(cells);
  if (result_ && writer_.cuts().size() > cuts) {
    for (const result::CutCell& cut : writer_.cuts().subspan(cuts)) {
      auto kept = result_->spool().keepCell(static_cast<std::uint64_t>(rows_), cut.column,
                                            cells[cut.column]);
      if (!kept) error_ = kept.error();
    }
  }
  ++rows_;
  return !error_ && (!writer_.full() || deliver());
}

bool RunSink::deliver() {
  const std::string_view frame = writer_.finish();
  if (result_ && !spoolFrame(frame)) return false;
  if (sending_ && !acquireCredit()) return false;
  if (sending_) return sendFrame(frame);
  sendProgress();
  return !result_->closed() || giveUp(Truncated::closed);
}

bool RunSink::sendFrame(std::string_view frame) {
  // The user may have revealed a column meanwhile.
  const auto redacted = result_ ? result_->redacted() : redacted_;
  if (redacted.empty()) return stream_.state().sendFrame(std::string(frame));
  auto shown = result::redactFrame(frame, redacted);
  if (!shown) error_ = shown.error();
  return shown && stream_.state().sendFrame(std::move(*shown));
}

bool RunSink::spoolFrame(std::string_view frame) {
  const auto appended = result_->spool().append(frame);
  if (!appended)
    error_ = appended.error();
  else if (!*appended)
    truncated_ = Truncated::spoolFull;
  return appended && *appended;
}

bool RunSink::acquireCredit() {
  rpc::StreamState& state = stream_.state();
  Credit credit = Credit::woken;
  if (!result_) {
    while (credit == Credit::woken) credit = state.acquire();
    return credit == Credit::granted;
  }
  if (!sendingStopped()) credit = state.acquire(Clock::now());
  return credit == Credit::granted || (credit != Credit::closed && waitPaused());
}

/// True when the run goes on: with credit for a frame, or without sending.
bool RunSink::waitPaused() {
  rpc::StreamState& state = stream_.state();
  std::atomic<bool> superseded = false;
  const auto waiting = lane_.whenAnotherWaits([&] {
    superseded = true;
    state.wake();
  });
  const Deadline deadline = Clock::now() + options_.patience;
  for (;;) {
    if (result_->closed()) return giveUp(Truncated::closed);
    if (sendingStopped()) return true;
    if (superseded) return giveUp(Truncated::superseded);
    switch (state.acquire(deadline)) {
      case Credit::granted: return true;
      case Credit::closed: return false;
      case Credit::woken: break;
      case Credit::timedOut: return giveUp(Truncated::paused);
    }
  }
}

/// Notices that the client has asked for all rows.
bool RunSink::sendingStopped() {
  if (sending_ && result_->wantsAll()) sending_ = false;
  return !sending_;
}

bool RunSink::giveUp(Truncated why) {
  truncated_ = why;
  stopped_ = true;
  return false;
}

void RunSink::sendProgress() {
  const auto now = Clock::now();
  if (now < nextProgress_) return;
  nextProgress_ = now + progressInterval;
  stream_.send(protocol::ProgressEvent{
      .resultSet = resultSets_ - 1,
      .rows = rows_,
      .bytes = static_cast<std::int64_t>(result_->spool().bytes()),
  });
}

void RunSink::end(const ResultSetEnd& end) { finishResultSet(end); }

void RunSink::finishResultSet(const ResultSetEnd& end) {
  if (!open_) return;
  open_ = false;
  if (writer_.rowCount() > 0 && !error_) {
    const std::string_view frame = writer_.finish();
    if (result_) {
      if (truncated_ != Truncated::spoolFull && spoolFrame(frame) && sending_ &&
          stream_.state().acquire(Clock::now()) == Credit::granted)
        sendFrame(frame);
    } else if (acquireCredit()) {
      sendFrame(frame);
    }
  }
  if (truncated_ == Truncated::spoolFull)
    rows_ = static_cast<std::int64_t>(result_->spool().rows());
  totalRows_ += rows_;
  endResult();
  statementAffected_ += end.affected.value_or(0);
  const bool rolledBack =
      outlook_.rolledBackAbove && statementAffected_ > *outlook_.rolledBackAbove;
  if (!rolledBack) affected_ += end.affected.value_or(0);
  stream_.send(protocol::ResultSetEndEvent{
      .resultSet = resultSets_ - 1,
      .rows = rows_,
      .affected = end.affected,
      .command = end.command.empty() ? std::nullopt : std::optional(end.command),
      .elapsedMs = millisecondsSince(started_),
      .truncated = truncated_,
      .rolledBack = rolledBack ? std::optional(true) : std::nullopt,
      .undo = rolledBack ? std::nullopt : outlook_.undo,
  });
}

void RunSink::endResult() {
  if (result_) result_->endRun();
  result_.reset();
}

void RunSink::notice(std::string_view severity, std::string_view message) {
  stream_.send(protocol::NoticeEvent{.severity = std::string(severity),
                                     .message = privacy::withoutSecretsOf(
                                         statementText_, *options_.dialect, std::string(message))});
}

}  // namespace mydba::server
