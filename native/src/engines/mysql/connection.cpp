// Running one statement.
//
// Rows come unbuffered (mysql_use_result): the library holds one row, TCP holds back the server,
// and memory does not depend on the number of rows. Until the last row is read the connection can
// do nothing else, so a statement that is not wanted any more is killed first and its rest, which
// is what was under way, is read and thrown away (call_guard.h).

#include "engines/mysql/connection.h"

#include "engines/mysql/catalogue.h"
#include "engines/mysql/columns.h"
#include "engines/mysql/explainer.h"
#include "engines/mysql/failure.h"
#include "engines/mysql/preflight.h"
#include "engines/mysql/processes.h"
#include "engines/mysql/profiler.h"
#include "engines/mysql/statement.h"
#include "engines/mysql/take_back.h"
#include "engines/mysql/variables.h"
#include "engines/mysql/what_if.h"
#include "engines/mysql/workload.h"
#include "engines/sql_transactions.h"

namespace mydba::mysql {
namespace {

/// SHOW WARNINGS keeps max_error_count of them, 1024 by default; nobody reads that many.
constexpr std::string_view showWarnings = "SHOW WARNINGS LIMIT 50";

class StatementRun {
 public:
  StatementRun(MYSQL* handle, std::string_view sql, RowSink& sink, CallGuard& guard)
      : handle_(handle), sql_(sql), command_(command(sql)), sink_(sink), guard_(guard) {}

  /// The statement's error. After `stopped` an error is only the echo of the kill.
  std::optional<Error> run() {
    if (mysql_real_query(handle_, sql_.data(), sql_.size()) != 0) return lastError(handle_, sql_);
    for (;;) {
      if (auto failed = oneResult()) return failed;
      const int next = mysql_next_result(handle_);
      if (next > 0) return lastError(handle_, sql_);
      if (next < 0) break;
    }
    if (!stopped_) reportWarnings();
    return {};
  }

  bool stopped() const { return stopped_; }

 private:
  std::optional<Error> oneResult() {
    const ResultHandle result(mysql_use_result(handle_));
    if (result) return readRows(result.get());
    if (mysql_errno(handle_) != 0) return lastError(handle_, sql_);
    if (stopped_) return {};
    if (!sink_.begin({})) return stop(), std::nullopt;
    const auto affected = mysql_affected_rows(handle_);
    sink_.end({static_cast<std::int64_t>(affected), command_});
    return {};
  }

  /// Always reads to the end: only then may the result be freed.
  std::optional<Error> readRows(MYSQL_RES* result) {
    Columns columns(result);
    if (!stopped_ && !sink_.begin(columns.described())) stop();
    while (const MYSQL_ROW row = mysql_fetch_row(result)) {
      if (stopped_) continue;
      if (!sink_.row(columns.cells(row, mysql_fetch_lengths(result)))) stop();
    }
    if (mysql_errno(handle_) != 0) return lastError(handle_, sql_);
    if (!stopped_) sink_.end({std::nullopt, command_});
    return {};
  }

  void stop() {
    stopped_ = true;
    guard_.interrupt();
  }

  void reportWarnings() {
    if (mysql_warning_count(handle_) == 0 || command_ == "SHOW") return;
    if (mysql_real_query(handle_, showWarnings.data(), showWarnings.size()) != 0) return;
    const ResultHandle result(mysql_store_result(handle_));
    if (!result || mysql_num_fields(result.get()) < 3) return;
    while (const MYSQL_ROW row = mysql_fetch_row(result.get()))
      if (row[0] && row[2]) sink_.notice(row[0], row[2]);
  }

  MYSQL* handle_;
  std::string_view sql_;
  std::string command_;
  RowSink& sink_;
  CallGuard& guard_;
  bool stopped_ = false;
};

class MysqlConnection final : public Connection {
 public:
  explicit MysqlConnection(std::unique_ptr<Session> session)
      : session_(std::move(session)),
        catalogue_(makeCatalogue(*session_)),
        explainer_(makeExplainer(*session_)),
        profiler_(makeProfiler(*session_, *explainer_)),
        processes_(makeProcesses(*session_)),
        preflight_(makePreflight(*session_)),
        variables_(makeVariables(*session_)),
        whatIf_(makeWhatIf(*session_)),
        workload_(makeWorkload(*session_)) {}

  const protocol::ServerInfo& server() const override { return session_->server(); }
  bool alive() const override { return session_->alive(); }
  Catalogue* catalogue() override { return catalogue_.get(); }
  Explainer* explainer() override { return explainer_.get(); }
  Profiler* profiler() override { return profiler_.get(); }
  Processes* processes() override { return processes_.get(); }
  // A read-only session has a transaction of its own around every statement.
  Transactions* transactions() override {
    return session_->holdsReadOnly() ? nullptr : &transactions_;
  }
  Preflight* preflight() override { return preflight_.get(); }
  Variables* variables() override { return variables_.get(); }
  WhatIf* whatIf() override { return whatIf_.get(); }
  Workload* workload() override { return workload_.get(); }

  Result<void> run(const guard::CheckedStatement& statement, RowSink& sink,
                   const CancelToken& cancel) override {
    const std::string_view sql = statement.text();
    if (!session_->alive()) return session_->lost();
    if (cancel.cancelled()) return cancel.error();
    if (!session_->holdsReadOnly()) return runFree(sql, sink, cancel);
    if (const auto begun = session_->beginReadOnly(cancel); !begun) return begun;
    const auto ran = runFree(sql, sink, cancel);
    const auto ended = session_->endReadOnly();
    return ended || !ran ? ran : ended;
  }

 private:
  Result<void> runFree(std::string_view sql, RowSink& sink, const CancelToken& cancel) {
    CallGuard guard(session_->interruptible(), cancel);
    StatementRun statement(session_->handle(), sql, sink, guard);
    auto failed = statement.run();
    const bool echo = statement.stopped() && !cancel.cancelled();
    const auto settled = session_->settle(guard, cancel, std::move(failed));
    return echo && session_->alive() ? Result<void>() : settled;
  }

  TransactionHooks transactionHooks() {
    return {
        .open = [this] { return session_->inTransaction(); },
        .failed = [] { return false; },
        .execute = [this](std::string_view sql,
                          const CancelToken& cancel) { return session_->execute(sql, cancel); },
        .cleanUp =
            [this](std::string_view sql) {
              return session_->alive() ? session_->execute(sql, {}) : Result<void>();
            },
        .stream = [this](std::string_view sql, RowSink& sink,
                         const CancelToken& cancel) { return runFree(sql, sink, cancel); },
        .canTakeBack =
            [this](const sql::Statement& statement, const CancelToken& cancel) {
              return canTakeBack(*session_, statement, cancel);
            },
        .leftBehind = "AUTO_INCREMENT columns keep the numbers that they gave out.",
    };
  }

  std::unique_ptr<Session> session_;
  std::unique_ptr<Catalogue> catalogue_;
  std::unique_ptr<Explainer> explainer_;
  std::unique_ptr<Profiler> profiler_;
  std::unique_ptr<Processes> processes_;
  SqlTransactions transactions_{transactionHooks()};
  std::unique_ptr<Preflight> preflight_;
  std::unique_ptr<Variables> variables_;
  std::unique_ptr<WhatIf> whatIf_;
  std::unique_ptr<Workload> workload_;
};

}  // namespace

std::unique_ptr<Connection> makeConnection(std::unique_ptr<Session> session) {
  return std::make_unique<MysqlConnection>(std::move(session));
}

}  // namespace mydba::mysql
