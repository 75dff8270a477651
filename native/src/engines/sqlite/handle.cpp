#include "engines/sqlite/handle.h"

#include "sql/lexer.h"

namespace mydba::sqlite {
namespace {

ErrorCode codeOf(int primary, std::string_view message) {
  switch (primary) {
    case SQLITE_INTERRUPT: return ErrorCode::cancelled;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return ErrorCode::refused;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return ErrorCode::io;
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM: return ErrorCode::tooLarge;
    case SQLITE_ERROR: break;
    default: return ErrorCode::server;
  }
  // The library has one code for all that is wrong with a statement; its parser and tokenizer have
  // these three messages (src/parse.y, src/tokenize.c).
  const bool syntax = message.find("syntax error") != message.npos ||
                      message.starts_with("unrecognized token") || message == "incomplete input";
  return syntax ? ErrorCode::syntax : ErrorCode::server;
}

std::string hintFor(int primary) {
  switch (primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "Another program writes to this file; try again when it is done";
    case SQLITE_NOTADB: return "The file is not an SQLite database, or it is encrypted";
    case SQLITE_CORRUPT:
      return "The file is damaged; copy it, then try `.recover` of the sqlite3 shell";
    case SQLITE_AUTH: return "The connection is read-only, and this is more than reading";
    case SQLITE_READONLY:
      return "The database was opened read-only, or its file may not be written";
    default: return {};
  }
}

bool onlyComments(std::string_view text) {
  sql::Lexer lexer(text, *sql::findDialect("sqlite"));
  for (sql::Token token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next())
    if (token.kind != sql::TokenKind::comment && token.kind != sql::TokenKind::terminator)
      return false;
  return true;
}

}  // namespace

Error failure(sqlite3* database, int code) {
  const int extended = database ? sqlite3_extended_errcode(database) : code;
  const int primary = code & 0xFF;
  Error error;
  error.message = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  error.code = codeOf(primary, error.message);
  error.engineCode = std::to_string((extended & 0xFF) == primary ? extended : code);
  error.hint = hintFor(primary);
  error.retryable = primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
#if SQLITE_VERSION_NUMBER >= 3038000
  if (const int offset = database ? sqlite3_error_offset(database) : -1; offset >= 0)
    error.position = offset;
#endif
  return error;
}

Result<Statement> prepare(sqlite3* database, std::string_view sql, std::size_t prefix) {
  if (sql.size() > static_cast<std::size_t>(sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, -1)))
    return Error{.code = ErrorCode::tooLarge, .message = "the statement is too long for SQLite"};
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int code =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &raw, &tail);
  Statement statement(raw);
  if (code != SQLITE_OK) {
    Error error = failure(database, code);
    const auto ours = static_cast<std::int64_t>(prefix);
    if (error.position) error.position = std::max<std::int64_t>(*error.position - ours, 0);
    return error;
  }
  const auto used = static_cast<std::size_t>(tail - sql.data());
  if (statement && !onlyComments(sql.substr(used)))
    return Error{.code = ErrorCode::invalidParams,
                 .message = "the text holds more than one statement",
                 .position = static_cast<std::int64_t>(used - std::min(used, prefix))};
  return statement;
}

std::string_view columnText(sqlite3_stmt* statement, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  if (!text) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

std::string quoteName(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace mydba::sqlite
