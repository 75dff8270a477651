#include <optional>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// What `count op number` means: true for some rows, false for none; nothing for anything else.
std::optional<bool> asksForSome(std::string_view op, long long number) {
  if (number == 0 && (op == ">" || op == "<>" || op == "!=")) return true;
  if (number == 1 && op == ">=") return true;
  if (number == 0 && (op == "=" || op == "<=")) return false;
  if (number == 1 && op == "<") return false;
  return std::nullopt;
}

std::string flipped(std::string op) {
  if (op[0] == '<' && op != "<>" && op != "<=>")
    op[0] = '>';
  else if (op[0] == '>')
    op[0] = '<';
  return op;
}

std::string rewritten(const Context& context, const Expr& test) {
  const Subject& subject = context.subject();
  if (test.shape != Shape::comparison || test.quantified || test.parts.size() != 2) return {};
  const bool first = subject.is(test.parts[0], Shape::subquery);
  const auto number = subject.integer(test.parts[first ? 1 : 0]);
  const QueryId asked = subject.at(test.parts[first ? 0 : 1]).query;
  if (asked == nothing || !number) return {};
  const auto some = asksForSome(first ? test.word : flipped(test.word), *number);
  const Query& inner = subject.outline().query(asked);
  if (!some || inner.items.size() != 1 || !inner.groups.empty() || inner.having != nothing ||
      inner.nextPart != nothing || inner.sources.empty() || inner.limit != nothing ||
      inner.offset != nothing || inner.distinct != nothing)
    return {};
  const ExprId count = inner.items[0].value;
  if (!subject.isCall(count, {"COUNT"}) || subject.at(count).windowed ||
      subject.at(count).parts.size() != 1)
    return {};
  std::vector<std::string> conditions;
  for (const ExprId id : subject.conjuncts(inner.where))
    conditions.push_back(context.asConjunct(id));
  const ExprId counted = subject.at(count).parts[0];
  const bool all = subject.is(counted, Shape::star) || subject.is(counted, Shape::number);
  if (!all) conditions.push_back(context.text(counted) + " IS NOT NULL");
  return std::string(*some ? "" : "NOT ") + "EXISTS (SELECT 1 FROM " + context.fromText(inner) +
         (conditions.empty() ? "" : " WHERE " + conjunction(conditions)) + ")";
}

std::vector<Draft> drafts(const Context& context) {
  Draft draft(context.subject());
  for (const Test& test : context.tests())
    if (const std::string text = rewritten(context, context.subject().at(test.id)); !text.empty())
      draft.replace(test.id, text);
  return {draft};
}

}  // namespace

extern const Rewrite existsForCount{
    .title = "Ask whether there is a row instead of counting all",
    .why =
        "All rows are counted to know whether there is one. EXISTS stops at the first, and "
        "planners turn it into a join.",
    .document = "all/count-variants",
    .drafts = drafts};

}  // namespace mydba::optimize
