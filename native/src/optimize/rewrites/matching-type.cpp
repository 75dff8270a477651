#include <algorithm>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// `123` as every server writes it.
bool isPlainNumber(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  return !digits.empty() && digits.size() <= 18 && (digits == "0" || digits[0] != '0') &&
         text != "-0" && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

/// A text column that is compared with numbers: the numbers in quotes.
void quoteNumbers(const Context& context, const Expr& test, Draft& draft) {
  const Subject& subject = context.subject();
  if (test.parts.size() != 2 || !isText(context.typeOf(test.parts[0]))) return;
  const bool equal = test.shape == Shape::comparison && test.word == "=" && !test.quantified;
  const bool among = test.shape == Shape::in && subject.is(test.parts[1], Shape::list);
  if (!equal && !among) return;
  std::vector<ExprId> values = {test.parts[1]};
  if (among) values = subject.at(test.parts[1]).parts;
  if (values.empty() || !std::ranges::all_of(values, [&](ExprId value) {
        return subject.is(value, Shape::number) && isPlainNumber(subject.source(value));
      }))
    return;
  for (const ExprId value : values) draft.replace(value, "'" + context.text(value) + "'");
  draft.holdsWhile = context.text(test.parts[0]) +
                     " holds numbers as they are usually written: '0123' equals 123, but not '123'";
}

/// A column of whole numbers that is made a text to be compared with one.
void unquote(const Context& context, const Expr& test, Draft& draft) {
  const Subject& subject = context.subject();
  if (test.shape != Shape::comparison || test.word != "=" || test.parts.size() != 2) return;
  const Expr& cast = subject.at(test.parts[0]);
  if (cast.shape != Shape::cast || cast.parts.size() != 1 ||
      !isWholeNumber(context.typeOf(cast.parts[0])) || !subject.is(test.parts[1], Shape::text))
    return;
  const auto& tokens = subject.tokens();
  std::size_t type = subject.at(cast.parts[0]).tokens.end;
  while (type < cast.tokens.end && !tokens.isName(type)) ++type;
  if (tokens.is(type, Keyword::as)) ++type;
  const std::string value = subject.value(test.parts[1]);
  if (!isPlainNumber(value) || !isText(tokens.lower(type))) return;
  draft.replace(test.parts[0], context.text(cast.parts[0]));
  draft.replace(test.parts[1], value);
}

std::vector<Draft> drafts(const Context& context) {
  Draft draft(context.subject());
  for (const Test& test : context.tests()) {
    const Expr& expr = context.subject().at(test.id);
    if (expr.negated) continue;
    quoteNumbers(context, expr, draft);
    unquote(context, expr, draft);
  }
  return {draft};
}

}  // namespace

extern const Rewrite matchingType{
    .title = "Compare with a value of the column's type",
    .why =
        "Column and value have different types: the column is converted in every row, so that "
        "no index on it can find the rows.",
    .document = "all/implicit-conversion",
    .drafts = drafts};

}  // namespace mydba::optimize
