#include <algorithm>

#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

// Rows that triggers, upserts, MERGE and RETURNING name.
constexpr std::string_view given[] = {"new", "old", "excluded", "inserted", "deleted", "values"};

bool hasMember(const Subject& subject, const Query& query, const std::string& name) {
  for (const Source& source : query.sources) {
    if (subject.nameOf(source) == name) return true;
    // `FROM s.t` and `s.t.a`; names without alias of functions and groups in parentheses.
    if (source.name.size() > 0 && subject.name(sql::lastToken(source.name)) == name &&
        source.alias == nothing)
      return true;
  }
  return query.target.size() > 0;  // aliases of upserts are not followed
}

bool isInSight(const Subject& subject, const Query& query, const std::string& name) {
  const Query* around = &query;
  for (std::size_t depth = 0; around && depth < 80; ++depth) {
    if (hasMember(subject, *around, name) || around->sources.empty()) return true;
    const Query* next = subject.parentOf(*around);
    // A later part of a UNION: its parent is the part before, which it does not see.
    while (next && around->place == Place::setOperation) {
      around = next;
      next = subject.parentOf(*around);
    }
    around = next;
  }
  return false;
}

void check(const Subject& subject, Report& report) {
  // Only plain queries: programs and definitions have names of their own.
  if (subject.facts().kind != sql::StatementKind::select || !subject.facts().complete) return;
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select) continue;
    for (const Source& source : query.sources)
      if (source.query == nothing && source.name.size() == 0) return;
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& expr = subject.at(id);
      if (expr.shape != Shape::column || expr.tokens.size() != 3) continue;
      const std::string name = subject.qualifier(id);
      if (std::find(std::begin(given), std::end(given), name) != std::end(given)) continue;
      if (!isInSight(subject, query, name)) report.add(id, "No member of FROM is called " + name);
    }
  }
}

}  // namespace

extern const SqlRule unknownQualifierRule;
const SqlRule unknownQualifierRule{
    .id = "unknown-qualifier", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
