#include <optional>

#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// Of two literals that stand for the same kind of thing.
std::optional<bool> holds(const Subject& subject, ExprId left, const std::string& op,
                          ExprId right) {
  int order = 0;
  const auto a = subject.integer(left), b = subject.integer(right);
  if (a && b) {
    order = *a < *b ? -1 : *a > *b ? 1 : 0;
  } else if (subject.is(left, Shape::text) && subject.is(right, Shape::text)) {
    // Collations order texts, and find some equal that differ.
    const std::string one = subject.value(left), other = subject.value(right);
    const bool equality = op == "=" || op == "==" || op == "<>" || op == "!=";
    if (one != other && !(equality && differEverywhere(one, other))) return std::nullopt;
    order = one == other ? 0 : 1;
  } else {
    return std::nullopt;
  }
  if (op == "=" || op == "==") return order == 0;
  if (op == "<>" || op == "!=") return order != 0;
  if (op == "<") return order < 0;
  if (op == ">") return order > 0;
  if (op == "<=") return order <= 0;
  if (op == ">=") return order >= 0;
  return std::nullopt;
}

std::string rewritten(const Context& context, const Expr& test, bool& either) {
  const Subject& subject = context.subject();
  if (test.shape != Shape::comparison || test.quantified || test.parts.size() != 2) return {};
  const ExprId side = test.parts[0];
  const auto& parts = subject.at(side).parts;
  if (!subject.isCall(side, {"COALESCE", "IFNULL", "NVL"}) || parts.size() != 2 ||
      !subject.is(parts[0], Shape::column))
    return {};
  const auto forNull = holds(subject, parts[1], test.word, test.parts[1]);
  if (!forNull) return {};
  const std::string column = context.text(parts[0]);
  const std::string bare = column + " " + test.word + " " + context.text(test.parts[1]);
  either = *forNull && !context.neverNull(parts[0]);
  return either ? "(" + bare + " OR " + column + " IS NULL)" : bare;
}

std::vector<Draft> drafts(const Context& context) {
  Draft draft(context.subject());
  for (const Test& test : context.tests()) {
    bool either = false;
    const std::string text = rewritten(context, context.subject().at(test.id), either);
    if (!text.empty()) draft.replace(test.id, text);
  }
  return {draft};
}

}  // namespace

extern const Rewrite coalescedColumn{
    .title = "Ask for the value, and for NULL by its name",
    .why =
        "COALESCE around the column is computed for every row, so that no index on the column "
        "can find the rows.",
    .document = "all/sargable-conditions",
    .drafts = drafts};

}  // namespace mydba::optimize
