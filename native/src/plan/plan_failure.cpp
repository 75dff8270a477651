#include "plan/plan_failure.h"

#include <string>

#include "sql/lexer.h"
#include "sql/literal.h"

namespace mydba::plan {
namespace {

// The same list, from protocol/schema/base.json (base/error.h).
static_assert(static_cast<int>(ErrorCode::internal) ==
              static_cast<int>(protocol::ErrorCode::internal));

bool isWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
         (byte >= 'A' && byte <= 'Z') || byte == '_' || byte >= 0x80;
}

/// Puts `…` where `value` stands by itself.
void leaveOut(std::string& message, const std::string& value) {
  static constexpr std::string_view mark = "…";
  if (value.empty()) return;
  for (auto at = message.find(value); at != std::string::npos;) {
    const auto end = at + value.size();
    const bool joined =
        (at > 0 && isWordByte(message[at - 1]) && isWordByte(value.front())) ||
        (end < message.size() && isWordByte(message[end]) && isWordByte(value.back()));
    if (!joined) message.replace(at, value.size(), mark);
    at = message.find(value, joined ? end : at + mark.size());
  }
}

}  // namespace

protocol::PlanFailure planFailure(const Error& error, std::string_view sql,
                                  const sql::Dialect& dialect) {
  protocol::PlanFailure failure{.code = static_cast<protocol::ErrorCode>(error.code),
                                .message = error.message};
  if (!error.engineCode.empty()) failure.engineCode = error.engineCode;
  if (!error.hint.empty()) failure.hint = error.hint;
  sql::Lexer lexer(sql, dialect);
  for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    const std::string written(lexer.textOf(token));
    if (token.kind == sql::TokenKind::number) leaveOut(failure.message, written);
    if (token.kind == sql::TokenKind::string)
      leaveOut(failure.message, sql::literalValue(written, dialect));
  }
  return failure;
}

}  // namespace mydba::plan
