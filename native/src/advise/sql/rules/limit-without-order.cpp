#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

bool oneRow(const Subject& subject, const Query& query) {
  if (subject.integer(query.limit).value_or(2) <= 1 && query.offset == nothing) return true;
  for (const auto& item : query.items)
    if (query.groups.empty() && subject.hasAggregate(item.value)) return true;
  return false;
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select || query.limit == nothing || !query.orders.empty()) continue;
    if (oneRow(subject, query) || query.sources.empty() || query.setOperator != nothing) continue;
    // Who looks at a few rows of a table does not care which.
    const bool sample = query.where == nothing && query.groups.empty() && query.offset == nothing;
    if (sample || query.lockAt != nothing) continue;
    auto& seen = report.addToken(query.limitAt,
                                 "Without ORDER BY the server chooses which rows these are, and "
                                 "may choose others the next time");
    if (query.offset != nothing) seen.severity = Severity::warning;
  }
}

}  // namespace

extern const SqlRule limitWithoutOrderRule;
const SqlRule limitWithoutOrderRule{
    .id = "limit-without-order", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
