#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& in = subject.at(id);
      if (in.shape != Shape::in || in.parts.size() < 2) continue;
      if (!subject.is(in.parts[0], Shape::column)) continue;
      for (const ExprId member : subject.at(in.parts[1]).parts)
        if (subject.same(member, in.parts[0]))
          report.add(member, in.negated ? "The column stands in its own list: never true"
                                        : "The column stands in its own list: true for every row "
                                          "where it is not NULL");
    }
}

}  // namespace

extern const SqlRule columnInOwnListRule;
const SqlRule columnInOwnListRule{
    .id = "column-in-own-list", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
