#include "advise/sql/rule.h"
#include "sql/condition.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.where == nothing) continue;
    const Expr& where = subject.at(query.where);
    // A program's way to begin a list of conditions.
    if (where.shape == Shape::comparison && query.verb == Verb::select &&
        subject.isLiteral(where.parts[0]))
      continue;
    bool unknown = subject.isConstant(query.where) && !subject.isLiteral(query.where);
    for (const ExprId part : subject.within(query.where))
      unknown |= subject.is(part, Shape::parameter) || subject.is(part, Shape::call) ||
                 subject.is(part, Shape::other) || subject.is(part, Shape::subquery) ||
                 subject.is(part, Shape::exists);
    if (unknown && where.shape != Shape::any && where.shape != Shape::comparison) continue;
    const auto facts = sql::readCondition(subject.tokens(), query.whereAt + 1, where.tokens.end,
                                          subject.dialect());
    if (facts.alwaysTrue && (!unknown || facts.injection))
      report.add(query.where, "The filter keeps every row");
  }
}

}  // namespace

extern const SqlRule alwaysTrueRule;
const SqlRule alwaysTrueRule{.id = "always-true", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
