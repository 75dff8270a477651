#include "engines/sqlite/explainer.h"

#include "engines/sqlite/plan_query.h"
#include "engines/sqlite/plan_relations.h"
#include "engines/sqlite/timed_run.h"

namespace mydba::sqlite {

Result<protocol::PlanTree> SqliteExplainer::explain(const guard::CheckedStatement& checked,
                                                    bool analyze, const CancelToken& cancel) {
  if (cancel.cancelled()) return cancel.error();
  if (analyze && !hasScanStatus())
    return Error{.code = ErrorCode::unsupported,
                 .message = "this SQLite library does not measure the steps of a statement",
                 .hint = "Explain it without running it, or take its profile"};
  auto tree = [&] {
    const Session::Guard guard(session_, cancel);
    auto planned = queryPlan(session_, checked.text(), cancel);
    if (!planned || !analyze) return planned;
    const auto run = timeRun(session_, checked.text(), cancel);
    if (!run) return Result<protocol::PlanTree>(run.error());
    static_cast<void>(addMeasured(*run, *planned));
    return planned;
  }();
  if (tree) addRelations(session_, *tree, cancel);
  return tree;
}

}  // namespace mydba::sqlite
