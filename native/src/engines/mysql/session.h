#pragma once

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/mysql/call_guard.h"
#include "engines/mysql/flavour.h"
#include "types.h"

namespace mydba::mysql {

using Row = std::vector<std::optional<std::string>>;
using Rows = std::vector<Row>;

/// A cell as a number; nothing for NULL and for what is none.
std::optional<double> numberIn(const Row::value_type& cell);

/// What a statement's run and the facets share: one server session, used by one lane. After a
/// failed call `alive` tells whether the session is still of use.
class Session {
 public:
  Session(Handle handle, Target target);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  /// Never waits for the server.
  ~Session();

  /// One more session, within `patience`. Errors as of dial and open.
  static Result<std::unique_ptr<Session>> connect(const Target& target,
                                                  std::chrono::milliseconds patience, bool readOnly,
                                                  const CancelToken& cancel);
  /// Reads version, account and database, and sets what every session needs.
  Result<void> open(bool readOnly, const CancelToken& cancel);

  /// On a read-only session: opens and ends the transaction around a statement of the user. The
  /// session's default (SET SESSION TRANSACTION READ ONLY) can be changed by the statement that it
  /// is to hold back; a transaction that was started READ ONLY cannot, and refuses data changes
  /// and DDL of every storage engine (error 1792; MySQL manual, START TRANSACTION).
  Result<void> beginReadOnly(const CancelToken& cancel);
  Result<void> endReadOnly();
  bool holdsReadOnly() const { return readOnly_; }

  MYSQL* handle() const { return handle_.get(); }
  const Interruptible& interruptible() const { return interruptible_; }
  const protocol::ServerInfo& server() const { return server_; }
  const Flavour& flavour() const { return *flavour_; }
  const std::string& id() const { return id_; }
  bool alive() const { return alive_; }
  Error lost() const;
  /// In a transaction that somebody has started.
  bool inTransaction() const;

  /// Reads a whole small result. With values they are bound to the statement's `?`; without, the
  /// statement goes as text, because not every SHOW can be prepared.
  Result<Rows> query(std::string_view sql, std::span<const std::string_view> values,
                     const CancelToken& cancel);
  Result<Rows> query(std::string_view sql, std::initializer_list<std::string_view> values,
                     const CancelToken& cancel) {
    return query(sql, std::span(values.begin(), values.size()), cancel);
  }
  Result<Rows> query(std::string_view sql, const CancelToken& cancel) {
    return query(sql, std::span<const std::string_view>{}, cancel);
  }
  /// The same without the rows.
  Result<void> execute(std::string_view sql, const CancelToken& cancel);
  /// The current database; empty when there is none.
  Result<std::string> database(const CancelToken& cancel);
  /// Ends a guarded call: notes whether the connection has survived, and makes the error that the
  /// caller returns. `failed` is the call's own error, if any.
  Result<void> settle(CallGuard& guard, const CancelToken& cancel, std::optional<Error> failed);

 private:
  Handle handle_;
  Interruptible interruptible_;
  protocol::ServerInfo server_;
  const Flavour* flavour_ = &mysqlFlavour;
  std::string id_;
  bool readOnly_ = false;
  bool alive_ = true;
};

}  // namespace mydba::mysql
