#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    bool joins = false;
    std::uint32_t comma = nothing;
    for (const Source& source : query.sources) {
      if (source.join == Join::comma && !source.function && !source.lateral && comma == nothing)
        comma = source.joinAt;
      joins |= source.join != Join::comma && source.join != Join::first && source.on != nothing;
    }
    if (joins && comma != nothing && query.verb == Verb::select)
      report.addToken(comma,
                      "A comma binds less than JOIN, so that a condition of ON may not see "
                      "the table before it: write every join as JOIN");
  }
}

}  // namespace

extern const SqlRule mixedJoinsRule;
const SqlRule mixedJoinsRule{.id = "mixed-joins", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
