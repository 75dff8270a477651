#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.orders.empty() || query.limit != nothing || query.offset != nothing ||
        query.distinctOn || query.verb != Verb::select)
      continue;
    const Query* parent = subject.parentOf(query);
    bool tested = false;
    if (parent && query.place == Place::expression)
      for (const ExprId id : subject.exprsOf(*parent)) {
        const Expr& expr = subject.at(id);
        if (expr.shape == Shape::exists) tested |= expr.query == subject.idOf(query);
        if (expr.shape == Shape::in && expr.parts.size() > 1)
          tested |= subject.at(expr.parts[1]).query == subject.idOf(query);
      }
    if (tested)
      report.addToken(query.orderAt,
                      "IN and EXISTS ask whether a row is there, not where: the sort "
                      "is for nothing");
  }
}

}  // namespace

extern const SqlRule orderInSubqueryRule;
const SqlRule orderInSubqueryRule{
    .id = "order-in-subquery", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
