#include "plan/explain.h"

#include <utility>

#include "engines/engine.h"
#include "plan/derive.h"
#include "plan/grade.h"
#include "plan/text_tree.h"

namespace mydba::plan {

protocol::ExplainResult examine(protocol::PlanTree tree) {
  derive(tree);
  protocol::ExplainResult result;
  result.engine = tree.engine;
  result.version = tree.version;
  result.findings = grade(tree);
  result.summary = summarise(tree, result.findings);
  result.text = textTree(tree, result.findings);
  result.tree = std::move(tree);
  return result;
}

Result<protocol::ExplainResult> explain(Connection& connection, std::string_view sql, bool analyze,
                                        const CancelToken& cancel) {
  Explainer* explainer = connection.explainer();
  if (!explainer)
    return Error{.code = ErrorCode::unsupported,
                 .message = connection.server().flavour + " has no query plans"};
  auto tree = explainer->explain(sql, analyze, cancel);
  if (!tree) return tree.error();
  return examine(std::move(*tree));
}

}  // namespace mydba::plan
