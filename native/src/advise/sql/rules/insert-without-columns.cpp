#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::insert && query.verb != Verb::replace) continue;
    if (query.hasColumns || query.target.size() == 0 || !query.assignments.empty()) continue;
    if (query.rows == 0 && query.source == nothing) continue;
    report.add(query.target,
               "The values go into the columns in the order of the table, which a later column "
               "changes: name the columns");
  }
}

}  // namespace

extern const SqlRule insertWithoutColumnsRule;
const SqlRule insertWithoutColumnsRule{
    .id = "insert-without-columns", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
