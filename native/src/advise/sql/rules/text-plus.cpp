#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& sum = subject.at(id);
      if (sum.shape != Shape::operation || sum.word != "+") continue;
      for (const ExprId part : sum.parts) {
        if (!subject.is(part, Shape::text)) continue;
        const std::string value = subject.value(part);
        // A text of digits may be a number, and an interval may be added to a date.
        if (value.find_first_of("0123456789") != value.npos) continue;
        report.add(id, "+ adds numbers: texts are joined with || or CONCAT");
        break;
      }
    }
}

}  // namespace

extern const SqlRule textPlusRule;
const SqlRule textPlusRule{.id = "text-plus", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
