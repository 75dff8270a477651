#include <algorithm>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// The literal that every row of a part has in a column of the result: it stands there, or the
/// column is compared with it. Empty when there is none.
std::string fixedValue(const Context& context, const Query& part, std::size_t column) {
  const Subject& subject = context.subject();
  const ExprId item = part.items[column].value;
  if (subject.is(item, Shape::text)) return subject.value(item);
  if (subject.column(item).empty() || !context.joinsInside(part)) return {};
  for (const ExprId id : subject.conjuncts(part.where)) {
    const Expr& test = subject.at(id);
    if (test.shape == Shape::comparison && test.word == "=" && test.parts.size() == 2 &&
        subject.same(test.parts[0], item) && subject.is(test.parts[1], Shape::text))
      return subject.value(test.parts[1]);
  }
  return {};
}

/// No row of one can be a row of the other.
bool areDisjoint(const Context& context, const Query& one, const Query& other) {
  if (one.items.size() != other.items.size()) return false;
  for (std::size_t column = 0; column < one.items.size(); ++column) {
    const std::string left = fixedValue(context, one, column);
    const std::string right = fixedValue(context, other, column);
    if (!left.empty() && !right.empty() && differEverywhere(left, right)) return true;
  }
  return false;
}

bool hasNoCopies(const Context& context, const Query& part) {
  const Subject& subject = context.subject();
  if (part.distinct != nothing) return true;
  std::vector<std::string> columns;
  for (const auto& item : part.items) columns.push_back(subject.column(item.value));
  if (!part.groups.empty() && !part.groupsSpecially)
    return std::ranges::all_of(part.groups, [&](ExprId group) {
      return std::ranges::any_of(part.items,
                                 [&](const auto& item) { return subject.same(item.value, group); });
    });
  if (context.hasAggregates(part)) return true;  // one row
  const Definition* table =
      part.sources.size() == 1 ? context.definition(part.sources[0]) : nullptr;
  return table && table->hasKeyIn(columns);
}

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  Draft draft(subject);
  for (const Query& part : subject.queries()) {
    if (part.setOperator == nothing || part.setAll || part.parent == nothing ||
        !subject.tokens().is(part.setOperator, Keyword::union_))
      continue;
    const Query& first = subject.outline().query(part.parent);
    const bool pair = first.setOperator == nothing && part.nextPart == nothing;
    if (!pair || first.verb != sql::Verb::select || part.verb != sql::Verb::select ||
        !areDisjoint(context, first, part))
      continue;
    const bool written = subject.tokens().is(part.setOperator + 1, Keyword::distinct);
    draft.replace({part.setOperator, part.setOperator + (written ? 2U : 1U)}, "UNION ALL");
    for (const Query* one : {&first, &part})
      if (!hasNoCopies(context, *one)) draft.insertBehind(one->tokens.begin, " DISTINCT");
  }
  return {draft};
}

}  // namespace

extern const Rewrite plainUnion{
    .title = "UNION ALL between parts that have no row in common",
    .why =
        "UNION sorts or hashes all rows to find copies. The parts differ by a constant, so that "
        "none can be found between them.",
    .document = "all/union-versus-union-all",
    .drafts = drafts};

}  // namespace mydba::optimize
