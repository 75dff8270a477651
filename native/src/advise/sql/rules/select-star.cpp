#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

/// A count of rows, a test for existence and a list over a sub-query name no columns of a table.
bool readsTables(const Subject& subject, const Query& query) {
  for (const Source& source : query.sources)
    if (source.name.size() > 0 && !source.function) {
      for (const Query& other : subject.queries())
        if (other.place == Place::cte && other.name != nothing &&
            subject.name(other.name) == subject.table(source))
          return false;
      return true;
    }
  return false;
}

bool testsExistence(const Subject& subject, const Query& query) {
  const Query* parent = subject.parentOf(query);
  if (!parent || query.place != Place::expression) return false;
  for (const ExprId id : subject.exprsOf(*parent))
    if (subject.is(id, Shape::exists) && subject.at(id).query == subject.idOf(query)) return true;
  return false;
}

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select || !readsTables(subject, query) ||
        testsExistence(subject, query))
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
