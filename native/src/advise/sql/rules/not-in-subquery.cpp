#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& in = subject.at(id);
      if (in.shape != Shape::in || !in.negated || in.parts.size() < 2) continue;
      const QueryId asked = subject.at(in.parts[1]).query;
      if (asked == nothing) continue;
      const Query& inner = subject.outline().query(asked);
      if (inner.items.size() != 1 || inner.nextPart != nothing) continue;
      const std::string name = subject.column(inner.items[0].value);
      if (name.empty() || name == "id") continue;  // a key has no NULL
      bool tested = false;
      for (const ExprId test : subject.conjuncts(inner.where)) {
        const Expr& expr = subject.at(test);
        const bool drops = (expr.shape == Shape::isTest && expr.negated && expr.word == "NULL") ||
                           expr.shape == Shape::comparison || expr.shape == Shape::in;
        tested |= drops && !expr.parts.empty() && subject.column(expr.parts[0]) == name;
      }
      if (!tested)
        report.add(id,
                   "If the sub-query gives one NULL, NOT IN finds nothing at all: write NOT "
                   "EXISTS, or leave the NULLs out");
    }
}

}  // namespace

extern const SqlRule notInSubqueryRule;
const SqlRule notInSubqueryRule{
    .id = "not-in-subquery", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
