#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  // Report what is seen and what to write instead; stay silent about what is not known.
  for (const Query& query : subject.queries())
    if (query.verb == Verb::other) report.add(query.tokens, "Say what is wrong and what to do");
}

}  // namespace

extern const SqlRule __name__Rule;
const SqlRule __name__Rule{.id = "__id__", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
