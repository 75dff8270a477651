#include "native/advise/sql/grammar.h"

#include <pg_query.h>
#include <sqlite3.h>

#include <memory>

#include "sql/splitter.h"
#include "sql/statement.h"

namespace mydba::advise {
namespace {

/// What the server's parser says against a text; empty when it accepts it.
std::string refusalOfPostgres(const std::string& sql) {
  const PgQueryParseResult result = pg_query_parse(sql.c_str());
  std::string why = result.error ? result.error->message : "";
  pg_query_free_parse_result(result);
  return why;
}

/// The same of SQLite. Tables that are not there do not matter: the grammar comes first.
std::string refusalOfSqlite(const std::string& sql) {
  sqlite3* opened = nullptr;
  sqlite3_open(":memory:", &opened);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
  for (const auto& range : sql::split(sql, *sql::findDialect("sqlite"))) {
    sqlite3_stmt* statement = nullptr;
    const std::string one = sql.substr(range.start, range.end - range.start);
    sqlite3_prepare_v2(opened, one.c_str(), -1, &statement, nullptr);
    sqlite3_finalize(statement);
    const std::string why = sqlite3_errmsg(opened);
    for (const char* part : {"syntax error", "incomplete input", "unrecognized token"})
      if (why.find(part) != why.npos) return why;
  }
  return "";
}

/// What our readers say against a text, for dialects whose server is not in this process.
std::string refusalOfReader(const std::string& sql, const sql::Dialect& dialect) {
  for (const auto& range : sql::split(sql, dialect)) {
    const auto read = sql::readStatement(sql.substr(range.start, range.end - range.start), dialect);
    if (!read.complete) return "not complete";
    if (read.kind == sql::StatementKind::unknown) return "not known";
  }
  return "";
}

}  // namespace

std::string refusal(const std::string& sql, const std::string& dialect) {
  if (dialect == "postgres") return refusalOfPostgres(sql);
  if (dialect == "sqlite") return refusalOfSqlite(sql);
  return refusalOfReader(sql, *sql::findDialect(dialect));
}

}  // namespace mydba::advise
