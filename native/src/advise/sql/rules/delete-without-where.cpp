#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if (query.verb == Verb::delete_ && query.where == nothing && query.limit == nothing &&
        query.sources.size() <= 1)
      report.add(
          Range{query.tokens.begin, query.tokens.begin + 1},
          "Every row of the table is deleted: add a WHERE, or say TRUNCATE where it is meant");
}

}  // namespace

extern const SqlRule deleteWithoutWhereRule;
const SqlRule deleteWithoutWhereRule{
    .id = "delete-without-where", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
