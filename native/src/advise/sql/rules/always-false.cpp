#include <map>

#include "advise/sql/rule.h"
#include "sql/predicate.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    std::map<std::string, ExprId> fixed;
    for (const ExprId id : subject.conjuncts(query.where)) {
      const Expr& test = subject.at(id);
      const bool literals = test.shape == Shape::comparison && test.parts.size() == 2 &&
                            subject.isLiteral(test.parts[0]) && subject.isLiteral(test.parts[1]) &&
                            !subject.is(test.parts[0], Shape::null) &&
                            !subject.is(test.parts[1], Shape::null);
      if (literals && sql::readPredicate(subject.tokens(), test.tokens).truth == sql::Truth::no)
        report.add(id, "The test is never true: no row is found");
      if (test.shape != Shape::comparison || test.word != "=" || test.parts.size() != 2 ||
          test.quantified || !subject.is(test.parts[0], Shape::column) ||
          (!subject.is(test.parts[1], Shape::text) && !subject.is(test.parts[1], Shape::number)))
        continue;
      const auto [known, isNew] = fixed.emplace(
          subject.qualifier(test.parts[0]) + "." + subject.column(test.parts[0]), test.parts[1]);
      if (!isNew && subject.at(known->second).shape == subject.at(test.parts[1]).shape &&
          subject.value(known->second) != subject.value(test.parts[1]))
        report.add(id,
                   "The column cannot equal two values at once: no row is found. OR or IN may "
                   "be meant");
    }
  }
}

}  // namespace

extern const SqlRule alwaysFalseRule;
const SqlRule alwaysFalseRule{.id = "always-false", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
