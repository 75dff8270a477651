#include "engines/sqlite/plan_query.h"

#include <vector>

#include "engines/sqlite/plan_reader.h"
#include "plan/rule.h"
#include "plan/spans.h"
#include "sql/facts.h"
#include "sql/keyword.h"
#include "sql/names.h"
#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::sqlite {
namespace {

// Joins are limited to 64 tables, but a UNION ALL of thousands of parts makes as many rows.
constexpr std::size_t mostRows = 20000;

const sql::Dialect& dialect() { return *sql::findDialect("sqlite"); }

Result<std::vector<PlanRow>> planRows(Session& session, sqlite3_stmt* statement,
                                      const CancelToken& cancel) {
  std::vector<PlanRow> rows;
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW && rows.size() < mostRows; code = sqlite3_step(statement))
    rows.push_back({.id = sqlite3_column_int64(statement, 0),
                    .parent = sqlite3_column_int64(statement, 1),
                    .detail = std::string(columnText(statement, 3))});
  if (code == SQLITE_ROW)
    return Error{.code = ErrorCode::tooLarge, .message = "the plan has too many steps to show"};
  if (code != SQLITE_DONE) return session.failed(code, cancel);
  return rows;
}

/// A step names a table by its schema, where one is written, and its name with a dot between; which
/// dot that is the statement knows.
void splitNames(protocol::PlanNode& node, const std::vector<sql::TableUse>& tables) {
  const std::string written = sql::lowerCase(node.relation.value_or(""));
  for (const sql::TableUse& use : tables) {
    const sql::ObjectName& table = use.table;
    if (table.schema.empty() || sql::lowerCase(table.schema + "." + table.name) != written)
      continue;
    node.relation = table.name;
    node.extra.push_back({"Schema", table.schema});
    break;
  }
  for (protocol::PlanNode& child : node.children) splitNames(child, tables);
}

/// Since 3.36 a step names a table by its alias alone, if it has one; the statement knows the rest.
void nameTables(protocol::PlanNode& node, std::string_view text) {
  if (node.relation && node.span) {
    const auto start = static_cast<std::size_t>(node.span->start);
    const sql::TokenList tokens(
        text.substr(start, static_cast<std::size_t>(node.span->end) - start), dialect());
    const auto read = sql::readName(tokens, 0);
    if (read && !read->name.schema.empty() && plan::extra(node, "Schema").empty())
      node.extra.push_back({"Schema", read->name.schema});
    if (read && !node.alias && sql::lowerCase(read->name.name) != sql::lowerCase(*node.relation)) {
      node.alias = std::move(node.relation);
      node.relation = read->name.name;
    }
  }
  for (protocol::PlanNode& child : node.children) nameTables(child, text);
}

}  // namespace

Result<protocol::PlanTree> queryPlan(Session& session, std::string_view sql,
                                     const CancelToken& cancel) {
  if (!sql::readFacts(sql, dialect()).explainable)
    return Error{.code = ErrorCode::unsupported,
                 .message = "only SELECT, INSERT, UPDATE, DELETE and REPLACE have a plan"};
  static constexpr std::string_view prefix = "EXPLAIN QUERY PLAN ";
  auto statement = prepare(session.handle(), std::string(prefix) + std::string(sql), prefix.size());
  if (!statement) return cancel.cancelled() ? cancel.error() : statement.error();
  const auto rows = planRows(session, statement->get(), cancel);
  if (!rows) return rows.error();
  protocol::PlanTree tree = readPlan(*rows);
  tree.version = session.server().version;
  tree.sql = std::string(sql);
  // What is not bound is NULL when the statement runs, but the planner does not look at it.
  if (sqlite3_bind_parameter_count(statement->get()) > 0)
    tree.values = protocol::PlanValues::generic;
  splitNames(tree.root, sql::readStatement(sql, dialect()).tables);
  plan::locate(tree);
  nameTables(tree.root, sql);
  return tree;
}

}  // namespace mydba::sqlite
