#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.conjuncts(query.where)) {
      const Expr& like = subject.at(id);
      if (like.shape != Shape::like || like.parts.size() < 2 || like.negated) continue;
      if (like.word == "LIKE" || like.word == "ILIKE" || like.word == "GLOB") continue;
      if (!subject.is(like.parts[0], Shape::column) || !subject.is(like.parts[1], Shape::text))
        continue;
      if (subject.value(like.parts[1]).starts_with('^')) continue;
      report.add(id,
                 "A regular expression that may match anywhere is tried on every row: use "
                 "LIKE 'start%', a full-text search or a trigram index");
    }
}

}  // namespace

extern const SqlRule regexFilterRule;
const SqlRule regexFilterRule{.id = "regex-filter", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
