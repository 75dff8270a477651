#include <algorithm>

#include "advise/sql/longest_list.h"
#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

constexpr std::string_view loose[] = {"mysql", "mariadb", "sqlite"};

/// A group by a key fixes the other columns of its table.
bool groupsByKey(const Subject& subject, const Query& query) {
  return std::any_of(query.groups.begin(), query.groups.end(), [&](ExprId group) {
    const std::string name = subject.column(group);
    return name == "id" || name.ends_with("_id") || name.ends_with("_uuid") || name == "uuid" ||
           subject.integer(group).has_value();
  });
}

bool isGrouped(const Subject& subject, const Query& query, const sql::SelectItem& item,
               ExprId column) {
  return std::any_of(query.groups.begin(), query.groups.end(), [&](ExprId group) {
    if (subject.same(group, item.value)) return true;
    const std::string name = subject.column(group);
    if (!name.empty() && item.alias != nothing && name == subject.name(item.alias)) return true;
    for (const ExprId part : subject.within(group))
      if (subject.column(part) == subject.column(column)) return true;
    return false;
  });
}

bool inAggregate(const Subject& subject, ExprId root, ExprId column) {
  for (const ExprId id : subject.within(root)) {
    const bool call =
        subject.is(id, Shape::call) && (subject.isAggregate(id) || subject.at(id).windowed);
    if (!call) continue;
    const auto parts = subject.within(id);
    if (std::find(parts.begin(), parts.end(), column) != parts.end()) return true;
  }
  return false;
}

void check(const Subject& subject, Report& report) {
  if (std::find(std::begin(loose), std::end(loose), subject.dialect().name) == std::end(loose))
    return;
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select || query.groups.empty() || query.groups.size() > longestList ||
        query.groupsSpecially || query.distinctOn || groupsByKey(subject, query))
      continue;
    // SQLite: the columns beside a lone MIN or MAX come from its row.
    for (const auto& item : query.items) {
      if (subject.isCall(item.value, {"MIN", "MAX"})) return;
    }
    for (const auto& item : query.items)
      for (const ExprId part : subject.within(item.value))
        if (subject.is(part, Shape::column) && !isGrouped(subject, query, item, part) &&
            !inAggregate(subject, item.value, part)) {
          report.add(part,
                     "The column is neither grouped nor aggregated: which of the group's "
                     "values is shown is left to chance");
          break;
        }
  }
}

}  // namespace

extern const SqlRule nondeterministicGroupRule;
const SqlRule nondeterministicGroupRule{
    .id = "nondeterministic-group", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
