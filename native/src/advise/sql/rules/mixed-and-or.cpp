#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto& tokens = subject.tokens();
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& any = subject.at(id);
      if (any.shape != Shape::any) continue;
      for (const ExprId part : any.parts) {
        const Range range = subject.at(part).tokens;
        const bool wrapped = range.begin > 0 && tokens.isSymbol(range.begin - 1, '(') &&
                             tokens.partner(range.begin - 1) == range.end;
        if (!subject.is(part, Shape::all) || wrapped) continue;
        report.add(part, "AND binds closer than OR: parentheses say what is meant");
        break;
      }
    }
}

}  // namespace

extern const SqlRule mixedAndOrRule;
const SqlRule mixedAndOrRule{
    .id = "mixed-and-or", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
