#include "engines/sqlite/explainer.h"

#include "engines/sqlite/plan_reader.h"
#include "sql/facts.h"

namespace mydba::sqlite {
namespace {

// Joins are limited to 64 tables, but a UNION ALL of thousands of parts makes as many rows.
constexpr std::size_t mostRows = 20000;

}  // namespace

Result<protocol::PlanTree> SqliteExplainer::explain(const guard::CheckedStatement& checked,
                                                    bool analyze, const CancelToken& cancel) {
  const std::string_view sql = checked.text();
  if (cancel.cancelled()) return cancel.error();
  if (analyze)
    return Error{.code = ErrorCode::unsupported,
                 .message = "SQLite does not measure the steps of a statement",
                 .hint = "Explain it without running it, or run it and look at its time"};
  if (!sql::readFacts(sql, *sql::findDialect("sqlite")).explainable)
    return Error{.code = ErrorCode::unsupported,
                 .message = "only SELECT, INSERT, UPDATE, DELETE and REPLACE have a plan"};
  static constexpr std::string_view prefix = "EXPLAIN QUERY PLAN ";
  const Session::Guard guard(session_, cancel);
  auto statement =
      prepare(session_.handle(), std::string(prefix) + std::string(sql), prefix.size());
  if (!statement) return cancel.cancelled() ? cancel.error() : statement.error();
  std::vector<PlanRow> rows;
  int code = sqlite3_step(statement->get());
  for (; code == SQLITE_ROW && rows.size() < mostRows; code = sqlite3_step(statement->get()))
    rows.push_back({.id = sqlite3_column_int64(statement->get(), 0),
                    .parent = sqlite3_column_int64(statement->get(), 1),
                    .detail = std::string(columnText(statement->get(), 3))});
  if (code == SQLITE_ROW)
    return Error{.code = ErrorCode::tooLarge, .message = "the plan has too many steps to show"};
  if (code != SQLITE_DONE) return session_.failed(code, cancel);
  protocol::PlanTree tree = readPlan(rows);
  tree.version = session_.server().version;
  tree.sql = std::string(sql);
  return tree;
}

}  // namespace mydba::sqlite
