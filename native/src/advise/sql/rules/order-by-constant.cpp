#include "advise/sql/longest_list.h"
#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.orders.size() > longestList) continue;
    for (const auto& order : query.orders) {
      if (subject.is(order.value, Shape::text)) {
        report
            .add(order.value,
                 "A constant is the same for every row: nothing is sorted. A name is "
                 "written without these quotes")
            .severity = Severity::warning;
        continue;
      }
      if (!subject.is(order.value, Shape::column) || query.nextPart != nothing) continue;
      for (const ExprId test : subject.conjuncts(query.where)) {
        const Expr& equal = subject.at(test);
        if (equal.shape == Shape::comparison && equal.word == "=" && equal.parts.size() == 2 &&
            !equal.quantified && subject.same(equal.parts[0], order.value) &&
            subject.isConstant(equal.parts[1])) {
          report.add(order.value,
                     "The filter leaves one value of this column, so that it sorts "
                     "nothing");
          break;
        }
      }
    }
  }
}

}  // namespace

extern const SqlRule orderByConstantRule;
const SqlRule orderByConstantRule{
    .id = "order-by-constant", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
