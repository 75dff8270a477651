#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

bool isDate(const Subject& subject, const Expr& sum) {
  if (sum.parts.size() != 3) return false;
  const auto year = subject.integer(sum.parts[0]);
  const auto month = subject.integer(sum.parts[1]);
  const auto day = subject.integer(sum.parts[2]);
  if (!year || !month || !day) return false;
  return *year >= 1900 && *year <= 2100 && *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& sum = subject.at(id);
      if (sum.shape != Shape::operation || sum.word != "-" || !isDate(subject, sum)) continue;
      // With blanks it is a subtraction that someone means.
      if (!subject.tokens().touchesPrevious(sum.tokens.begin + 1)) continue;
      auto& seen = report.add(id, "A date without quotes is a subtraction: " +
                                      std::string(subject.source(id)) + " is a number");
      seen.fix = Fix{"Write it in quotes",
                     {report.replace(sum.tokens, "'" + std::string(subject.source(id)) + "'")}};
    }
}

}  // namespace

extern const SqlRule bareDateRule;
const SqlRule bareDateRule{.id = "bare-date", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
