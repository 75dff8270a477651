#include "optimize/rewrite.h"

namespace mydba::optimize {
namespace {

/// `CASE WHEN c THEN 1 ELSE 0 END = 1`: the condition; nothing of anything else.
ExprId condition(const Subject& subject, const Expr& test) {
  if (test.shape != Shape::comparison || test.word != "=" || test.parts.size() != 2) return nothing;
  const Expr& chosen = subject.at(test.parts[0]);
  if (chosen.shape != Shape::chosen || chosen.parts.size() != 3 ||
      !subject.tokens().is(chosen.tokens.begin + 1, Keyword::when))
    return nothing;
  const auto then = subject.integer(chosen.parts[1]), otherwise = subject.integer(chosen.parts[2]);
  const auto asked = subject.integer(test.parts[1]);
  return then && otherwise && asked && *then == *asked && *otherwise != *asked ? chosen.parts[0]
                                                                               : nothing;
}

std::vector<Draft> drafts(const Context& context) {
  const Subject& subject = context.subject();
  Draft draft(subject);
  for (const Test& test : context.tests())
    if (const ExprId id = condition(subject, subject.at(test.id)); id != nothing)
      draft.replace(test.id, "(" + context.text(id) + ")");
  return {draft};
}

}  // namespace

extern const Rewrite caseTest{
    .title = "Write the condition itself instead of CASE around it",
    .why =
        "CASE hides the condition from the planner: it is computed for every row, and no index "
        "can serve it.",
    .document = "all/sargable-conditions",
    .drafts = drafts};

}  // namespace mydba::optimize
