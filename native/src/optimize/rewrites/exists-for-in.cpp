#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

std::string rewritten(const Context& context, const Expr& test) {
  const Subject& subject = context.subject();
  if (test.shape != Shape::in || test.negated || test.parts.size() != 2) return {};
  const QueryId asked = subject.at(test.parts[1]).query;
  if (asked == nothing || !subject.is(test.parts[0], Shape::column)) return {};
  const Query& inner = subject.outline().query(asked);
  if (!context.isPlain(inner) || inner.items.size() != 1) return {};
  const ExprId value = inner.items[0].value;
  const std::string named = context.fromInside(test.parts[0], inner);
  if (named.empty() || subject.is(value, Shape::star)) return {};
  std::vector<std::string> conditions;
  for (const ExprId id : subject.conjuncts(inner.where))
    conditions.push_back(context.asConjunct(id));
  conditions.push_back(context.text(value) + " = " + named);
  return "EXISTS (SELECT 1 FROM " + context.fromText(inner) + " WHERE " + conjunction(conditions) +
         ")";
}

std::vector<Draft> drafts(const Context& context) {
  Draft draft(context.subject());
  for (const Test& test : context.tests())
    if (const std::string text = rewritten(context, context.subject().at(test.id)); !text.empty())
      draft.replace(test.id, text);
  return {draft};
}

}  // namespace

extern const Rewrite existsForIn{
    .title = "Look for one row with EXISTS instead of gathering all with IN",
    .why =
        "The sub-query's values are all gathered before the first is needed. Where few rows ask, "
        "and an index finds the answer for each, EXISTS reads less.",
    .document = "all/exists-in-join",
    .drafts = drafts};

}  // namespace mydba::optimize
