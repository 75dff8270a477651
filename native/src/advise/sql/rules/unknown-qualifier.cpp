#include <algorithm>

#include "advise/sql/longest_list.h"
#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

// Rows that triggers, upserts, MERGE and RETURNING name.
constexpr std::string_view given[] = {"new", "old", "excluded", "inserted", "deleted", "values"};

bool hasMember(const Subject& subject, const Query& query, const std::string& name) {
  if (query.sources.size() > longestList) return true;
  for (const Source& source : query.sources) {
    if (subject.nameOf(source) == name) return true;
    // `FROM s.t` and `s.t.a`; names without alias of functions and groups in parentheses.
    if (source.name.size() > 0 && subject.name(sql::lastToken(source.name)) == name &&
        source.alias == nothing)
      return true;
  }
  return query.target.size() > 0;  // aliases of upserts are not followed
}

/// The query around each query. A later part of a UNION has the part before it as parent, which it
/// does not see: what is around the first is around all.
std::vector<QueryId> surroundings(const Subject& subject) {
  std::vector<QueryId> around;
  for (const Query& query : subject.queries())
    around.push_back(query.place == Place::setOperation && query.parent < around.size()
                         ? around[query.parent]
                         : query.parent);
  return around;
}

bool isInSight(const Subject& subject, const std::vector<QueryId>& around, const Query& query,
               const std::string& name) {
  QueryId id = subject.idOf(query);
  for (std::size_t depth = 0; id != nothing && depth < 80; ++depth, id = around[id]) {
    const Query& seen = subject.outline().query(id);
    if (hasMember(subject, seen, name) || seen.sources.empty()) return true;
  }
  return false;
}

void check(const Subject& subject, Report& report) {
  // Only plain queries: programs and definitions have names of their own.
  if (subject.facts().kind != sql::StatementKind::select || !subject.facts().complete) return;
  const auto around = surroundings(subject);
  for (const Query& query : subject.queries()) {
    if (query.verb != Verb::select) continue;
    for (const Source& source : query.sources)
      if (source.query == nothing && source.name.size() == 0) return;
    for (const ExprId id : subject.exprsOf(query)) {
      const Expr& expr = subject.at(id);
      if (expr.shape != Shape::column || expr.tokens.size() != 3) continue;
      const std::string name = subject.qualifier(id);
      if (std::find(std::begin(given), std::end(given), name) != std::end(given)) continue;
      if (!isInSight(subject, around, query, name))
        report.add(id, "No member of FROM is called " + name);
    }
  }
}

}  // namespace

extern const SqlRule unknownQualifierRule;
const SqlRule unknownQualifierRule{
    .id = "unknown-qualifier", .severity = Severity::critical, .check = check};

}  // namespace mydba::advise
