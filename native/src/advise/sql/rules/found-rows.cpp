#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const std::uint32_t option : query.options)
      if (subject.tokens().isWord(option, "SQL_CALC_FOUND_ROWS"))
        report.addToken(option,
                        "All rows are computed to count them, whatever LIMIT says, and "
                        "MySQL has deprecated it: count with a query of its own");
}

}  // namespace

extern const SqlRule foundRowsRule;
const SqlRule foundRowsRule{
    .id = "found-rows", .severity = Severity::warning, .dialects = mysqlDialects, .check = check};

}  // namespace mydba::advise
