#include <algorithm>
#include <unordered_map>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

bool isCte(const Query& query) {
  return query.place == Place::cte && query.name != nothing && query.verb == Verb::select;
}

void check(const Subject& subject, Report& report) {
  const auto& queries = subject.queries();
  if (std::none_of(queries.begin(), queries.end(), isCte)) return;
  const auto& tokens = subject.tokens();
  std::unordered_map<std::string, std::size_t> uses;
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens.isName(at)) ++uses[subject.name(at)];
  for (const Query& query : queries) {
    if (!isCte(query)) continue;
    if (uses[subject.name(query.name)] == 1)
      report.addToken(query.name, "Nothing reads this part of WITH");
  }
}

}  // namespace

extern const SqlRule unusedCteRule;
const SqlRule unusedCteRule{.id = "unused-cte", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
