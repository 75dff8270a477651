#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  const auto& tokens = subject.tokens();
  for (const Query& query : subject.queries()) {
    if (query.place != Place::cte || query.name == nothing || query.verb != Verb::select) continue;
    const std::string name = subject.name(query.name);
    std::size_t uses = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at)
      if (tokens.isName(at) && subject.name(at) == name) ++uses;
    if (uses == 1) report.addToken(query.name, "Nothing reads this part of WITH");
  }
}

}  // namespace

extern const SqlRule unusedCteRule;
const SqlRule unusedCteRule{.id = "unused-cte", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
