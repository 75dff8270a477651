#pragma once

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// Plans by EXPLAIN QUERY PLAN. Measuring is `unsupported`: sqlite3_stmt_scanstatus exists only in
/// libraries that were compiled with it, which those of the distributions are not.
class SqliteExplainer final : public Explainer {
 public:
  /// `session` must outlive it.
  explicit SqliteExplainer(Session& session) : session_(session) {}
  Result<protocol::PlanTree> explain(const guard::CheckedStatement& checked, bool analyze,
                                     const CancelToken& cancel) override;

 private:
  Session& session_;
};

}  // namespace mydba::sqlite
