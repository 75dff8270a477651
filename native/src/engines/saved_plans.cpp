#include "engines/saved_plans.h"

#include "engines/engine.h"

namespace mydba {
namespace {

Error noPlan() {
  return {.code = ErrorCode::invalidParams,
          .message = "this text holds no query plan",
          .hint =
              "give the whole output of EXPLAIN (PostgreSQL: text or JSON; MySQL: TREE or "
              "JSON; MariaDB: JSON; SQLite: EXPLAIN QUERY PLAN), or a log with plans in it"};
}

}  // namespace

Result<std::vector<protocol::PlanTree>> savedPlans(std::string_view text,
                                                   const PlanOrigin& origin) {
  if (origin.engine && !findEngine(*origin.engine))
    return Error{.code = ErrorCode::invalidParams,
                 .message = "there is no engine \"" + *origin.engine + "\""};
  std::optional<Error> refused;
  for (const Engine* engine : engines()) {
    if (origin.engine && engine->descriptor().id != *origin.engine) continue;
    auto plans = engine->plansIn(text);
    if (!plans && !refused) refused = plans.error();
    if (!plans || plans->empty()) continue;
    for (protocol::PlanTree& plan : *plans)
      if (plan.version.empty()) plan.version = origin.version.value_or("");
    return plans;
  }
  return refused.value_or(noPlan());
}

}  // namespace mydba
