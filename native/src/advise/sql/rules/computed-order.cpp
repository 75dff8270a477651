#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto see = [&](ExprId id) {
    const Shape shape = subject.at(id).shape;
    const bool computed =
        shape == Shape::call || shape == Shape::operation || shape == Shape::chosen;
    if (computed && subject.hasColumn(id) && !subject.hasAggregate(id))
      report.add(id,
                 "Computed for every row before it is sorted: an index of the column does not "
                 "deliver this order, one of the expression would");
  };
  for (const Query& query : subject.queries()) {
    for (const auto& order : query.orders) see(order.value);
    for (const ExprId group : query.groups) see(group);
  }
}

}  // namespace

extern const SqlRule computedOrderRule;
const SqlRule computedOrderRule{
    .id = "computed-order", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
