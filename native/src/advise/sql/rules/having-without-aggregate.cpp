#include <algorithm>

#include "advise/sql/longest_list.h"
#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

/// A column that is grouped by and that no alias of the select list hides.
bool isGrouped(const Subject& subject, const Query& query, ExprId column) {
  for (const auto& item : query.items)
    if (item.alias != nothing && subject.name(item.alias) == subject.column(column)) return false;
  return std::any_of(query.groups.begin(), query.groups.end(),
                     [&](ExprId group) { return subject.same(group, column); });
}

bool belongsIntoWhere(const Subject& subject, const Query& query, ExprId test) {
  bool columns = false;
  for (const ExprId part : subject.within(test)) {
    const Shape shape = subject.at(part).shape;
    if (shape == Shape::subquery || shape == Shape::exists || shape == Shape::call) return false;
    if (shape != Shape::column) continue;
    columns = true;
    if (!isGrouped(subject, query, part)) return false;
  }
  return columns;
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.having == nothing || query.groupsSpecially || query.groups.empty()) continue;
    if (query.groups.size() + query.items.size() > longestList) continue;
    const auto tests = subject.conjuncts(query.having);
    for (const ExprId test : tests) {
      if (!belongsIntoWhere(subject, query, test)) continue;
      auto& seen = report.add(test,
                              "The test needs no group: in WHERE it drops the rows before "
                              "they are grouped");
      if (tests.size() > 1 || query.where != nothing) continue;
      const auto& tokens = subject.tokens();
      seen.fix =
          Fix{"Move it into WHERE",
              {report.insertBefore(query.groupAt,
                                   "WHERE " + std::string(subject.source(query.having)) + " "),
               {tokens[query.havingAt - 1].end, tokens[subject.at(query.having).tokens.end - 1].end,
                ""}}};
    }
  }
}

}  // namespace

extern const SqlRule havingWithoutAggregateRule;
const SqlRule havingWithoutAggregateRule{
    .id = "having-without-aggregate", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
