#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/rolled_back.h"
#include "engines/postgres/session.h"
#include "engines/postgres/trial.h"
#include "sql/statement.h"

namespace mydba::postgres {

struct CountedStatement;

/// Plans by EXPLAIN (FORMAT JSON). With `analyze` the statement runs inside a transaction, or below
/// a savepoint of the open one, that is rolled back; it is refused where that would leave something
/// behind (trial.h). A statement with placeholders gets the plan for any value and is never run:
/// invented values would measure something else. Lane's thread.
class PostgresExplainer final : public Explainer {
 public:
  /// `session` outlives this object.
  PostgresExplainer(Session& session, std::string version)
      : session_(session), version_(std::move(version)) {}

  Result<protocol::PlanTree> explain(const guard::CheckedStatement& statement, bool analyze,
                                     const CancelToken& cancel) override;

  /// The parts of it, for whoever measures more. How a statement is to be run: see trial.h;
  /// `invalidParams` with placeholders.
  Result<Trial> mayMeasure(std::string_view sql, const CancelToken& cancel);
  /// Runs it, inside a transaction that is rolled back.
  Result<Rows> measure(std::string_view sql, const CancelToken& cancel);
  /// EXPLAIN with other options, which do not run it.
  Result<Rows> ask(std::string_view options, std::string_view sql, const CancelToken& cancel,
                   Deadline deadline = {});
  /// What EXPLAIN answered.
  Result<protocol::PlanTree> treeOf(const Rows& answer, std::string_view sql, bool analyzed) const;
  void addRelations(protocol::PlanTree& tree, const CancelToken& cancel);

 private:
  /// `counted` is what the server counted for it, as in statement_statistics.h.
  Result<Rows> askGeneric(std::string_view sql, std::span<const sql::Parameter> placeholders,
                          std::vector<std::string>& types, std::optional<CountedStatement>& counted,
                          const CancelToken& cancel);
  /// What the planner says with values from the statistics; nothing when there are none.
  std::optional<double> customCost(std::string_view sql, const sql::Statement& statement,
                                   std::span<const std::string> types, const CancelToken& cancel);
  /// `mode` is that of plan_cache_mode, `values` stand between commas. On its lane, in a
  /// transaction that is rolled back; `prepared` is what the caller must deallocate.
  Result<Rows> askPrepared(std::string_view sql, std::span<const std::string> types,
                           std::string_view mode, std::string_view values, bool& prepared,
                           const CancelToken& cancel);
  std::string measuringOptions() const;

  Session& session_;
  std::string version_;
};

}  // namespace mydba::postgres
