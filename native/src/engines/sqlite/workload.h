#pragma once

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// SQLite counts nothing of its statements; what its catalogue knows of tables is there all the
/// same. Lane's thread.
class SqliteWorkload final : public Workload {
 public:
  /// `session` outlives this object.
  explicit SqliteWorkload(Session& session) : session_(session) {}

  Result<BusiestStatements> busiest(int limit, const CancelToken& cancel) override;
  Result<std::vector<protocol::PlanRelation>> relations(const guard::CheckedStatement& statement,
                                                        const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::sqlite
