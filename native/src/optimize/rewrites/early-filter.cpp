#include <algorithm>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// It names nothing but columns that are grouped by, and no alias of the select list hides one.
bool concernsGroups(const Context& context, const Query& query, ExprId test) {
  const Subject& subject = context.subject();
  bool columns = false;
  for (const ExprId part : subject.within(test)) {
    const Expr& expr = subject.at(part);
    if (expr.shape == Shape::subquery || expr.shape == Shape::exists || expr.windowed ||
        subject.isAggregate(part))
      return false;
    if (expr.shape != Shape::column) continue;
    columns = true;
    const bool grouped =
        std::ranges::any_of(query.groups, [&](ExprId group) { return subject.same(group, part); });
    const bool hidden = std::ranges::any_of(query.items, [&](const auto& item) {
      return item.alias != nothing && subject.name(item.alias) == subject.column(part);
    });
    if (!grouped || hidden) return false;
  }
  return columns;
}

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  Draft draft(subject);
  for (const Query& query : subject.queries()) {
    if (query.having == nothing || query.groups.empty() || query.groupsSpecially) continue;
    std::vector<std::string> early, late;
    for (const ExprId id : subject.conjuncts(query.having))
      (concernsGroups(context, query, id) ? early : late).push_back(context.asConjunct(id));
    if (early.empty()) continue;
    const Range having{query.havingAt, context.clauseEnd(query, query.havingAt)};
    if (late.empty())
      draft.remove(having);
    else
      draft.replace(having, "HAVING " + conjunction(late) + " ");
    if (query.where == nothing) {
      draft.insertBefore(query.groupAt, "WHERE " + conjunction(early) + " ");
    } else {
      for (const ExprId id : subject.conjuncts(query.where))
        early.push_back(context.asConjunct(id));
      draft.replace({query.whereAt, context.clauseEnd(query, query.whereAt)},
                    "WHERE " + conjunction(early));
    }
  }
  return {draft};
}

}  // namespace

extern const Rewrite earlyFilter{
    .title = "Filter before the rows are grouped",
    .why =
        "HAVING is tested when all groups are made. The condition is about what is grouped by: "
        "in WHERE it drops the rows before, and may use an index.",
    .document = "all/having-versus-where",
    .drafts = drafts};

}  // namespace mydba::optimize
