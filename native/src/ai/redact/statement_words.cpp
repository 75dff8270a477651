#include "ai/redact/statement_words.h"

#include <algorithm>

#include "ai/redact/private_shapes.h"
#include "sql/keyword.h"
#include "sql/lexer.h"
#include "sql/literal.h"

namespace mydba::ai {
namespace {

using sql::Token;
using sql::TokenKind;

template <typename Take>
void eachWord(std::string_view text, const Take& take) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && isWordByte(text[end])) ++end;
    if (end > at) take(text.substr(at, end - at));
    at = end + 1;
  }
}

std::string lower(std::string_view text) { return sql::lowerCase(std::string(text)); }

}  // namespace

void StatementWords::learn(std::string_view text, const sql::Dialect& dialect) {
  const auto value = [&](std::string_view word) { values_.insert(lower(word)); };
  sql::Lexer lexer(text, dialect);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    const std::string_view spelled = lexer.textOf(token);
    switch (token.kind) {
      case TokenKind::word: names_.insert(lower(spelled)); break;
      case TokenKind::quotedName: names_.insert(lower(sql::literalValue(spelled, dialect))); break;
      case TokenKind::symbol: break;
      case TokenKind::string: eachWord(sql::literalValue(spelled, dialect), value); [[fallthrough]];
      default: eachWord(spelled, value);
    }
  }
}

bool StatementWords::isName(std::string_view word) const { return names_.contains(lower(word)); }

bool StatementWords::isValue(std::string_view word) const { return values_.contains(lower(word)); }

bool StatementWords::quotesValue(std::string_view text) const {
  constexpr std::size_t longest = 60;  // PostgreSQL cuts names at 63 bytes, MySQL at 64 characters
  bool quotes = false;
  eachWord(text, [&](std::string_view word) {
    if (quotes || isName(word)) return;
    const bool cut = text.size() >= longest && text.ends_with(word);
    const std::string start = lower(word);
    quotes = values_.contains(start) ||
             (cut && std::ranges::any_of(values_, [&](const std::string& value) {
                return value.starts_with(start);
              }));
  });
  return quotes;
}

}  // namespace mydba::ai
