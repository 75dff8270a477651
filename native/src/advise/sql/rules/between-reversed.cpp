#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& between = subject.at(id);
      if (between.shape != Shape::between || between.parts.size() != 3) continue;
      if (subject.tokens().isWord(subject.at(between.parts[1]).tokens.begin - 1, "SYMMETRIC"))
        continue;
      const auto low = subject.integer(between.parts[1]), high = subject.integer(between.parts[2]);
      const bool numbers = low && high && *low > *high;
      // Dates in ISO order compare as texts do.
      const std::string from = subject.value(between.parts[1]),
                        to = subject.value(between.parts[2]);
      const bool dates = subject.is(between.parts[1], Shape::text) &&
                         subject.is(between.parts[2], Shape::text) && from.size() >= 10 &&
                         to.size() >= 10 && from[4] == '-' && to[4] == '-' && from > to;
      if (numbers || dates)
        report.add(id, "BETWEEN takes the smaller bound first: this range is empty");
    }
}

}  // namespace

extern const SqlRule betweenReversedRule;
const SqlRule betweenReversedRule{
    .id = "between-reversed", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
