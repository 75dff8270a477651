#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& like = subject.at(id);
      if (like.shape != Shape::like || like.parts.size() < 2 || like.negated) continue;
      if (like.word != "LIKE" && like.word != "ILIKE") continue;
      if (!subject.is(like.parts[0], Shape::column) || !subject.is(like.parts[1], Shape::text))
        continue;
      const std::string pattern = subject.value(like.parts[1]);
      if (pattern.size() < 2 || (pattern[0] != '%' && pattern[0] != '_')) continue;
      if (pattern.find_first_not_of("%_") == pattern.npos) continue;
      report.add(like.parts[1],
                 "A pattern that begins with a wildcard matches anywhere in the text, so that an "
                 "ordinary index is no help: search from the start, or use a full-text or trigram "
                 "index");
    }
}

}  // namespace

extern const SqlRule leadingWildcardRule;
const SqlRule leadingWildcardRule{
    .id = "leading-wildcard", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
