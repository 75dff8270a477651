#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.verb == Verb::select || query.verb == Verb::values) continue;
    for (const ExprId id : subject.exprsOf(query))
      if (subject.isCall(id, {"SYSDATE", "CLOCK_TIMESTAMP", "TIMEOFDAY"}))
        report.add(id,
                   "The clock is read anew for each row, and again on a replica that repeats "
                   "the statement: use the statement's time, NOW()");
  }
}

}  // namespace

extern const SqlRule timeDiffersOnReplicasRule;
const SqlRule timeDiffersOnReplicasRule{
    .id = "time-differs-on-replicas", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
