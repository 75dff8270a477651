#pragma once

#include <utility>

#include "engines/postgres/session.h"

namespace mydba::postgres {

/// What the work may do before it is taken back.
enum class Aside { writes, reads };

/// Begins a transaction, or a savepoint of the open one. With `reads`, and on a read-only session,
/// the server refuses what writes, nextval() too, and nothing can lift that before it ends. True
/// when it is a savepoint. Lane's thread.
Result<bool> beginAside(Session& session, Aside what, const CancelToken& cancel);
/// Rolls it back. Never waits for a dead server.
Result<void> endAside(Session& session, bool nested);

/// Runs `work`, which returns a Result, and takes back what it did. They nest.
template <typename Work>
auto rolledBack(Session& session, Aside what, const CancelToken& cancel, Work&& work)
    -> decltype(work()) {
  const auto nested = beginAside(session, what, cancel);
  if (!nested) return nested.error();
  auto outcome = std::forward<Work>(work)();
  // A lost connection has rolled back by itself.
  if (!session.alive()) return outcome;
  if (const auto undone = endAside(session, *nested); !undone) return undone.error();
  return outcome;
}

}  // namespace mydba::postgres
