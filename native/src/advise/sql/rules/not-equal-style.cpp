#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& test = subject.at(id);
      if (test.shape != Shape::comparison || test.word != "!=" || test.parts.size() != 2) continue;
      const Range sign{test.sign, test.sign + 2};
      auto& seen = report.add(sign, "The standard writes <> for different");
      seen.fix = Fix{"Write <>", {report.replace(sign, "<>")}};
    }
}

}  // namespace

extern const SqlRule notEqualStyleRule;
const SqlRule notEqualStyleRule{
    .id = "not-equal-style", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
