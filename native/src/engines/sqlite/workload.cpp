#include "engines/sqlite/workload.h"

#include "engines/sqlite/plan_relations.h"
#include "sql/statement.h"

namespace mydba::sqlite {

Result<BusiestStatements> SqliteWorkload::busiest(int, const CancelToken&) {
  BusiestStatements busiest;
  busiest.unavailable = {.what = "Statement statistics",
                         .reason = "SQLite counts nothing of the statements that it runs",
                         .fix = "give the statements of your program to plan"};
  return busiest;
}

Result<std::vector<protocol::PlanRelation>> SqliteWorkload::relations(
    const guard::CheckedStatement& statement, const CancelToken& cancel) {
  return readRelations(session_, sql::readStatement(statement.text(), *sql::findDialect("sqlite")),
                       cancel);
}

}  // namespace mydba::sqlite
