#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& test = subject.at(id);
      if (test.shape != Shape::comparison || test.parts.size() != 2) continue;
      if (!subject.is(test.parts[0], Shape::column) || !subject.is(test.parts[1], Shape::text))
        continue;
      const std::string value = subject.value(test.parts[1]);
      if (value.find_first_not_of(' ') == value.npos) continue;
      if (value.front() == ' ' || value.back() == ' ')
        report.add(test.parts[1],
                   "The text begins or ends with a blank, which some types and "
                   "collations count and others do not");
    }
}

}  // namespace

extern const SqlRule paddedLiteralRule;
const SqlRule paddedLiteralRule{.id = "padded-literal", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
