#include "engines/postgres/explainer.h"

#include <algorithm>

#include "engines/postgres/plan_reader.h"

namespace mydba::postgres {

Result<Rows> PostgresExplainer::ask(const std::string& command, bool analyze,
                                    const CancelToken& cancel) {
  // Planning folds constants: it runs functions that call themselves immutable.
  if (!analyze && !session_.holdsReadOnly()) return session_.query(command, {}, cancel);
  const bool nested = PQtransactionStatus(session_.raw()) != PQTRANS_IDLE;
  if (nested) {
    if (const auto saved = session_.query("SAVEPOINT mydba_explain", {}, cancel); !saved)
      return saved.error();
  } else if (const auto begun = session_.begin(cancel); !begun) {
    return begun.error();
  }
  auto answer = session_.query(command, {}, cancel);
  // A lost connection has rolled back by itself.
  if (!session_.alive()) return answer;
  const auto undone = session_.cleanUp(nested ? "ROLLBACK TO SAVEPOINT mydba_explain" : "ROLLBACK");
  if (!undone) return undone.error();
  if (nested)
    if (const auto released = session_.cleanUp("RELEASE SAVEPOINT mydba_explain"); !released)
      return released.error();
  return answer;
}

Result<protocol::PlanTree> PostgresExplainer::explain(const guard::CheckedStatement& statement,
                                                      bool analyze, const CancelToken& cancel) {
  const std::string_view sql = statement.text();
  const std::string prefix =
      analyze ? "EXPLAIN (FORMAT JSON, COSTS, SETTINGS, ANALYZE, BUFFERS, TIMING) "
              : "EXPLAIN (FORMAT JSON, COSTS, SETTINGS) ";
  auto answer = ask(prefix + std::string(sql), analyze, cancel);
  if (!answer) {
    Error error = answer.error();
    const auto before = static_cast<std::int64_t>(prefix.size());
    if (error.position) error.position = std::max<std::int64_t>(0, *error.position - before);
    return error;
  }
  std::string json;
  for (int row = 0; row < answer->count(); ++row) json += answer->view(row, 0);
  auto tree = readPlan(json, version_);
  if (!tree) return tree.error();
  tree->sql = std::string(sql);
  tree->analyzed = analyze;
  return tree;
}

}  // namespace mydba::postgres
