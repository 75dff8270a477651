#include "engines/postgres/probe.h"

#include <algorithm>

#include "base/embedded.h"

namespace mydba::postgres {
namespace {

// A lock that is held by another session is not waited for; what it hides is said to be unknown.
constexpr std::string_view limits =
    "SELECT set_config('transaction_read_only', 'on', true), set_config('lock_timeout', '100', "
    "true), set_config('statement_timeout', '1000', true)";

}  // namespace

Probe::Probe(Session& session, const CancelToken& cancel)
    : session_(session), cancel_(cancel), nested_(session.inTransaction()) {}

Result<std::unique_ptr<Probe>> Probe::open(Session& session, const CancelToken& cancel) {
  std::unique_ptr<Probe> probe(new Probe(session, cancel));
  if (const auto begun = probe->begin(); !begun) return begun.error();
  return probe;
}

Result<void> Probe::begin() {
  if (!nested_ && PQtransactionStatus(session_.raw()) == PQTRANS_INERROR)
    return Error{.code = ErrorCode::refused,
                 .message = "the transaction has failed and must be rolled back first"};
  const auto begun = nested_ ? session_.query("SAVEPOINT mydba_probe", {}, cancel_)
                             : session_.query("BEGIN READ ONLY", {}, cancel_);
  if (!begun) return begun.error();
  open_ = true;
  const auto limited = session_.query(limits, {}, cancel_, end_);
  if (!limited) return limited.error();
  const auto saved = session_.query("SAVEPOINT mydba_question", {}, cancel_, end_);
  return saved ? Result<void>() : saved.error();
}

Probe::~Probe() {
  if (!open_ || !session_.alive()) return;
  (void)session_.cleanUp(nested_ ? "ROLLBACK TO SAVEPOINT mydba_probe" : "ROLLBACK");
  if (nested_) (void)session_.cleanUp("RELEASE SAVEPOINT mydba_probe");
}

Result<Rows> Probe::attempt(std::string_view sql, std::initializer_list<Argument> arguments,
                            Deadline deadline) {
  auto rows = session_.query(sql, arguments, cancel_, deadline);
  if (!rows && session_.alive() && PQtransactionStatus(session_.raw()) == PQTRANS_INERROR)
    (void)session_.cleanUp("ROLLBACK TO SAVEPOINT mydba_question");
  return rows;
}

Result<Rows> Probe::ask(std::string_view file, std::initializer_list<Argument> arguments) {
  return attempt(embeddedSql("postgres", file), arguments, end_);
}

Result<Rows> Probe::askQualified(std::string_view file, std::initializer_list<Argument> arguments) {
  const auto hidden = attempt("SELECT set_config('search_path', '', true)", {}, end_);
  if (!hidden) return hidden.error();
  auto rows = attempt(embeddedSql("postgres", file), arguments, end_);
  // The setting goes back with the savepoint; after an error it has.
  if (rows)
    if (const auto back = session_.cleanUp("ROLLBACK TO SAVEPOINT mydba_question"); !back)
      return back.error();
  return rows;
}

Result<Rows> Probe::askText(const std::string& sql, std::chrono::milliseconds limit) {
  return attempt(sql, {}, std::min(end_, Clock::now() + limit));
}

}  // namespace mydba::postgres
