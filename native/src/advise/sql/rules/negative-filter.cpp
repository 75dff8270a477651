#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

bool isNegative(const Expr& test) {
  if (test.shape == Shape::negation) return true;
  if (test.shape == Shape::comparison) return test.word == "<>" || test.word == "!=";
  return (test.shape == Shape::in || test.shape == Shape::like) && test.negated;
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    const auto tests = subject.conjuncts(query.where);
    bool all = !tests.empty();
    for (const ExprId id : tests) all = all && isNegative(subject.at(id));
    if (all)
      report.add(query.where,
                 "The filter only says what rows are not: nearly all are read. Say "
                 "what they are where that is possible");
  }
}

}  // namespace

extern const SqlRule negativeFilterRule;
const SqlRule negativeFilterRule{
    .id = "negative-filter", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
