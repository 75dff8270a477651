#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& call = subject.at(id);
      if (!subject.isCall(id, {"COUNT"}) || call.distinct || call.parts.size() != 1) continue;
      if (!subject.is(call.parts[0], Shape::number)) continue;
      auto& seen = report.add(id, "COUNT of a constant counts rows: COUNT(*) says so");
      seen.fix = Fix{"Write COUNT(*)", {report.replace(subject.at(call.parts[0]).tokens, "*")}};
    }
}

}  // namespace

extern const SqlRule countConstantRule;
const SqlRule countConstantRule{
    .id = "count-constant", .severity = Severity::info, .onRequest = true, .check = check};

}  // namespace mydba::advise
