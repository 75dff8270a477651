#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if (query.verb == Verb::update && query.where == nothing && query.limit == nothing &&
        query.sources.size() <= 1 && !query.assignments.empty())
      report.add(Range{query.tokens.begin, query.tokens.begin + 1},
                 "Every row of the table is changed: add a WHERE");
}

}  // namespace

extern const SqlRule updateWithoutWhereRule;
const SqlRule updateWithoutWhereRule{
    .id = "update-without-where", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
