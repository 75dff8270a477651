#include <algorithm>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.distinct == nothing || query.distinctOn || query.items.empty()) continue;
    bool unique = false;
    if (query.groups.empty()) {
      // One row comes out.
      unique = std::all_of(query.items.begin(), query.items.end(),
                           [&](const auto& item) { return subject.isAggregate(item.value); });
    } else if (!query.groupsSpecially) {
      unique = std::all_of(query.groups.begin(), query.groups.end(), [&](ExprId group) {
        return std::any_of(query.items.begin(), query.items.end(),
                           [&](const auto& item) { return subject.same(item.value, group); });
      });
    }
    if (!unique) continue;
    auto& seen = report.addToken(query.distinct,
                                 "The rows differ already: DISTINCT only costs a "
                                 "second sort");
    const auto& tokens = subject.tokens();
    seen.fix = Fix{"Remove DISTINCT",
                   {{tokens[query.distinct].start, tokens[query.distinct + 1].start, ""}}};
  }
}

}  // namespace

extern const SqlRule distinctWithGroupByRule;
const SqlRule distinctWithGroupByRule{
    .id = "distinct-with-group-by", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
