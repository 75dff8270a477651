#include "engines/sqlite/explainer.h"

#include "engines/sqlite/plan_query.h"
#include "engines/sqlite/plan_relations.h"

namespace mydba::sqlite {

Result<protocol::PlanTree> SqliteExplainer::explain(const guard::CheckedStatement& checked,
                                                    bool analyze, const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  if (analyze)
    return Error{.code = ErrorCode::unsupported,
                 .message = "SQLite does not measure the steps of a statement",
                 .hint = "Explain it without running it, or take its profile"};
  auto tree = [&] {
    const Session::Guard guard(session_, cancel);
    return queryPlan(session_, checked.text(), cancel);
  }();
  if (tree) addRelations(session_, *tree, cancel);
  return tree;
}

}  // namespace mydba::sqlite
