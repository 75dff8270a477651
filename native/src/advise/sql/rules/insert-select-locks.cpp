#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if ((query.verb == Verb::insert || query.verb == Verb::replace) && query.source != nothing &&
        !subject.outline().query(query.source).sources.empty())
      report.addToken(query.tokens.begin,
                      "InnoDB locks the rows that are read, and the gaps between "
                      "them, until the transaction ends: work in small ranges "
                      "of the key");
}

}  // namespace

extern const SqlRule insertSelectLocksRule;
const SqlRule insertSelectLocksRule{.id = "insert-select-locks",
                                    .severity = Severity::info,
                                    .onRequest = true,
                                    .dialects = mysqlDialects,
                                    .check = check};

}  // namespace mydba::advise
