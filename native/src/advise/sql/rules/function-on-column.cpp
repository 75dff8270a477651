#include <algorithm>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

// What keeps an index of a date or of a text's start from being used, and has another way.
constexpr std::string_view functions[] = {
    "DATE",           "YEAR",    "MONTH",      "DAY",       "DAYOFMONTH", "HOUR",
    "DATE_FORMAT",    "TO_CHAR", "DATE_TRUNC", "DATE_PART", "EXTRACT",    "STRFTIME",
    "UNIX_TIMESTAMP", "TO_DAYS", "LEFT",       "SUBSTR",    "SUBSTRING",  "CONCAT"};

bool wraps(const Subject& subject, ExprId side) {
  const Expr& expr = subject.at(side);
  if (expr.shape == Shape::call)
    return std::find(std::begin(functions), std::end(functions), expr.word) !=
               std::end(functions) &&
           subject.hasColumn(side) && !expr.windowed;
  if (expr.shape != Shape::operation || expr.parts.size() != 2) return false;
  const bool arithmetic =
      expr.word == "+" || expr.word == "-" || expr.word == "*" || expr.word == "/";
  return arithmetic && subject.is(expr.parts[0], Shape::column) &&
         subject.is(expr.parts[1], Shape::number);
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.conjuncts(query.where)) {
      const Expr& test = subject.at(id);
      if (test.shape != Shape::comparison && test.shape != Shape::between &&
          test.shape != Shape::in)
        continue;
      if (test.parts.size() < 2 || test.word == "<>" || test.word == "!=") continue;
      for (std::size_t side = 0; side < 2; ++side)
        if (wraps(subject, test.parts[side]) && subject.isConstant(test.parts[1 - side]))
          report.add(test.parts[side],
                     "The column is computed for every row before it is compared, so that its "
                     "index is no help: compare the column itself, with a range");
    }
}

}  // namespace

extern const SqlRule functionOnColumnRule;
const SqlRule functionOnColumnRule{
    .id = "function-on-column", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
