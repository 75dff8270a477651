#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.where == nothing) continue;
    for (const ExprId id : subject.within(query.where)) {
      if (!subject.isCall(id, {"COUNT", "SUM", "AVG", "GROUP_CONCAT", "STRING_AGG", "ARRAY_AGG"}))
        continue;
      // In a sub-query it may be an aggregate of the query around it.
      if (!subject.at(id).windowed && query.place != Place::expression)
        report.add(id, "WHERE is tested before there are groups: test an aggregate in HAVING");
    }
  }
}

}  // namespace

extern const SqlRule aggregateInWhereRule;
const SqlRule aggregateInWhereRule{
    .id = "aggregate-in-where", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
