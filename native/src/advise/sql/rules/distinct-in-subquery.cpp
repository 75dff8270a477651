#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& test = subject.at(id);
      QueryId asked = test.shape == Shape::exists ? test.query : nothing;
      if (test.shape == Shape::in && test.parts.size() > 1) asked = subject.at(test.parts[1]).query;
      if (asked == nothing) continue;
      const Query& inner = subject.outline().query(asked);
      if (inner.distinct == nothing || inner.distinctOn || inner.limit != nothing) continue;
      const auto& tokens = subject.tokens();
      auto& seen = report.addToken(inner.distinct,
                                   "IN and EXISTS do not mind copies: DISTINCT is "
                                   "work for nothing");
      seen.fix = Fix{"Remove DISTINCT",
                     {{tokens[inner.distinct].start, tokens[inner.distinct + 1].start, ""}}};
    }
}

}  // namespace

extern const SqlRule distinctInSubqueryRule;
const SqlRule distinctInSubqueryRule{
    .id = "distinct-in-subquery", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
