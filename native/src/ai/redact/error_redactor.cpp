// What a server said of a statement, for a model. Servers quote what they were given, whole or cut
// off: a key that is there already, the place of a syntax error, a row that breaks a constraint. So
// what stands in quotes or parentheses goes unless it is a name of the statement, and every word
// that a value or comment of the statement holds goes wherever it stands.

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "ai/redact/conversation.h"
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

class ErrorRedactor {
 public:
  ErrorRedactor(Draft& draft, Conversation& conversation, std::string_view statement)
      : draft_(draft), conversation_(conversation) {
    sql::Lexer lexer(statement, *conversation.dialect);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
      const std::string_view text = lexer.textOf(token);
      if (token.kind == TokenKind::word)
        names_.insert(lower(text));
      else if (token.kind == TokenKind::quotedName)
        names_.insert(lower(sql::literalValue(text, *conversation.dialect)));
      else if (token.kind != TokenKind::symbol)
        eachWord(text, [&](std::string_view word) { values_.insert(lower(word)); });
    }
  }

  void run(std::string_view message) {
    // What follows repeats the statement, with a mark under it.
    message = message.substr(0, message.find('\n'));
    while (!message.empty()) {
      const std::size_t open = message.find_first_of("'\"`(");
      plain(message.substr(0, open));
      if (open == message.npos) return;
      message.remove_prefix(open);
      const std::size_t size = quotedSize(message);
      quoted(message.substr(0, size));
      message.remove_prefix(size);
    }
  }

 private:
  /// Bytes up to the end of what is quoted at the start. A quote within is not escaped, so it ends
  /// where none is left.
  static std::size_t quotedSize(std::string_view message) {
    const char close = message[0] == '(' ? ')' : message[0];
    std::size_t end = message.find(close, 1);
    if (message[0] == '\'') {
      const std::size_t last = message.rfind('\'');
      // MySQL: near '…' at line 1
      const std::size_t place = message.find("' at line ");
      if (place != message.npos) return place + 1;
      // Between two quoted things stand words of the server; a value with a quote in it has none.
      if (std::ranges::count(message, '\'') % 2 != 0) end = last > 0 ? last : message.npos;
    }
    return end == message.npos ? message.size() : end + 1;
  }

  void plain(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && isWordByte(text[end])) ++end;
      const std::string_view word = text.substr(at, end - at);
      if (!word.empty() && values_.contains(lower(word)) && !names_.contains(lower(word))) {
        redactProse(draft_, conversation_, std::exchange(kept, {}));
        putValue(draft_, conversation_, ValueKind::text, word, word);
      } else {
        kept += word;
      }
      if (end < text.size()) kept += text[end];
      at = end + 1;
    }
    redactProse(draft_, conversation_, kept);
  }

  void quoted(std::string_view text) {
    const std::string_view inside =
        text.size() > 2 ? text.substr(1, text.size() - 2) : std::string_view();
    if (!inside.empty() && isNameOfStatement(inside)) {
      draft_.text += text.front();
      redactSql(draft_, conversation_, inside);
      draft_.text += text.back();
    } else {
      putValue(draft_, conversation_, ValueKind::text, inside, text);
    }
  }

  /// `orders`, `shop.orders`, `a, b`
  bool isNameOfStatement(std::string_view text) const {
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find_first_of(".,", at), text.size());
      std::string_view part = text.substr(at, end - at);
      if (part.starts_with(' ')) part.remove_prefix(1);
      const std::string name = lower(part);
      if (values_.contains(name) || (!names_.contains(name) && !conversation_.aliases.find(name)))
        return false;
      at = end + 1;
    }
    return true;
  }

  Draft& draft_;
  Conversation& conversation_;
  std::unordered_set<std::string> names_;
  std::unordered_set<std::string> values_;
};

}  // namespace

void redactError(Draft& draft, Conversation& conversation, const Error& error,
                 std::string_view statement) {
  if (!error.engineCode.empty()) {
    redactProse(draft, conversation, error.engineCode);
    draft.text += ": ";
  }
  ErrorRedactor(draft, conversation, statement).run(error.message);
}

}  // namespace mydba::ai
