#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engines/engine.h"

namespace mydba {

/// What an engine with SQL's transactions tells of its session. All live as long as the session.
struct TransactionHooks {
  std::function<bool()> open;
  /// True when a statement in it has failed and only a rollback is left (PostgreSQL).
  std::function<bool()> failed;
  std::function<Result<void>(std::string_view sql, const CancelToken& cancel)> execute;
  /// As `execute`, for what must not be cancelled.
  std::function<Result<void>(std::string_view sql)> cleanUp;
  std::function<Result<void>(std::string_view sql, RowSink& sink, const CancelToken& cancel)>
      stream;
  std::function<Result<void>(const sql::Statement& statement, const CancelToken& cancel)>
      canTakeBack;
  std::string leftBehind;
};

/// Transactions by BEGIN, SAVEPOINT, RELEASE, COMMIT and ROLLBACK, which PostgreSQL, MySQL, MariaDB
/// and SQLite spell alike.
class SqlTransactions final : public Transactions {
 public:
  explicit SqlTransactions(TransactionHooks hooks) : hooks_(std::move(hooks)) {}

  bool open() const override { return hooks_.open(); }
  Result<void> canTakeBack(const sql::Statement& statement, const CancelToken& cancel) override {
    return hooks_.canTakeBack(statement, cancel);
  }
  Result<void> begin(const CancelToken& cancel) override;
  Result<void> tryOut(const guard::JudgedStatement& statement, RowSink& sink,
                      const CancelToken& cancel) override;
  Result<void> commit(const CancelToken& cancel) override;
  Result<void> rollback() override;
  std::string_view leftBehind() const override { return hooks_.leftBehind; }

 private:
  struct Level {
    std::string savepoint;  ///< empty for a transaction of its own
    bool triedOut = false;
  };

  TransactionHooks hooks_;
  std::vector<Level> levels_;
};

}  // namespace mydba
