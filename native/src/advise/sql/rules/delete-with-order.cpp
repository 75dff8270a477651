#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if (query.verb == Verb::delete_ && query.limit == nothing && !query.orders.empty())
      report.addToken(query.orderAt,
                      "Without LIMIT all rows are deleted whatever their order: the "
                      "sort is for nothing");
}

}  // namespace

extern const SqlRule deleteWithOrderRule;
const SqlRule deleteWithOrderRule{.id = "delete-with-order",
                                  .severity = Severity::info,
                                  .dialects = mysqlDialects,
                                  .check = check};

}  // namespace mydba::advise
