#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if (query.verb == Verb::insert && query.conflictAt != nothing)
      report.addToken(query.conflictAt,
                      "Each row that is there already uses up a value of "
                      "AUTO_INCREMENT: a small type runs out");
}

}  // namespace

extern const SqlRule upsertBurnsIdsRule;
const SqlRule upsertBurnsIdsRule{.id = "upsert-burns-ids",
                                 .severity = Severity::info,
                                 .onRequest = true,
                                 .dialects = mysqlDialects,
                                 .check = check};

}  // namespace mydba::advise
