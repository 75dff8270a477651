#include <set>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    std::set<std::string> schemas;
    for (const Source& source : query.sources) {
      if (source.name.size() < 3 || source.function) continue;
      const std::string schema = subject.name(source.name.begin);
      if (schema == "information_schema" || schema == "performance_schema" || schema == "mysql" ||
          schema == "sys")
        continue;
      if (schemas.insert(schema).second && schemas.size() == 2)
        report.add(source.name,
                   "The query joins two databases: they cannot be moved, backed up or "
                   "granted apart any more");
    }
  }
}

}  // namespace

extern const SqlRule crossDatabaseJoinRule;
const SqlRule crossDatabaseJoinRule{.id = "cross-database-join",
                                    .severity = Severity::info,
                                    .dialects = mysqlDialects,
                                    .check = check};

}  // namespace mydba::advise
