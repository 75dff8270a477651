#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& test = subject.at(id);
      if (test.parts.size() < 2 || (test.shape != Shape::in && !test.quantified)) continue;
      const Expr& right = subject.at(test.parts[1]);
      if (right.shape != Shape::subquery || right.query == nothing) continue;
      const Query& inner = subject.outline().query(right.query);
      if (inner.limit != nothing)
        report.addToken(inner.limitAt,
                        "The server refuses LIMIT in a sub-query of IN, ANY or ALL: "
                        "join with it as a derived table");
    }
}

}  // namespace

extern const SqlRule limitInInSubqueryRule;
const SqlRule limitInInSubqueryRule{.id = "limit-in-in-subquery",
                                    .severity = Severity::critical,
                                    .dialects = mysqlDialects,
                                    .check = check};

}  // namespace mydba::advise
