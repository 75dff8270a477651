#include <algorithm>
#include <array>
#include <set>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

/// What the server has of its own; nobody moves it.
constexpr std::array<std::string_view, 4> systemDatabases = {"information_schema",
                                                             "performance_schema", "mysql", "sys"};

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    std::set<std::string> schemas;
    for (const Source& source : query.sources) {
      if (source.name.size() < 3 || source.function) continue;
      const std::string schema = subject.name(source.name.begin);
      if (std::ranges::find(systemDatabases, schema) != systemDatabases.end()) continue;
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
