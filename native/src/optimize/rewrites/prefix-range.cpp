#include <algorithm>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// The next text behind all that begin with `prefix`; empty when its last letter has no next one
/// that sorts so everywhere.
std::string behind(std::string prefix) {
  const char last = prefix.empty() ? '\0' : prefix.back();
  const bool letter =
      (last >= 'a' && last < 'z') || (last >= 'A' && last < 'Z') || (last >= '0' && last < '9');
  if (!letter) return {};
  prefix.back() = static_cast<char>(last + 1);
  return prefix;
}

bool isPlain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == ' ' || c == '_' || c == '@';
  });
}

/// The column of `substr(a, 1, n)` and `left(a, n)`.
ExprId cutColumn(const Subject& subject, ExprId id, std::size_t length) {
  const Expr& call = subject.at(id);
  const bool part = subject.isCall(id, {"SUBSTR", "SUBSTRING"}) && call.parts.size() == 3 &&
                    subject.integer(call.parts[1]) == 1;
  const bool left = subject.isCall(id, {"LEFT"}) && call.parts.size() == 2;
  if ((!part && !left) || !subject.is(call.parts[0], Shape::column)) return nothing;
  return subject.integer(call.parts.back()) == static_cast<long long>(length) ? call.parts[0]
                                                                              : nothing;
}

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  Draft draft(subject);
  for (const Test& test : context.tests()) {
    const Expr& expr = subject.at(test.id);
    if (expr.shape != Shape::comparison || expr.word != "=" || expr.parts.size() != 2 ||
        !subject.is(expr.parts[1], Shape::text))
      continue;
    const std::string prefix = subject.value(expr.parts[1]);
    const std::string end = behind(prefix);
    if (end.empty() || !isPlain(prefix)) continue;
    const ExprId column = cutColumn(subject, expr.parts[0], prefix.size());
    if (column == nothing) continue;
    // The first test stays: other collations put more texts between the two ends.
    const std::string name = context.text(column);
    const std::string text =
        name + " >= '" + prefix + "' AND " + name + " < '" + end + "' AND " + context.text(test.id);
    draft.replace(test.id, test.amongOr ? "(" + text + ")" : text);
    draft.holdsWhile = "the collation of " + name + " sorts texts letter by letter";
  }
  return {draft};
}

}  // namespace

extern const Rewrite prefixRange{
    .title = "Bound the column by the texts with that beginning",
    .why =
        "The beginning is cut out of every row's text before it is compared; a range on the "
        "column itself lets its index find the few rows for which that has to be done.",
    .document = "all/sargable-conditions",
    .drafts = drafts};

}  // namespace mydba::optimize
