#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if ((query.verb == Verb::update || query.verb == Verb::delete_) && query.limit != nothing &&
        query.orders.empty())
      report.addToken(
          query.limitAt,
          "Which rows are changed is left to the server, and a replica that repeats the "
          "statement may choose others: add ORDER BY of a key");
}

}  // namespace

extern const SqlRule changeWithLimitRule;
const SqlRule changeWithLimitRule{.id = "change-with-limit",
                                  .severity = Severity::info,
                                  .dialects = mysqlDialects,
                                  .check = check};

}  // namespace mydba::advise
