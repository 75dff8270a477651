#include "engines/mysql/session.h"

#include <charconv>

#include "base/embedded.h"
#include "engines/mysql/dial.h"
#include "engines/mysql/failure.h"
#include "engines/mysql/prepared.h"

namespace mydba::mysql {
namespace {

Result<Rows> queryText(MYSQL* handle, std::string_view sql) {
  if (mysql_real_query(handle, sql.data(), sql.size()) != 0) return lastError(handle, sql);
  Rows rows;
  const ResultHandle result(mysql_store_result(handle));
  if (!result) {
    if (mysql_errno(handle) != 0) return lastError(handle, sql);
    return rows;
  }
  const auto count = mysql_num_fields(result.get());
  while (const MYSQL_ROW cells = mysql_fetch_row(result.get())) {
    const unsigned long* lengths = mysql_fetch_lengths(result.get());
    Row& row = rows.emplace_back(count);
    for (unsigned i = 0; i < count; ++i)
      if (cells[i]) row[i].emplace(cells[i], lengths[i]);
  }
  return rows;
}

}  // namespace

std::optional<double> numberIn(const Row::value_type& cell) {
  double value = 0;
  if (!cell) return {};
  const auto read = std::from_chars(cell->data(), cell->data() + cell->size(), value);
  return read.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

Result<std::unique_ptr<Session>> Session::connect(const Target& target,
                                                  std::chrono::milliseconds patience, bool readOnly,
                                                  const CancelToken& cancel) {
  auto handle = dial(target, Clock::now() + patience, cancel);
  if (!handle) return handle.error();
  auto session = std::make_unique<Session>(std::move(*handle), target);
  if (const auto opened = session->open(readOnly, cancel); !opened) return opened.error();
  return session;
}

Session::Session(Handle handle, Target target)
    : handle_(std::move(handle)),
      interruptible_{handle_.get(), std::move(target), mysql_thread_id(handle_.get())} {}

Session::~Session() {
  // COM_QUIT needs room in the socket's buffer; a server that stopped reading has none.
  if (!alive_) shutSocket(handle_.get());
}

Result<void> Session::open(bool readOnly, const CancelToken& cancel) {
  const auto rows = query(embeddedSql("mysql", "server"), cancel);
  if (!rows) return rows.error();
  if (rows->empty() || rows->front().size() < 4)
    return Error{.code = ErrorCode::connectFailed,
                 .message = "the server did not introduce itself"};
  const Row& row = rows->front();
  server_.version = row[0].value_or("");
  server_.user = row[1];
  server_.database = row[2];
  id_ = row[3].value_or("");
  flavour_ = &flavourOf(server_.version);
  server_.engine = flavour_->id;
  server_.flavour = flavour_->title;
  server_.versionNumber = versionNumber(server_.version);
  server_.tls = mysql_get_ssl_cipher(handle_.get()) != nullptr;
  readOnly_ = readOnly;
  if (!readOnly) return {};
  return execute("SET SESSION TRANSACTION READ ONLY", cancel);
}

Result<void> Session::beginReadOnly(const CancelToken& cancel) {
  return execute("START TRANSACTION READ ONLY", cancel);
}

Result<void> Session::endReadOnly() {
  return alive_ ? execute("COMMIT", CancelToken{}) : Result<void>();
}

Error Session::lost() const {
  return {.code = ErrorCode::connectionLost,
          .message = "the connection to the server is gone",
          .hint = "connect again",
          .retryable = true};
}

bool Session::inTransaction() const {
  return (handle_->server_status & SERVER_STATUS_IN_TRANS) != 0;
}

Result<void> Session::execute(std::string_view sql, const CancelToken& cancel) {
  const auto done = query(sql, cancel);
  return done ? Result<void>() : done.error();
}

Result<std::string> Session::database(const CancelToken& cancel) {
  const auto rows = query("SELECT DATABASE()", cancel);
  if (!rows) return rows.error();
  return rows->empty() ? "" : rows->front()[0].value_or("");
}

Result<Rows> Session::query(std::string_view sql, std::span<const std::string_view> values,
                            const CancelToken& cancel) {
  if (!alive_) return lost();
  if (cancel.cancelled()) return cancel.error();
  CallGuard guard(interruptible_, cancel);
  auto rows =
      values.empty() ? queryText(handle_.get(), sql) : queryPrepared(handle_.get(), sql, values);
  const auto settled = settle(guard, cancel, rows ? std::nullopt : std::optional(rows.error()));
  if (!settled) return settled.error();
  return rows;
}

Result<void> Session::settle(CallGuard& guard, const CancelToken& cancel,
                             std::optional<Error> failed) {
  const bool killed = failed && failed->engineCode == "1317";
  if (!guard.finish(killed)) alive_ = false;
  if (failed && failed->code == ErrorCode::connectionLost) alive_ = false;
  // SLEEP() and others end with success when they are killed, so the error alone does not tell.
  if (guard.interrupted() && cancel.cancelled()) return cancel.error();
  if (!failed) return {};
  // Somebody else has killed the statement.
  if (failed->code == ErrorCode::cancelled) failed->code = ErrorCode::server;
  return *failed;
}

}  // namespace mydba::mysql
