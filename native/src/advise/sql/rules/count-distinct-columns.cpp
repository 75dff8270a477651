#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query))
      if (subject.isCall(id, {"COUNT"}) && subject.at(id).distinct &&
          subject.at(id).parts.size() > 1)
        report.add(id, "Combinations in which one of the columns is NULL are not counted");
}

}  // namespace

extern const SqlRule countDistinctColumnsRule;
const SqlRule countDistinctColumnsRule{.id = "count-distinct-columns",
                                       .severity = Severity::info,
                                       .dialects = mysqlDialects,
                                       .check = check};

}  // namespace mydba::advise
