#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& like = subject.at(id);
      if (like.shape != Shape::like || like.word != "LIKE" || like.parts.size() != 2) continue;
      if (!subject.is(like.parts[1], Shape::text)) continue;
      const std::string pattern = subject.value(like.parts[1]);
      if (pattern.empty() || pattern.find_first_of("%_\\") != pattern.npos) continue;
      report.add(id,
                 "The pattern has no wildcard, so this compares whole texts: write = if case "
                 "and trailing blanks are to count as they do there");
    }
}

}  // namespace

extern const SqlRule likeWithoutWildcardRule;
const SqlRule likeWithoutWildcardRule{
    .id = "like-without-wildcard", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
