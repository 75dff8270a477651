#include <set>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

/// The queries of IN and EXISTS.
std::set<QueryId> tests(const Subject& subject) {
  std::set<QueryId> found;
  for (const Expr& expr : subject.outline().exprs()) {
    if (expr.shape == Shape::exists) found.insert(expr.query);
    if (expr.shape == Shape::in && expr.parts.size() > 1)
      found.insert(subject.at(expr.parts[1]).query);
  }
  return found;
}

void check(const Subject& subject, Report& report) {
  const auto tested = tests(subject);
  for (const Query& query : subject.queries()) {
    if (query.orders.empty() || query.limit != nothing || query.offset != nothing ||
        query.distinctOn || query.verb != Verb::select || query.place != Place::expression)
      continue;
    if (tested.contains(subject.idOf(query)))
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
