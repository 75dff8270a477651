#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

constexpr long long deep = 1000;

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if (const auto offset = subject.integer(query.offset); offset && *offset >= deep)
      report.add(query.offset, std::to_string(*offset) +
                                   " rows are read and thrown away before the first is shown: "
                                   "go on behind the last key of the page before");
}

}  // namespace

extern const SqlRule deepOffsetRule;
const SqlRule deepOffsetRule{.id = "deep-offset", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
