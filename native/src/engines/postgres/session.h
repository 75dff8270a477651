#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engines/engine.h"
#include "engines/postgres/exchange.h"
#include "engines/postgres/handles.h"
#include "engines/postgres/type_names.h"

namespace mydba::postgres {

/// All rows of a small result: of the catalogue, the plan, the process list.
class Rows {
 public:
  explicit Rows(ResultHandle result) : result_(std::move(result)) {}

  int count() const { return PQntuples(result_.get()); }
  bool isNull(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  /// Empty for NULL. Valid as long as this object.
  std::string_view view(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
  }
  std::string text(int row, int column) const { return std::string(view(row, column)); }
  bool truth(int row, int column) const { return view(row, column) == "t"; }
  /// Column by name; -1 when there is none.
  int column(const char* name) const { return PQfnumber(result_.get(), name); }

 private:
  ResultHandle result_;
};

/// What the server remarks while a statement runs; valid during the call.
struct Notice {
  std::string_view severity;
  std::string_view message;
  std::string_view context;  ///< the stack of calls, the innermost first
};

using NoticeListener = std::function<void(const Notice&)>;

/// One connection of libpq. Lane's thread.
class Session {
 public:
  explicit Session(ConnectionHandle connection);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Streams one statement of the user to `sink`; see Connection::run.
  Result<void> stream(std::string_view sql, RowSink& sink, const CancelToken& cancel);
  /// Runs one statement of ours and collects its rows; by `deadline` it is stopped as if cancelled.
  Result<Rows> query(std::string_view sql, std::span<const Argument> arguments,
                     const CancelToken& cancel, Deadline deadline = {});
  Result<Rows> query(std::string_view sql, std::initializer_list<Argument> arguments,
                     const CancelToken& cancel, Deadline deadline = {});
  /// From now on every statement of the user runs in a transaction that cannot be made writable.
  Result<void> holdReadOnly(const CancelToken& cancel);
  /// Begins a transaction; on a read-only session, or when told so, one that cannot be made to
  /// write.
  Result<void> begin(const CancelToken& cancel, bool readOnly = false);
  /// Runs a statement that must not be cancelled, such as ROLLBACK, but never waits for a dead
  /// server.
  Result<void> cleanUp(std::string_view sql);

  /// Who hears the notices of statements of ours from now on; nobody when it is empty.
  void listen(NoticeListener listener) { listener_ = std::move(listener); }

  bool holdsReadOnly() const { return readOnly_; }
  bool alive() const;
  /// For facts that libpq keeps: server version, user, transaction state.
  const PGconn* raw() const { return connection_.get(); }
  /// Inside a transaction block that has not failed.
  bool inTransaction() const { return PQtransactionStatus(raw()) == PQTRANS_INTRANS; }

 private:
  static void receiveNotice(void* session, const PGresult* notice);
  Result<Rows> collect(std::string_view sql, std::span<const Argument> arguments,
                       const CancelToken& cancel, Deadline deadline);
  Result<Rows> collectResults(Exchange& exchange, std::string_view sql, const CancelToken& cancel);
  Result<void> streamFree(std::string_view sql, RowSink& sink, const CancelToken& cancel);
  Result<void> ready(std::string_view sql, const CancelToken& cancel);
  Result<void> lose(Error error, const CancelToken& cancel);
  Result<void> loadTypes(const CancelToken& cancel);
  Result<void> dropSavepoint(bool stopped);

  ConnectionHandle connection_;
  std::shared_ptr<PGcancel> cancelHandle_;
  TypeNames types_;
  RowSink* sink_ = nullptr;
  NoticeListener listener_;
  bool readOnly_ = false;
  bool lost_ = false;
};

}  // namespace mydba::postgres
