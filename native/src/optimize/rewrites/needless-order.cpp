#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// An aggregate whose result depends on the order in which rows come.
bool mindsOrder(const Context& context) {
  for (const Expr& expr : context.subject().outline().exprs()) {
    if (expr.shape != Shape::call) continue;
    if (expr.windowed || expr.word.ends_with("_CONCAT") || expr.word.ends_with("_AGG") ||
        expr.word.find("GROUP_") != expr.word.npos || expr.word.find("ARRAYAGG") != expr.word.npos)
      return true;
  }
  return false;
}

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  Draft draft(subject);
  if (mindsOrder(context)) return {};
  for (const Query& query : subject.queries()) {
    const bool inner = query.place == sql::Place::from || query.place == sql::Place::expression;
    if (!inner || query.orderAt == nothing || query.limit != nothing || query.offset != nothing ||
        query.nextPart != nothing || query.distinctOn || query.limitAt != nothing)
      continue;
    // A scalar sub-query may be cut to its first row by the server.
    const bool scalar = query.place == sql::Place::expression &&
                        !subject.hasAggregate(query.items.empty() ? nothing : query.items[0].value);
    bool asked = false;
    for (const Expr& expr : subject.outline().exprs())
      asked |= (expr.shape == Shape::exists && expr.query == subject.idOf(query)) ||
               (expr.shape == Shape::in && expr.parts.size() == 2 &&
                subject.at(expr.parts[1]).query == subject.idOf(query));
    if (scalar && !asked) continue;
    draft.remove({query.orderAt, context.clauseEnd(query, query.orderAt)});
  }
  return {draft};
}

}  // namespace

extern const Rewrite needlessOrder{
    .title = "No ORDER BY in a sub-query",
    .why =
        "The rows of a sub-query have no order for the query around it: sorting them is work for "
        "nothing.",
    .document = "all/sql-rules#order-in-subquery",
    .drafts = drafts};

}  // namespace mydba::optimize
