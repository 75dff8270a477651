#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select || !query.groups.empty()) continue;
    for (const auto& item : query.items)
      if (subject.isCall(item.value, {"SUM"}) && subject.isAggregate(item.value))
        report.add(item.value, "The sum of no rows is NULL, not 0: COALESCE(SUM(…), 0)");
  }
}

}  // namespace

extern const SqlRule sumMayBeNullRule;
const SqlRule sumMayBeNullRule{
    .id = "sum-may-be-null", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
