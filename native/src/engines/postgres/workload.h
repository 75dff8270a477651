#pragma once

#include <string>

#include "engines/postgres/session.h"

namespace mydba::postgres {

/// What pg_stat_statements has counted for this database. Lane's thread.
class PostgresWorkload final : public Workload {
 public:
  /// `session` outlives this object.
  explicit PostgresWorkload(Session& session) : session_(session) {}

  Result<BusiestStatements> busiest(int limit, const CancelToken& cancel) override;
  Result<std::vector<protocol::PlanRelation>> relations(const guard::CheckedStatement& statement,
                                                        const CancelToken& cancel) override;

 private:
  Result<Rows> ask(const std::string& sql, std::initializer_list<Argument> arguments,
                   const CancelToken& cancel);

  Session& session_;
};

}  // namespace mydba::postgres
