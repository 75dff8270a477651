#include "guard/count_query.h"

#include <algorithm>

#include "guard/judge.h"
#include "sql/single_change.h"

namespace mydba::guard {

std::optional<std::string> countQuery(std::string_view text, const sql::Statement& statement,
                                      const sql::Dialect& dialect) {
  const auto change = sql::readSingleChange(text, statement, dialect);
  if (!change) return std::nullopt;
  std::string query = "SELECT count(*) FROM (SELECT 1 FROM ";
  query += change->target.of(text);
  if (!change->condition.empty()) query.append(" WHERE ").append(change->condition.of(text));
  if (!change->tail.empty()) query.append(" ").append(change->tail.of(text));
  const bool limited = !statement.changes.empty() && statement.changes[0].hasLimit;
  if (!limited) query += " LIMIT " + std::to_string(mostCounted + 1);
  query += ") AS mydba_count";
  const Verdict verdict =
      judgeStatement(query, dialect, {.environment = Environment::prod, .readOnly = true});
  if (!verdict.readOnly || verdict.decision != Decision::allow) return std::nullopt;
  return query;
}

void addCounted(Impact& impact, const sql::Statement& statement, std::int64_t counted) {
  const bool all = counted <= mostCounted;
  impact.affected = Affected{.count = std::min(counted, mostCounted),
                             .certainty = all ? Certainty::exact : Certainty::atLeast};
  const bool whole = statement.filter != sql::Filter::effective && all;
  if (!whole || impact.tables.size() != 1 || statement.changes.at(0).hasLimit) return;
  impact.tables[0].rows = counted;
  impact.tables[0].rowsExact = true;
}

}  // namespace mydba::guard
