#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const auto& item : query.items)
      if (subject.is(item.value, Shape::star) && item.alias != nothing)
        report.add(item.tokens, "An alias names one column; behind a star it has no meaning");
}

}  // namespace

extern const SqlRule aliasOnStarRule;
const SqlRule aliasOnStarRule{.id = "alias-on-star", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
