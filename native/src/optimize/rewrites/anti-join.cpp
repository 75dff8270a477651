#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

std::string exists(const std::string& from, const std::vector<std::string>& conditions) {
  return "EXISTS (SELECT 1 FROM " + from +
         (conditions.empty() ? "" : " WHERE " + conjunction(conditions)) + ")";
}

/// `a NOT IN (SELECT x FROM …)` keeps a row when the sub-query is empty, or when neither a nor any
/// x is NULL and no x equals a.
std::string rewritten(const Context& context, const Expr& test) {
  const Subject& subject = context.subject();
  if (test.shape != Shape::in || !test.negated || test.parts.size() != 2) return {};
  const ExprId outer = test.parts[0];
  const QueryId asked = subject.at(test.parts[1]).query;
  if (asked == nothing || !subject.is(outer, Shape::column)) return {};
  const Query& inner = subject.outline().query(asked);
  if (!context.isPlain(inner) || inner.items.size() != 1) return {};
  const ExprId value = inner.items[0].value;
  const std::string named = context.fromInside(outer, inner);
  if (named.empty() || !subject.is(value, Shape::column)) return {};
  std::vector<std::string> conditions;
  for (const ExprId id : subject.conjuncts(inner.where))
    conditions.push_back(context.asConjunct(id));
  const std::string from = context.fromText(inner), x = context.text(value);
  bool tested = context.neverNull(value);
  for (const ExprId id : subject.conjuncts(inner.where)) {
    const Expr& part = subject.at(id);
    const bool refuses = part.shape == Shape::comparison ||
                         (part.shape == Shape::isTest && part.negated && part.word == "NULL");
    tested |=
        refuses && part.word != "<=>" && !part.parts.empty() && subject.same(part.parts[0], value);
  }
  auto with = [&](const std::string& condition) {
    auto all = conditions;
    all.push_back(condition);
    return exists(from, all);
  };
  std::string text = "NOT " + with(x + " = " + named);
  if (!tested) text += " AND NOT " + with(x + " IS NULL");
  if (!context.neverNull(outer))
    text += " AND (" + named + " IS NOT NULL OR NOT " + exists(from, conditions) + ")";
  return text;
}

std::vector<Draft> drafts(const Context& context) {
  Draft draft(context.subject());
  for (const Test& test : context.tests()) {
    const std::string text = rewritten(context, context.subject().at(test.id));
    if (!text.empty()) draft.replace(test.id, test.amongOr ? "(" + text + ")" : text);
  }
  return {draft};
}

}  // namespace

extern const Rewrite antiJoin{
    .title = "Ask with NOT EXISTS instead of NOT IN",
    .why =
        "NOT IN has to mind NULLs, which keeps planners from joining. NOT EXISTS becomes an "
        "anti-join; where NULLs are possible they are asked about by themselves.",
    .document = "all/not-in-with-null",
    .drafts = drafts};

}  // namespace mydba::optimize
