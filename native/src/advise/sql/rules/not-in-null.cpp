#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& in = subject.at(id);
      if (in.shape != Shape::in || in.parts.size() < 2) continue;
      for (const ExprId member : subject.at(in.parts[1]).parts)
        if (subject.is(member, Shape::null)) {
          auto& seen = report.add(
              id, in.negated ? "NOT IN with a NULL in the list is never true: no row is found"
                             : "A NULL in the list of IN matches nothing: test IS NULL beside it");
          if (!in.negated) seen.severity = Severity::warning;
        }
    }
}

}  // namespace

extern const SqlRule notInNullRule;
const SqlRule notInNullRule{.id = "not-in-null", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
