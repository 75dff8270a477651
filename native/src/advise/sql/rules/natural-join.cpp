#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const Source& source : query.sources)
      if (source.natural)
        report.addToken(source.joinAt,
                        "The join is by all columns that happen to have the same "
                        "name, also by those that are added later: say which with "
                        "USING or ON");
}

}  // namespace

extern const SqlRule naturalJoinRule;
const SqlRule naturalJoinRule{.id = "natural-join", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
