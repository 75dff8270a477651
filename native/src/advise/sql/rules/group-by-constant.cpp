#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId group : query.groups)
      if (subject.is(group, Shape::text) || subject.is(group, Shape::null))
        report.add(group,
                   "A constant is the same for every row: there is one group. A name is "
                   "written without these quotes");
}

}  // namespace

extern const SqlRule groupByConstantRule;
const SqlRule groupByConstantRule{
    .id = "group-by-constant", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
