#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto& tokens = subject.tokens();
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& chosen = subject.at(id);
      if (chosen.shape != Shape::chosen || tokens.is(chosen.tokens.begin + 1, Keyword::when))
        continue;
      for (const ExprId part : chosen.parts) {
        const std::size_t at = subject.at(part).tokens.begin;
        if (subject.is(part, Shape::null) && tokens.is(at - 1, Keyword::when))
          report.add(part,
                     "CASE x WHEN NULL compares with =, which NULL never equals: write CASE "
                     "WHEN x IS NULL");
      }
    }
}

}  // namespace

extern const SqlRule caseNullRule;
const SqlRule caseNullRule{.id = "case-null", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
