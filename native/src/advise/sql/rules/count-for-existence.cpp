#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

bool countsRows(const Subject& subject, ExprId side) {
  if (!subject.is(side, Shape::subquery) || subject.at(side).query == nothing) return false;
  const Query& query = subject.outline().query(subject.at(side).query);
  return query.items.size() == 1 && query.groups.empty() && query.having == nothing &&
         query.nextPart == nothing && !query.sources.empty() &&
         subject.isCall(query.items[0].value, {"COUNT"}) &&
         !subject.at(query.items[0].value).distinct;
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& test = subject.at(id);
      if (test.shape != Shape::comparison || test.parts.size() != 2) continue;
      if (!countsRows(subject, test.parts[0])) continue;
      const auto number = subject.integer(test.parts[1]);
      if (!number) continue;
      const bool some =
          (*number == 0 && (test.word == ">" || test.word == "<>" || test.word == "!=")) ||
          (*number == 1 && test.word == ">=");
      const bool none = (*number == 0 && test.word == "=") || (*number == 1 && test.word == "<");
      if (some || none)
        report.add(id, std::string("All rows are counted to know whether there is one: write ") +
                           (none ? "NOT EXISTS" : "EXISTS") + ", which stops at the first");
    }
}

}  // namespace

extern const SqlRule countForExistenceRule;
const SqlRule countForExistenceRule{
    .id = "count-for-existence", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
