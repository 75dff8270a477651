#include "engines/postgres/rolled_back.h"

namespace mydba::postgres {

Result<bool> beginAside(Session& session, Aside what, const CancelToken& cancel) {
  const bool nested = PQtransactionStatus(session.raw()) != PQTRANS_IDLE;
  if (nested) {
    if (const auto saved = session.query("SAVEPOINT mydba_aside", {}, cancel); !saved)
      return saved.error();
  } else if (const auto begun = session.begin(cancel); !begun) {
    return begun.error();
  }
  if (what == Aside::writes) return nested;
  // A statement with a snapshot, or below a savepoint, cannot be followed by READ WRITE (manual,
  // SET TRANSACTION).
  const auto held =
      session.query("SELECT set_config('transaction_read_only', 'on', true)", {}, cancel);
  if (held) return nested;
  if (session.alive()) (void)endAside(session, nested);
  return held.error();
}

Result<void> endAside(Session& session, bool nested) {
  if (!nested) return session.cleanUp("ROLLBACK");
  if (const auto undone = session.cleanUp("ROLLBACK TO SAVEPOINT mydba_aside"); !undone)
    return undone.error();
  return session.cleanUp("RELEASE SAVEPOINT mydba_aside");
}

}  // namespace mydba::postgres
