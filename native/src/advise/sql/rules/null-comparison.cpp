#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& test = subject.at(id);
      if (test.shape != Shape::comparison || test.parts.size() != 2 || test.word == "<=>") continue;
      const bool behind = subject.is(test.parts[1], Shape::null);
      if (!behind && !subject.is(test.parts[0], Shape::null)) continue;
      auto& seen = report.add(id,
                              "A comparison with NULL is never true: write IS NULL or IS NOT "
                              "NULL");
      const bool equal = test.word == "=" || test.word == "==";
      if (!behind || (!equal && test.word != "<>" && test.word != "!=")) continue;
      const Range rest{test.sign, subject.at(test.parts[1]).tokens.end};
      seen.fix = Fix{equal ? "Write IS NULL" : "Write IS NOT NULL",
                     {report.replace(rest, equal ? "IS NULL" : "IS NOT NULL")}};
    }
}

}  // namespace

extern const SqlRule nullComparisonRule;
const SqlRule nullComparisonRule{
    .id = "null-comparison", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
