#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if (query.verb == Verb::delete_ && query.targets > 1 && query.sources.size() > 1)
      report.addToken(query.tokens.begin,
                      "Rows of several tables are deleted at once, in an order that the server "
                      "chooses: foreign keys may refuse it. Delete from one table after the other");
}

}  // namespace

extern const SqlRule multiTableDeleteRule;
const SqlRule multiTableDeleteRule{.id = "multi-table-delete",
                                   .severity = Severity::info,
                                   .dialects = mysqlDialects,
                                   .check = check};

}  // namespace mydba::advise
