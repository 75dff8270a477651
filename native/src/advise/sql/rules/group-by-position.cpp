#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    for (const ExprId group : query.groups)
      if (subject.integer(group))
        report.add(group,
                   "A position changes its meaning when the select list does: name the column");
    for (const auto& order : query.orders)
      if (subject.integer(order.value))
        report.add(order.value,
                   "A position changes its meaning when the select list does: name the column");
  }
}

}  // namespace

extern const SqlRule groupByPositionRule;
const SqlRule groupByPositionRule{
    .id = "group-by-position", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
