#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query))
      if (subject.isCall(id, {"SLEEP", "BENCHMARK", "PG_SLEEP", "PG_SLEEP_FOR", "PG_SLEEP_UNTIL"}))
        report.add(id,
                   "The call holds a connection, and maybe locks, for as long as it waits; in a "
                   "filter it waits for every row, which is how injections are tried");
}

}  // namespace

extern const SqlRule delayFunctionRule;
const SqlRule delayFunctionRule{
    .id = "delay-function", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
