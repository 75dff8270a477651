#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.setOperator == nothing || !query.setAll || query.nextPart != nothing ||
        query.limit == nothing || query.parent == nothing)
      continue;
    const Query& before = subject.outline().query(query.parent);
    if (before.limit == nothing && before.verb == Verb::select)
      report.addToken(query.limitAt,
                      "All parts are read to the end before a few rows are taken: "
                      "limit each part as well");
  }
}

}  // namespace

extern const SqlRule limitOverUnionRule;
const SqlRule limitOverUnionRule{
    .id = "limit-over-union", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
