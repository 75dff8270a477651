#include <set>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

std::set<std::string> namesOfCtes(const Subject& subject) {
  std::set<std::string> names;
  for (const Query& query : subject.queries())
    if (query.place == Place::cte && query.name != nothing) names.insert(subject.name(query.name));
  return names;
}

/// Which queries stand in EXISTS.
std::set<QueryId> testsOfExistence(const Subject& subject) {
  std::set<QueryId> tests;
  for (const Expr& expr : subject.outline().exprs())
    if (expr.shape == Shape::exists) tests.insert(expr.query);
  return tests;
}

/// A count of rows, a test for existence and a list over a sub-query name no columns of a table.
bool readsTables(const Subject& subject, const Query& query, const std::set<std::string>& ctes) {
  for (const Source& source : query.sources)
    if (source.name.size() > 0 && !source.function) return !ctes.contains(subject.table(source));
  return false;
}

void check(const Subject& subject, Report& report) {
  const auto ctes = namesOfCtes(subject);
  const auto tests = testsOfExistence(subject);
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select || !readsTables(subject, query, ctes) ||
        tests.contains(subject.idOf(query)))
      continue;
    for (const auto& item : query.items)
      if (subject.is(item.value, Shape::star))
        report.add(item.value,
                   "Every column is read, also those that are added later: name the columns that "
                   "are used");
  }
}

}  // namespace

extern const SqlRule selectStarRule;
const SqlRule selectStarRule{.id = "select-star", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
