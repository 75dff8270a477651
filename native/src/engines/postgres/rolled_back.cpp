#include "engines/postgres/rolled_back.h"

namespace mydba::postgres {

Result<bool> beginAside(Session& session, Aside what, const CancelToken& cancel) {
  const bool reads = what == Aside::reads;
  if (PQtransactionStatus(session.raw()) == PQTRANS_IDLE) {
    const auto begun = session.begin(cancel, reads);
    return begun ? Result<bool>(false) : begun.error();
  }
  if (const auto saved = session.query("SAVEPOINT mydba_aside", {}, cancel); !saved)
    return saved.error();
  if (!reads) return true;
  // Below a savepoint READ WRITE cannot follow (manual, SET TRANSACTION).
  const auto held =
      session.query("SELECT set_config('transaction_read_only', 'on', true)", {}, cancel);
  if (held) return true;
  if (session.alive()) (void)endAside(session, true);
  return held.error();
}

Result<void> endAside(Session& session, bool nested) {
  if (!nested) return session.cleanUp("ROLLBACK");
  if (const auto undone = session.cleanUp("ROLLBACK TO SAVEPOINT mydba_aside"); !undone)
    return undone.error();
  return session.cleanUp("RELEASE SAVEPOINT mydba_aside");
}

}  // namespace mydba::postgres
