#include "engines/postgres/workload.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "base/embedded.h"
#include "engines/postgres/in_schema.h"
#include "engines/postgres/plan_relations.h"
#include "engines/postgres/rolled_back.h"
#include "engines/postgres/statement_counters.h"
#include "engines/workload_statement.h"
#include "sql/keyword.h"
#include "sql/names.h"
#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::postgres {
namespace {

constexpr std::string_view what = "Statement statistics";
constexpr std::array<std::string_view, 2> systemSchemas = {"pg_catalog", "information_schema"};
constexpr std::size_t mostRelations = 100;

const sql::Dialect& dialect() { return *sql::findDialect("postgres"); }

std::optional<double> numberIn(std::string_view text) {
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

/// Why the extension's view cannot be read.
protocol::Unavailable unreadable(const Error& error, const std::string& schema,
                                 const std::string& role) {
  if (error.engineCode == "55000") return lackOfLibrary(std::string(what));
  protocol::Unavailable lack{.what = std::string(what), .reason = error.message};
  if (error.engineCode == "42703")
    lack.fix = "ALTER EXTENSION pg_stat_statements UPDATE";
  else if (error.engineCode == "42501")
    lack.fix = "GRANT USAGE ON SCHEMA " + schema + " TO " + role + "; GRANT SELECT ON " + schema +
               ".pg_stat_statements TO " + role;
  return lack;
}

protocol::WorkloadStatement statementIn(const Rows& rows, int row) {
  const auto calls = numberIn(rows.view(row, rows.column("calls")));
  const auto totalMs = numberIn(rows.view(row, rows.column("total_ms")));
  protocol::StatementStatistics statistics{.calls = calls, .totalMs = totalMs};
  if (calls && totalMs && *calls > 0) statistics.meanMs = *totalMs / *calls;
  statistics.rowsSent = numberIn(rows.view(row, rows.column("rows")));
  return {.sql = rows.text(row, rows.column("query")),
          .statistics = std::move(statistics),
          .attempts = {}};
}

/// A name as the statement writes it, with its quotes.
std::string written(const sql::TokenList& tokens, const sql::ObjectName& name) {
  std::size_t at = 0;
  while (at < tokens.size() && tokens[at].start < name.position) ++at;
  const auto read = sql::readName(tokens, at);
  if (!read || read->next <= at) return {};
  const std::size_t start = tokens[at].start;
  return std::string(tokens.text().substr(start, tokens[read->next - 1].end - start));
}

bool isNamed(const protocol::PlanRelation& relation, const sql::ObjectName& name) {
  return sql::lowerCase(relation.name) == sql::lowerCase(name.name);
}

}  // namespace

/// A failure must not end a transaction that the user has open.
Result<Rows> PostgresWorkload::ask(const std::string& sql,
                                   std::initializer_list<Argument> arguments,
                                   const CancelToken& cancel) {
  return rolledBack(session_, Aside::reads, cancel,
                    [&] { return session_.query(sql, arguments, cancel); });
}

Result<BusiestStatements> PostgresWorkload::busiest(int limit, const CancelToken& cancel) {
  const auto facts = ask(std::string(embeddedSql("postgres", "profile_facts")), {}, cancel);
  if (!facts) return facts.error();
  const auto fact = [&](const char* name) { return facts->text(0, facts->column(name)); };
  BusiestStatements busiest;
  busiest.unavailable = lackOfCounters(*facts, std::string(what));
  if (busiest.unavailable) return busiest;
  if (fact("track") == "none")
    busiest.unavailable = {.what = std::string(what),
                           .reason = "pg_stat_statements.track is none",
                           .fix =
                               "ALTER SYSTEM SET pg_stat_statements.track = 'top'; "
                               "SELECT pg_reload_conf()"};
  const auto schema = fact("counters_schema");
  // Some of them are not of the workload.
  const auto rows =
      ask(inSchema("workload_statements", schema), {std::to_string(2 * limit + 500)}, cancel);
  if (!rows) {
    if (!session_.alive() || cancel.cancelled()) return rows.error();
    busiest.unavailable = unreadable(rows.error(), schema, fact("role"));
    return busiest;
  }
  for (int row = 0; row < rows->count(); ++row) {
    if (rows->isNull(row, 0)) {
      busiest.unavailable = {.what = "Statements of other users",
                             .reason = "this role sees only its own",
                             .fix = "GRANT pg_read_all_stats TO " + fact("role")};
      continue;
    }
    if (busiest.statements.size() == static_cast<std::size_t>(limit)) break;
    if (isWorkload(rows->view(row, 1), dialect(), systemSchemas))
      busiest.statements.push_back(statementIn(*rows, row));
  }
  const auto since = ask(inSchema("workload_since", schema), {}, cancel);
  if (!since && (!session_.alive() || cancel.cancelled())) return since.error();
  if (since && since->count() > 0 && !since->isNull(0, 0)) busiest.since = since->text(0, 0);
  return busiest;
}

Result<std::vector<protocol::PlanRelation>> PostgresWorkload::relations(
    const guard::CheckedStatement& checked, const CancelToken& cancel) {
  const auto statement = sql::readStatement(checked.text(), dialect());
  const sql::TokenList tokens(checked.text(), dialect());
  std::set<std::string> names;
  for (const sql::TableUse& use : statement.tables)
    if (auto name = written(tokens, use.table); !name.empty() && names.size() < mostRelations)
      names.insert(std::move(name));
  auto found = rolledBack(session_, Aside::reads, cancel,
                          [&] { return readRelations(session_, names, cancel); });
  if (!found) return found.error();
  std::vector<protocol::PlanRelation> relations;
  for (const sql::TableUse& use : statement.tables) {
    const auto known = std::find_if(found->begin(), found->end(), [&](const auto& relation) {
      return isNamed(relation, use.table);
    });
    if (known == found->end()) continue;
    relations.push_back(std::move(*known));
    found->erase(known);
  }
  return relations;
}

}  // namespace mydba::postgres
