#include "engines/postgres/session.h"

#include <sys/socket.h>

#include <charconv>

#include "base/embedded.h"
#include "engines/postgres/failure.h"
#include "engines/postgres/statement_effect.h"
#include "engines/postgres/statement_run.h"

namespace mydba::postgres {
namespace {

constexpr std::string_view queryCanceled = "57014";

// A session's default can be changed by the statement it is to hold back. A transaction's mode
// cannot, once it has a snapshot, which the SELECT takes: `transaction read-write mode must be set
// before any query` (PostgreSQL manual, SET TRANSACTION). The extended protocol then carries one
// statement, so that nothing can follow a COMMIT of the user's own.
constexpr std::string_view beginReadOnly = "BEGIN READ ONLY; SELECT 1";

Oid oidOf(std::string_view text) {
  Oid oid = InvalidOid;
  std::from_chars(text.data(), text.data() + text.size(), oid);
  return oid;
}

}  // namespace

Session::Session(ConnectionHandle connection)
    : connection_(std::move(connection)),
      cancelHandle_(PQgetCancel(connection_.get()), FreeCancel()) {
  PQsetNoticeReceiver(connection_.get(), &Session::receiveNotice, this);
}

Session::~Session() {
  // PQfinish says goodbye; a socket that is shut cannot make it wait.
  if (lost_ && PQsocket(raw()) >= 0) ::shutdown(PQsocket(raw()), SHUT_RDWR);
}

bool Session::alive() const {
  if (lost_ || PQstatus(raw()) != CONNECTION_OK) return false;
  char byte = 0;
  return ::recv(PQsocket(raw()), &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
}

void Session::receiveNotice(void* session, const PGresult* notice) {
  auto* self = static_cast<Session*>(session);
  if (!self->sink_ && !self->listener_) return;
  const auto field = [&](int code) -> std::string_view {
    const char* text = PQresultErrorField(notice, code);
    return text ? text : "";
  };
  const Notice said{.severity = field(PG_DIAG_SEVERITY),
                    .message = field(PG_DIAG_MESSAGE_PRIMARY),
                    .context = field(PG_DIAG_CONTEXT)};
  if (self->sink_)
    self->sink_->notice(said.severity.empty() ? "NOTICE" : said.severity, said.message);
  else
    self->listener_(said);
}

Result<void> Session::ready(std::string_view sql, const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  if (!lost_ && PQconsumeInput(connection_.get()) == 0) lost_ = true;
  if (lost_ || PQstatus(raw()) != CONNECTION_OK) return lose(connectionLost(raw()), {});
  if (sql.find('\0') != sql.npos)
    return Error{.code = ErrorCode::syntax,
                 .message = "the statement contains a NUL character",
                 .position = static_cast<std::int64_t>(sql.find('\0'))};
  return {};
}

Result<void> Session::lose(Error error, const CancelToken& cancel) {
  lost_ = true;
  return cancel.cancelled() ? cancel.error() : error;
}

Result<Rows> Session::query(std::string_view sql, std::initializer_list<Argument> arguments,
                            const CancelToken& cancel, Deadline deadline) {
  return query(sql, std::span<const Argument>(arguments.begin(), arguments.size()), cancel,
               deadline);
}

Result<Rows> Session::query(std::string_view sql, std::span<const Argument> arguments,
                            const CancelToken& cancel, Deadline deadline) {
  return collect(sql, arguments, cancel, deadline);
}

Result<void> Session::cleanUp(std::string_view sql) {
  const auto done = collect(sql, {}, {}, Clock::now() + cancelGrace);
  return done ? Result<void>() : Result<void>(done.error());
}

Result<Rows> Session::collect(std::string_view sql, std::span<const Argument> arguments,
                              const CancelToken& cancel, Deadline deadline) {
  if (const auto checked = ready(sql, cancel); !checked) return checked.error();
  Exchange exchange(connection_.get(), cancelHandle_, cancel, deadline);
  if (const auto sent = exchange.send(std::string(sql), arguments, false); !sent)
    return lose(sent.error(), cancel).error();
  return collectResults(exchange, sql, cancel);
}

Result<Rows> Session::collectResults(Exchange& exchange, std::string_view sql,
                                     const CancelToken& cancel) {
  ResultHandle last;
  for (;;) {
    auto result = exchange.next();
    if (!result) return lose(result.error(), cancel).error();
    if (!*result) break;
    last = std::move(*result);
  }
  if (const auto settled = exchange.settle(); !settled)
    return lose(settled.error(), cancel).error();
  if (PQstatus(raw()) != CONNECTION_OK) lost_ = true;
  const auto status = PQresultStatus(last.get());
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return Rows(std::move(last));
  if (cancel.cancelled()) return cancel.error();
  return failureOf(last.get(), sql);
}

Result<void> Session::loadTypes(const CancelToken& cancel) {
  // Inside a transaction the lookup could take its snapshot, or fail with it.
  if (!types_.stale() || PQtransactionStatus(raw()) != PQTRANS_IDLE) return {};
  const auto made = query(embeddedSql("postgres", "types"), {}, cancel);
  types_.loaded();
  // Without the names the statement still runs, if there is a connection to run it on.
  if (!made) return lost_ || cancel.cancelled() ? Result<void>(made.error()) : Result<void>();
  for (int i = 0; i < made->count(); ++i) {
    types_.add(oidOf(made->view(i, 0)), made->text(i, 2));
    types_.add(oidOf(made->view(i, 1)), made->text(i, 2) + "[]");
  }
  return {};
}

Result<void> Session::holdReadOnly(const CancelToken& cancel) {
  // A statement rather than the start-up parameter `options`, which connection poolers refuse.
  const auto set = query("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", {}, cancel);
  if (!set) return set.error();
  readOnly_ = true;
  return {};
}

Result<void> Session::begin(const CancelToken& cancel, bool readOnly) {
  const std::string_view sql = readOnly_ || readOnly ? beginReadOnly : "BEGIN";
  if (const auto checked = ready(sql, cancel); !checked) return checked.error();
  Exchange exchange(connection_.get(), cancelHandle_, cancel, {});
  if (const auto sent = exchange.sendScript(std::string(sql)); !sent)
    return lose(sent.error(), cancel);
  const auto begun = collectResults(exchange, sql, cancel);
  return begun ? Result<void>() : begun.error();
}

Result<void> Session::stream(std::string_view sql, RowSink& sink, const CancelToken& cancel) {
  if (const auto checked = ready(sql, cancel); !checked) return checked.error();
  if (const auto loaded = loadTypes(cancel); !loaded) return loaded.error();
  if (!readOnly_) return streamFree(sql, sink, cancel);
  if (const auto begun = begin(cancel); !begun) return begun.error();
  const auto ran = streamFree(sql, sink, cancel);
  if (lost_) return ran;
  // COMMIT rather than ROLLBACK: `SET search_path` is to last.
  const auto ended = cleanUp("COMMIT");
  return ended || !ran ? ran : ended.error();
}

Result<void> Session::streamFree(std::string_view sql, RowSink& sink, const CancelToken& cancel) {
  // Cancelling fails the open transaction, which is more than `no more rows, please` asks for; a
  // savepoint takes the failure back.
  const bool reads = onlyReads(sql);
  const bool guarded = reads && !readOnly_ && inTransaction();
  if (guarded)
    if (const auto saved = query("SAVEPOINT mydba_run", {}, cancel); !saved) return saved.error();
  sink_ = &sink;
  StatementRun run(connection_.get(), cancelHandle_, types_, cancel);
  const auto outcome = run.stream(std::string(sql), sink, reads);
  sink_ = nullptr;
  if (!outcome) return lose(outcome.error(), cancel);
  if (PQstatus(raw()) != CONNECTION_OK) lost_ = true;
  if (guarded && !lost_)
    if (const auto unguarded = dropSavepoint(outcome->stopped); !unguarded)
      return unguarded.error();

  const bool asked =
      outcome->stopped && outcome->error && outcome->error->engineCode == queryCanceled;
  if (cancel.cancelled() && (asked || outcome->discarded)) return cancel.error();
  if (asked) return {};
  if (outcome->error) return *outcome->error;
  return {};
}

Result<void> Session::dropSavepoint(bool stopped) {
  if (stopped && PQtransactionStatus(raw()) == PQTRANS_INERROR)
    if (const auto back = cleanUp("ROLLBACK TO SAVEPOINT mydba_run"); !back) return back.error();
  return inTransaction() ? cleanUp("RELEASE SAVEPOINT mydba_run") : Result<void>();
}

}  // namespace mydba::postgres
