#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

constexpr std::size_t most = 10;

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if (query.verb == Verb::select && query.sources.size() > most + 1)
      report.add(query.sources.back().tokens,
                 std::to_string(query.sources.size()) +
                     " tables in one FROM: planners stop trying every order of so many. Take "
                     "parts apart into CTEs or separate queries");
}

}  // namespace

extern const SqlRule manyJoinsRule;
const SqlRule manyJoinsRule{.id = "many-joins", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
