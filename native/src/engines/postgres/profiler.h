#pragma once

#include <string>

#include "engines/postgres/databases.h"
#include "engines/postgres/explainer.h"
#include "engines/postgres/nested_statements.h"
#include "engines/postgres/session.h"
#include "engines/postgres/trial.h"

namespace mydba::postgres {

/// Runs a statement once under EXPLAIN ANALYZE, as the explainer does and only where it would, and
/// watches it from a second connection. Settings are changed for the transaction alone, which is
/// rolled back: nothing of the server has to be restored. Statements that functions run are told
/// only with `enableInstruments`: measuring them makes them slower. Lane's thread.
class PostgresProfiler final : public Profiler {
 public:
  /// All outlive this object.
  PostgresProfiler(Session& session, Databases& databases, PostgresExplainer& explainer)
      : session_(session), databases_(databases), explainer_(explainer) {}

  Result<MeasuredRun> profile(const guard::CheckedStatement& statement, bool enableInstruments,
                              const CancelToken& cancel) override;

 private:
  Result<MeasuredRun> run(std::string_view sql, Aside how, NestedStatements* nested,
                          const CancelToken& cancel);
  Result<void> measureInputOutput(const Rows& facts, protocol::Profile& profile,
                                  const CancelToken& cancel);

  Session& session_;
  Databases& databases_;
  PostgresExplainer& explainer_;
};

}  // namespace mydba::postgres
