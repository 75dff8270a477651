#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& test = subject.at(id);
      if (test.shape == Shape::comparison && test.parts.size() > 2)
        report.add(id,
                   "The first comparison's truth value is compared with what follows: write "
                   "two comparisons joined by AND");
    }
}

}  // namespace

extern const SqlRule chainedComparisonRule;
const SqlRule chainedComparisonRule{
    .id = "chained-comparison", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
