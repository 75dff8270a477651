#include <optional>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// `column op value`.
struct Bare {
  ExprId column = nothing;
  std::string op;
  std::string value;
  bool number = true;  ///< rests on the column being a number, else on its being a text
};

std::string flipped(std::string op) {
  if (op[0] == '<' && op != "<>" && op != "<=>")
    op[0] = '>';
  else if (op[0] == '>')
    op[0] = '<';
  return op;
}

bool isComparison(const Expr& test) {
  return test.shape == Shape::comparison && !test.quantified && test.parts.size() == 2 &&
         test.word != "<=>";
}

/// `+a`, `a || ''`: nothing is left to compute. Of SQLite's `+` see "Disqualifying WHERE Clause
/// Terms Using Unary +", sqlite.org/optoverview.html.
std::optional<ExprId> undone(const Subject& subject, const Expr& side, bool& number) {
  number = true;
  const std::size_t begin = side.tokens.begin;
  if (side.parts.size() == 1 && side.word.empty() && side.tokens.size() >= 2 &&
      subject.tokens().isSymbol(begin, '+') && subject.is(side.parts[0], Shape::column) &&
      subject.at(side.parts[0]).tokens.begin == begin + 1)
    return side.parts[0];
  if (side.parts.size() != 2 || side.word != "||") return std::nullopt;
  number = false;
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}})
    if (subject.is(side.parts[at], Shape::column) && subject.is(side.parts[1 - at], Shape::text) &&
        subject.value(side.parts[1 - at]).empty())
      return side.parts[at];
  return std::nullopt;
}

/// `a + 5 > 7`, `5 - a > 7`, `a * 100 > 700`.
std::optional<Bare> solved(const Subject& subject, const Expr& side, std::string op,
                           long long value) {
  if (side.parts.size() != 2 || side.word.size() != 1) return std::nullopt;
  const bool first = subject.is(side.parts[0], Shape::column);
  if (!first && !subject.is(side.parts[1], Shape::column)) return std::nullopt;
  const auto by = subject.integer(side.parts[first ? 1 : 0]);
  if (!by) return std::nullopt;
  long long result = 0;
  bool overflow = true;
  switch (side.word[0]) {
    case '+': overflow = __builtin_sub_overflow(value, *by, &result); break;
    case '-':
      overflow = first ? __builtin_add_overflow(value, *by, &result)
                       : __builtin_sub_overflow(*by, value, &result);
      if (!first) op = flipped(std::move(op));
      break;
    case '*':
      if (*by <= 0 || value % *by != 0) return std::nullopt;
      result = value / *by;
      overflow = false;
      break;
    default: return std::nullopt;
  }
  if (overflow) return std::nullopt;
  return Bare{side.parts[first ? 0 : 1], std::move(op), std::to_string(result)};
}

std::optional<Bare> bareOf(const Context& context, const Expr& test) {
  const Subject& subject = context.subject();
  if (!isComparison(test)) return std::nullopt;
  for (const std::size_t at : {std::size_t{0}, std::size_t{1}}) {
    const Expr& side = subject.at(test.parts[at]);
    const ExprId other = test.parts[1 - at];
    if (side.shape != Shape::operation || !subject.isConstant(other)) continue;
    const std::string op = at == 0 ? test.word : flipped(test.word);
    bool number = true;
    if (const auto column = undone(subject, side, number))
      return Bare{*column, op, context.text(other), number};
    if (const auto value = subject.integer(other))
      if (auto found = solved(subject, side, op, *value)) return found;
  }
  return std::nullopt;
}

std::vector<Draft> drafts(const Context& context) {
  Draft draft(context.subject());
  for (const Test& test : context.tests()) {
    const auto bare = bareOf(context, context.subject().at(test.id));
    if (!bare) continue;
    const std::string column = context.text(bare->column);
    const std::string type = context.typeOf(bare->column);
    if (bare->number ? !isExactNumber(type) : !isText(type))
      draft.holdsWhile =
          column + " holds nothing but " + (bare->number ? "whole numbers" : "texts");
    draft.replace(test.id, column + " " + bare->op + " " + bare->value);
  }
  return {draft};
}

}  // namespace

extern const Rewrite bareColumn{
    .title = "Compare the column alone",
    .why =
        "Something is computed from the column before it is compared, so that no index on the "
        "column can find the rows. The other side can be computed once instead.",
    .document = "all/sargable-conditions",
    .drafts = drafts};

}  // namespace mydba::optimize
