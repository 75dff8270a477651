#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const auto& assignment : query.assignments) {
      const Expr& value = subject.at(assignment.value);
      if (assignment.value == nothing || value.shape != Shape::all) continue;
      bool compares = false;
      for (std::size_t i = 1; i < value.parts.size(); ++i) {
        const Expr& part = subject.at(value.parts[i]);
        compares |= part.shape == Shape::comparison && part.word == "=" &&
                    subject.is(part.parts[0], Shape::column);
      }
      if (compares && subject.isConstant(value.parts[0]))
        report.add(assignment.value,
                   "AND joins conditions: the column is set to true or false. "
                   "Between assignments stands a comma");
    }
}

}  // namespace

extern const SqlRule assignmentWithAndRule;
const SqlRule assignmentWithAndRule{
    .id = "assignment-with-and", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
