#include <map>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& list = subject.at(id);
      if (list.shape != Shape::all && list.shape != Shape::any) continue;
      if (subject.tokens().isWord(list.sign, "XOR")) continue;
      std::map<std::string, bool> known;
      for (const ExprId part : list.parts) {
        const Expr& test = subject.at(part);
        bool bound = test.parts.empty();
        for (const ExprId inner : subject.within(part))
          bound |= subject.is(inner, Shape::parameter);
        if (!bound && !known.emplace(std::string(subject.source(part)), true).second)
          report.add(part, "The same test stands here twice: another column or value may be meant");
      }
    }
}

}  // namespace

extern const SqlRule duplicateConditionRule;
const SqlRule duplicateConditionRule{
    .id = "duplicate-condition", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
