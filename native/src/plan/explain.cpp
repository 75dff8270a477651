#include "plan/explain.h"

#include <utility>

#include "engines/engine.h"
#include "plan/derive.h"
#include "plan/grade.h"
#include "plan/spans.h"
#include "plan/text_tree.h"
#include "privacy/redactor.h"

namespace mydba::plan {

protocol::ExplainResult examine(protocol::PlanTree tree, const Thresholds& changed) {
  derive(tree);
  locate(tree);
  protocol::ExplainResult result;
  result.engine = tree.engine;
  result.version = tree.version;
  result.findings = grade(tree, changed);
  result.summary = summarise(tree, result.findings);
  result.text = textTree(tree, result.findings);
  result.tree = std::move(tree);
  return result;
}

Error ofStatement(Error error, const guard::CheckedStatement& statement,
                  const Connection& connection) {
  error = privacy::withoutSecretsOf(statement.text(), dialectOf(connection), std::move(error));
  if (error.position) *error.position += static_cast<std::int64_t>(statement.start());
  return error;
}

Result<protocol::PlanTree> explain(Connection& connection, const guard::CheckedStatement& statement,
                                   bool analyze, const CancelToken& cancel) {
  Explainer* explainer = connection.explainer();
  if (!explainer)
    return Error{.code = ErrorCode::unsupported,
                 .message = connection.server().flavour + " has no query plans"};
  auto tree = explainer->explain(statement, analyze, cancel);
  if (!tree) return ofStatement(tree.error(), statement, connection);
  return tree;
}

}  // namespace mydba::plan
