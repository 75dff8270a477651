#include "engines/sqlite/connection.h"

#include <optional>

#include "engines/sql_transactions.h"
#include "engines/sqlite/catalogue.h"
#include "engines/sqlite/explainer.h"
#include "engines/sqlite/preflight.h"
#include "engines/sqlite/profiler.h"
#include "engines/sqlite/read_only.h"
#include "engines/sqlite/row_reader.h"
#include "engines/sqlite/variables.h"
#include "engines/sqlite/what_if.h"
#include "engines/sqlite/workload.h"
#include "sql/facts.h"

namespace mydba::sqlite {
namespace {

/// `INSERT`, and the number of rows that it changed itself.
ResultSetEnd endOf(sqlite3* handle, std::string_view sql) {
  const sql::StatementFacts facts = sql::readFacts(sql, *sql::findDialect("sqlite"));
  ResultSetEnd end;
  for (const char c : facts.kindName)
    end.command += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  using enum sql::StatementKind;
  if (facts.kind == insert || facts.kind == update || facts.kind == remove || facts.kind == replace)
    end.affected = sqlite3_changes64(handle);
  return end;
}

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(std::unique_ptr<Session> session)
      : session_(std::move(session)),
        catalogue_(*session_),
        explainer_(*session_),
        profiler_(*session_),
        variables_(*session_),
        whatIf_(*session_),
        workload_(*session_),
        preflight_(*session_) {}

  const protocol::ServerInfo& server() const override { return session_->server(); }
  /// A file cannot hang up.
  bool alive() const override { return true; }
  Catalogue* catalogue() override { return &catalogue_; }
  Explainer* explainer() override { return &explainer_; }
  Preflight* preflight() override { return &preflight_; }
  Profiler* profiler() override { return &profiler_; }
  Variables* variables() override { return &variables_; }
  WhatIf* whatIf() override { return &whatIf_; }
  Workload* workload() override { return &workload_; }

  Transactions* transactions() override {
    return session_->holdsReadOnly() ? nullptr : &transactions_;
  }

  Result<void> run(const guard::CheckedStatement& checked, RowSink& sink,
                   const CancelToken& cancel) override {
    return runText(checked.text(), sink, cancel);
  }

 private:
  Result<void> runText(std::string_view sql, RowSink& sink, const CancelToken& cancel) {
    if (cancel.cancelled()) return cancel.error();
    const Session::Guard guard(*session_, cancel);
    std::optional<ReadOnlyScope> scope;
    if (session_->holdsReadOnly()) scope.emplace(session_->handle());
    auto statement = prepare(session_->handle(), sql);
    if (!statement) return cancel.cancelled() ? cancel.error() : statement.error();
    if (!*statement) {  // nothing but comments
      if (sink.begin({})) sink.end({});
      return {};
    }
    return stream(statement->get(), sql, sink, cancel);
  }

  Result<void> stream(sqlite3_stmt* statement, std::string_view sql, RowSink& sink,
                      const CancelToken& cancel) {
    int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) return session_->failed(code, cancel);
    RowReader rows(statement);
    bool wanted = sink.begin(rows.columns());
    while (wanted && code == SQLITE_ROW) {
      wanted = sink.row(rows.read());
      if (cancel.cancelled()) return cancel.error();
      if (wanted) code = sqlite3_step(statement);
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE) return session_->failed(code, cancel);
    if (rows.sawCutBlob())
      sink.notice("Warning", "a blob of more than 8 MiB is shown only in part");
    if (wanted) sink.end(endOf(session_->handle(), sql));
    return {};
  }

  Result<void> execute(std::string_view sql, const CancelToken& cancel) {
    const Session::Guard guard(*session_, cancel);
    const int code =
        sqlite3_exec(session_->handle(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>() : session_->failed(code, cancel);
  }

  TransactionHooks transactionHooks() {
    return {
        .open = [this] { return sqlite3_get_autocommit(session_->handle()) == 0; },
        .failed = [] { return false; },
        .execute = [this](std::string_view sql,
                          const CancelToken& cancel) { return execute(sql, cancel); },
        .cleanUp = [this](std::string_view sql) { return execute(sql, {}); },
        .stream = [this](std::string_view sql, RowSink& sink,
                         const CancelToken& cancel) { return runText(sql, sink, cancel); },
        // DDL and AUTOINCREMENT as well: all of it is in the file (sqlite.org/autoinc.html).
        .canTakeBack = [](const sql::Statement&, const CancelToken&) { return Result<void>(); },
        .leftBehind = {},
    };
  }

  std::unique_ptr<Session> session_;
  SqliteCatalogue catalogue_;
  SqliteExplainer explainer_;
  SqliteProfiler profiler_;
  SqliteVariables variables_;
  SqliteWhatIf whatIf_;
  SqliteWorkload workload_;
  SqlTransactions transactions_{transactionHooks()};
  SqlitePreflight preflight_;
};

}  // namespace

std::unique_ptr<Connection> makeConnection(std::unique_ptr<Session> session) {
  return std::make_unique<SqliteConnection>(std::move(session));
}

}  // namespace mydba::sqlite
