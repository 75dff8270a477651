#pragma once

#include <string>

#include "engines/postgres/session.h"

namespace mydba::postgres {

/// Plans by EXPLAIN (FORMAT JSON). With `analyze` the statement runs inside a transaction, or below
/// a savepoint of the open one, that is rolled back; what PostgreSQL never rolls back (sequences,
/// effects outside the server) stays. Lane's thread.
class PostgresExplainer final : public Explainer {
 public:
  /// `session` outlives this object.
  PostgresExplainer(Session& session, std::string version)
      : session_(session), version_(std::move(version)) {}

  Result<protocol::PlanTree> explain(const guard::CheckedStatement& statement, bool analyze,
                                     const CancelToken& cancel) override;

 private:
  Result<Rows> ask(const std::string& command, bool analyze, const CancelToken& cancel);

  Session& session_;
  std::string version_;
};

}  // namespace mydba::postgres
