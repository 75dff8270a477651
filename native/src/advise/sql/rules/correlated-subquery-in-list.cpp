#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select) continue;
    for (const auto& item : query.items) {
      if (!subject.is(item.value, Shape::subquery) || subject.at(item.value).query == nothing)
        continue;
      const Query& inner = subject.outline().query(subject.at(item.value).query);
      for (const ExprId part : subject.within(inner.where)) {
        const std::string from = subject.qualifier(part);
        bool outer = false;
        for (const Source& source : query.sources)
          outer |= !from.empty() && subject.nameOf(source) == from;
        if (!outer) continue;
        report.add(item.value,
                   "The sub-query runs once for each row that is shown: join with a "
                   "grouped sub-query when there are many");
        break;
      }
    }
  }
}

}  // namespace

extern const SqlRule correlatedSubqueryInListRule;
const SqlRule correlatedSubqueryInListRule{.id = "correlated-subquery-in-list",
                                           .severity = Severity::info,
                                           .onRequest = true,
                                           .check = check};

}  // namespace mydba::advise
