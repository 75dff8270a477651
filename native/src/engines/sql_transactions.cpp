#include "engines/sql_transactions.h"

#include <utility>

namespace mydba {
namespace {

Error noTransaction() {
  return {.code = ErrorCode::refused, .message = "the transaction has ended already"};
}

}  // namespace

Result<void> SqlTransactions::begin(const CancelToken& cancel) {
  Level level;
  if (open()) level.savepoint = "mydba_" + std::to_string(levels_.size() + 1);
  const auto begun =
      hooks_.execute(level.savepoint.empty() ? "BEGIN" : "SAVEPOINT " + level.savepoint, cancel);
  if (begun) levels_.push_back(std::move(level));
  return begun;
}

Result<void> SqlTransactions::tryOut(const guard::JudgedStatement& statement, RowSink& sink,
                                     const CancelToken& cancel) {
  if (levels_.empty() || !open()) return noTransaction();
  levels_.back().triedOut = true;
  return hooks_.stream(statement.text(), sink, cancel);
}

Result<void> SqlTransactions::commit(const CancelToken& cancel) {
  if (levels_.empty()) return noTransaction();
  if (levels_.back().triedOut || hooks_.failed()) {
    const bool triedOut = levels_.back().triedOut;
    const auto undone = rollback();
    if (!undone) return undone;
    return Error{.code = ErrorCode::refused,
                 .message = triedOut ? "rolled back: what was only tried is never kept"
                                     : "rolled back, because a statement in it had failed"};
  }
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  if (!open()) return noTransaction();
  return hooks_.execute(level.savepoint.empty() ? "COMMIT" : "RELEASE SAVEPOINT " + level.savepoint,
                        cancel);
}

Result<void> SqlTransactions::rollback() {
  if (levels_.empty()) return {};
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  if (!open()) return {};
  if (level.savepoint.empty()) return hooks_.cleanUp("ROLLBACK");
  const auto back = hooks_.cleanUp("ROLLBACK TO SAVEPOINT " + level.savepoint);
  return back ? hooks_.cleanUp("RELEASE SAVEPOINT " + level.savepoint) : back;
}

}  // namespace mydba
