#include "engines/mysql/failure.h"

#include <errmsg.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace mydba::mysql {
namespace {

// Server error numbers: "Server Error Message Reference" of the MySQL 9 manual and "MariaDB Error
// Codes". Numbers from 2000 on are the client library's.
constexpr unsigned dbAccessDenied = 1044, accessDenied = 1045, parseError = 1064;
constexpr unsigned tooManyConnections = 1040, emptyQuery = 1065;
constexpr unsigned deadlock = 1213, lockWaitTimeout = 1205;
constexpr unsigned serverShutdown = 1053, connectionKilled = 1927, clientInteractionTimeout = 4031;
constexpr unsigned queryInterrupted = 1317, queryTimeout = 3024, statementTimeout = 1969;
constexpr unsigned readOnlyTransaction = 1792, accountLocked = 3118, notSupportedYet = 1235;

ErrorCode codeOf(unsigned number) {
  switch (number) {
    case dbAccessDenied:
    case accessDenied:
    case accountLocked: return ErrorCode::authFailed;
    case parseError:
    case emptyQuery: return ErrorCode::syntax;
    case serverShutdown:
    case connectionKilled:
    case clientInteractionTimeout:
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    // A server that closes an encrypted connection: "unexpected eof while reading".
    case CR_SSL_CONNECTION_ERROR: return ErrorCode::connectionLost;
    case queryInterrupted: return ErrorCode::cancelled;
    case queryTimeout:
    case statementTimeout: return ErrorCode::timeout;
    case readOnlyTransaction: return ErrorCode::refused;
    case notSupportedYet: return ErrorCode::unsupported;
    default: return ErrorCode::server;
  }
}

bool worthRetrying(unsigned number) {
  return number == deadlock || number == lockWaitTimeout || number == tooManyConnections;
}

/// Offset of the first character of line `line`, from 1.
std::size_t lineStart(std::string_view sql, std::size_t line) {
  std::size_t at = 0;
  while (--line > 0) {
    const auto end = sql.find('\n', at);
    if (end == std::string_view::npos) return sql.size();
    at = end + 1;
  }
  return at;
}

struct Near {
  std::string_view text;
  std::size_t line = 0;
};

std::optional<Near> nearOf(std::string_view message) {
  constexpr std::string_view before = "near '", after = "' at line ";
  const auto start = message.find(before);
  const auto end = message.rfind(after);
  if (start == std::string_view::npos || end == std::string_view::npos) return {};
  const auto from = start + before.size();
  if (end < from) return {};
  Near near{message.substr(from, end - from), 0};
  const auto digits = message.substr(end + after.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), near.line);
  return near.line > 0 ? std::optional(near) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> syntaxPosition(std::string_view message, std::string_view sql) {
  const auto near = nearOf(message);
  if (!near) return {};
  // Nothing left means that the statement ends too early.
  if (near->text.empty()) return static_cast<std::int64_t>(sql.size());
  const auto start = lineStart(sql, near->line);
  auto lineEnd = sql.find('\n', start);
  if (lineEnd == std::string_view::npos) lineEnd = sql.size();
  // A text that reaches the end of the statement can only be there.
  if (sql.ends_with(near->text)) {
    const auto at = sql.size() - near->text.size();
    if (at >= start && at <= lineEnd) return static_cast<std::int64_t>(at);
  }
  const auto at = sql.find(near->text, start);
  if (at == std::string_view::npos || at > lineEnd) return {};
  const auto again = sql.find(near->text, at + 1);
  if (again != std::string_view::npos && again <= lineEnd) return {};
  return static_cast<std::int64_t>(at);
}

Error failure(unsigned number, std::string_view message, std::string_view sql) {
  Error error{.code = codeOf(number),
              .message = std::string(message),
              .engineCode = std::to_string(number),
              .retryable = worthRetrying(number)};
  if (error.message.empty()) error.message = "the server gave no reason";
  if (number == parseError && !sql.empty()) error.position = syntaxPosition(message, sql);
  if (error.code == ErrorCode::connectionLost) error.retryable = true;
  return error;
}

Error lastError(MYSQL* handle, std::string_view sql) {
  return failure(mysql_errno(handle), mysql_error(handle), sql);
}

}  // namespace mydba::mysql
