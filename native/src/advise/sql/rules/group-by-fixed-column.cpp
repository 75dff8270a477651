#include <algorithm>

#include "advise/sql/longest_list.h"
#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

/// What is shown, tested or sorted by must be grouped by.
bool isUsed(const Subject& subject, const Query& query, ExprId group) {
  const auto holds = [&](ExprId id) {
    const auto parts = subject.within(id);
    return std::any_of(parts.begin(), parts.end(),
                       [&](ExprId part) { return subject.same(part, group); });
  };
  return holds(query.having) ||
         std::any_of(query.items.begin(), query.items.end(),
                     [&](const auto& item) { return holds(item.value); }) ||
         std::any_of(query.orders.begin(), query.orders.end(),
                     [&](const auto& order) { return holds(order.value); });
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.groupsSpecially || query.groups.size() < 2 || query.groups.size() > longestList)
      continue;
    for (const ExprId group : query.groups) {
      if (!subject.is(group, Shape::column) || isUsed(subject, query, group)) continue;
      for (const ExprId id : subject.conjuncts(query.where)) {
        const Expr& test = subject.at(id);
        if (test.shape != Shape::comparison || test.word != "=" || test.parts.size() != 2 ||
            test.quantified || !subject.same(test.parts[0], group) ||
            !subject.isLiteral(test.parts[1]))
          continue;
        report.add(group, "The filter leaves one value of this column: it makes no more groups");
        break;
      }
    }
  }
}

}  // namespace

extern const SqlRule groupByFixedColumnRule;
const SqlRule groupByFixedColumnRule{
    .id = "group-by-fixed-column", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
