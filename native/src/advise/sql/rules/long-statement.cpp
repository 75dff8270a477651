#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

constexpr std::size_t longest = 10000;

void check(const Subject& subject, Report& report) {
  if (subject.queries().empty() || subject.text().size() <= longest) return;
  const Query& query = subject.queries().back();
  if (query.verb == Verb::insert || query.verb == Verb::replace || query.verb == Verb::values)
    return;
  std::size_t lists = 0;  // bytes of long lists, which have a rule of their own
  for (const Expr& expr : subject.outline().exprs())
    if (expr.shape == Shape::list && expr.parts.size() > 100)
      lists += subject.source(expr.tokens).size();
  if (subject.text().size() - std::min(lists, subject.text().size()) > longest)
    report.addToken(0, "A statement of " + std::to_string(subject.text().size()) +
                           " bytes: nobody can check it. Take it apart into views or CTEs");
}

}  // namespace

extern const SqlRule longStatementRule;
const SqlRule longStatementRule{.id = "long-statement", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
