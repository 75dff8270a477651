#pragma once

#include "engines/engine.h"
#include "engines/sqlite/session.h"

namespace mydba::sqlite {

/// Plans by EXPLAIN QUERY PLAN. Measuring is `unsupported` where the library does not count the
/// steps (scan_status.h); else the statement is run as for a profile (timed_run.h).
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
