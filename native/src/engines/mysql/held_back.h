#pragma once

#include "engines/mysql/session.h"
#include "sql/statement.h"

namespace mydba::mysql {

/// How a statement runs that is to leave nothing behind.
enum class HeldBack {
  readOnly,    ///< in a read-only transaction, which stops whatever a function wants to write
  rolledBack,  ///< in a transaction that is rolled back
};

/// How a statement may be run to be measured; `refused`, with the reason, when something of it
/// would stay.
Result<HeldBack> mayMeasure(Session& session, std::string_view sql, const CancelToken& cancel);

/// Keeps a transaction open around what is run for its plan or its times, and takes it back. Inside
/// the user's own open transaction it is a savepoint, since START TRANSACTION would commit that.
class Holding {
 public:
  static Result<Holding> begin(Session& session, HeldBack how, const CancelToken& cancel);
  /// Takes back. Not cancelled: what was changed must not stay.
  Result<void> end();

 private:
  Holding(Session& session, bool nested) : session_(&session), nested_(nested) {}
  Session* session_;
  bool nested_;
};

/// Does `work`, a callable that returns a Result, inside of a transaction that is taken back.
template <typename Work>
auto heldBack(Session& session, HeldBack how, const CancelToken& cancel, Work work)
    -> decltype(work()) {
  auto holding = Holding::begin(session, how, cancel);
  if (!holding) return holding.error();
  auto done = work();
  const auto undone = holding->end();
  if (!undone && done) return undone.error();
  return done;
}

}  // namespace mydba::mysql
