#include "advise/sql/longest_list.h"
#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

bool isSmall(const Subject& subject, const Source& source) {
  // Functions, sub-queries without a table of their own and LATERAL tie themselves.
  if (source.function || source.lateral || source.natural || source.usesColumns) return true;
  if (source.query == nothing) return false;
  const Query& inner = subject.outline().query(source.query);
  return inner.sources.empty() || inner.limit != nothing || inner.nextPart != nothing ||
         (inner.groups.empty() && !inner.items.empty() &&
          subject.hasAggregate(inner.items[0].value));
}

/// WHERE names the member beside another one, or compares it at all without saying whose columns.
bool isTied(const Subject& subject, const Query& query, const std::string& name) {
  for (const ExprId id : subject.within(query.where)) {
    const Expr& expr = subject.at(id);
    if (expr.shape == Shape::subquery || expr.shape == Shape::exists) return true;
    if (expr.shape != Shape::column) continue;
    const std::string from = subject.qualifier(id);
    if (from.empty() || from == name) return true;
  }
  return false;
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.sources.size() > longestList) continue;
    for (std::size_t i = 1; i < query.sources.size(); ++i) {
      const Source& source = query.sources[i];
      if (isSmall(subject, source) || source.join == Join::cross || source.join == Join::first)
        continue;
      const bool none = source.on == nothing;
      const bool constant = !none && subject.isConstant(source.on) && source.join != Join::left;
      if ((!none && !constant) || isTied(subject, query, subject.nameOf(source))) continue;
      bool later = false;  // `a JOIN b JOIN c ON …` ties both
      for (std::size_t k = i + 1; k < query.sources.size(); ++k)
        for (const ExprId part : subject.within(query.sources[k].on))
          later |= subject.qualifier(part) == subject.nameOf(source);
      if (!later && i + 1 < 40)
        report.add(source.tokens,
                   "Nothing ties this table to the others: every row meets every "
                   "row. Say ON, or CROSS JOIN where it is meant");
    }
  }
}

}  // namespace

extern const SqlRule joinWithoutConditionRule;
const SqlRule joinWithoutConditionRule{
    .id = "join-without-condition", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
