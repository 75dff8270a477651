#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.place != Place::cte || query.verb == Verb::select || query.verb == Verb::values)
      continue;
    const Query& main = subject.queries().back();
    if (main.place == Place::statement && main.verb == Verb::select)
      report.addToken(query.tokens.begin,
                      "The statement looks like a query and changes rows: all parts see the state "
                      "before it, and a read-only connection refuses it");
  }
}

}  // namespace

extern const SqlRule changeInCteRule;
const SqlRule changeInCteRule{
    .id = "change-in-cte", .severity = Severity::info, .dialects = postgresDialect, .check = check};

}  // namespace mydba::advise
