#include "ai/redact/prose_sql.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "guard/knowledge.h"
#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::ai {
namespace {

using sql::Token;
using sql::TokenKind;

/// The first tokens of a text, as far as they tell what it is.
class Beginning {
 public:
  Beginning(std::string_view text, const sql::Dialect& dialect) : text_(text) {
    sql::Lexer lexer(text, dialect);
    constexpr std::size_t telling = 80;
    std::size_t end = 0;
    while (tokens_.size() < telling) {
      const Token token = lexer.next();
      if (token.kind == TokenKind::end || token.kind == TokenKind::terminator) break;
      if (blankLineWithin(end, token.start)) break;
      end = token.end;
      if (token.kind != TokenKind::comment && token.kind != TokenKind::executableOpen)
        tokens_.push_back(token);
    }
  }

  bool isStatement() const {
    if (is(0, {"SELECT"})) return isSelect();
    if (is(0, {"INSERT", "REPLACE", "MERGE"})) return has(4, {"INTO"});
    if (is(0, {"DELETE"})) return has(6, {"FROM"});
    if (is(0, {"UPDATE"})) return has(10, {"SET"});
    if (is(0, {"WITH"})) return has(3, {"AS"}) || is(1, {"RECURSIVE"});
    if (is(0, {"CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE", "COMMENT"})) return isDefinition();
    if (is(0, {"GRANT"})) return has(30, {"TO"});
    if (is(0, {"REVOKE"})) return has(30, {"FROM"});
    if (is(0, {"SET"})) return isAssignment();
    if (is(0, {"CALL", "EXEC", "EXECUTE"})) return symbol(2) == '(' || isUpper();
    if (is(0, {"COPY", "LOAD", "ATTACH", "PRAGMA", "EXPLAIN", "SHOW", "KILL", "VACUUM", "REASSIGN",
               "CHANGE", "IMPORT", "HANDLER", "PREPARE", "DECLARE", "DO", "VALUES", "BEGIN"}))
      return isUpper() || is(0, {"PRAGMA", "ATTACH"});
    return false;
  }

  /// An upper-case word at the start and something behind it.
  bool isCommand() const {
    if (tokens_.size() < 2 || tokens_[0].kind != TokenKind::word || !isUpper()) return false;
    const auto& knowledge = guard::Knowledge::of(*sql::findDialect("redis"));
    return knowledge.find("command", word(0)) != nullptr;
  }

 private:
  std::string_view word(std::size_t at) const {
    return at < tokens_.size()
               ? text_.substr(tokens_[at].start, tokens_[at].end - tokens_[at].start)
               : std::string_view();
  }
  char symbol(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].kind == TokenKind::symbol ? word(at)[0] : '\0';
  }
  bool is(std::size_t at, std::initializer_list<std::string_view> words) const {
    return std::ranges::any_of(
        words, [&](std::string_view upper) { return sql::isKeyword(word(at), upper); });
  }
  bool has(std::size_t within, std::initializer_list<std::string_view> words) const {
    for (std::size_t i = 1; i <= within; ++i)
      if (is(i, words)) return true;
    return false;
  }
  /// The verb is written in capitals.
  bool isUpper() const {
    const std::string_view verb = word(0);
    return std::ranges::none_of(verb, [](char c) { return c >= 'a' && c <= 'z'; });
  }
  bool blankLineWithin(std::size_t from, std::size_t to) const {
    const std::string_view gap = text_.substr(from, to - from);
    return std::ranges::count(gap, '\n') > 1;
  }

  bool isSelect() const {
    const bool named = is(2, {"FROM"}) || symbol(2) != '\0';  // `select a, b`
    if (!named && is(1, {"THE", "A", "AN", "THIS", "THAT", "THESE", "THOSE", "MY", "OUR", "YOUR",
                         "SOME", "ONE", "WHICH", "WHAT", "BETWEEN", "BEST"}))
      return isUpper();
    return isUpper() || has(79, {"FROM"}) || symbol(1) == '*' || symbol(2) == '(';
  }

  bool isDefinition() const {
    return isUpper() ||
           has(4, {"TABLE",  "INDEX",    "VIEW",      "USER",    "ROLE",       "DATABASE",
                   "SCHEMA", "FUNCTION", "PROCEDURE", "TRIGGER", "SERVER",     "SUBSCRIPTION",
                   "TYPE",   "EVENT",    "LOGIN",     "GROUP",   "SEQUENCE",   "EXTENSION",
                   "POLICY", "DOMAIN",   "COLUMN",    "SYSTEM",  "PUBLICATION"});
  }

  bool isAssignment() const {
    if (isUpper()) return true;
    return has(5, {"PASSWORD", "ROLE", "NAMES", "GLOBAL", "SESSION", "LOCAL"}) ||
           symbol(2) == '=' || symbol(1) == '@';
  }

  std::string_view text_;
  std::vector<Token> tokens_;
};

/// Up to a terminator or a blank line that is in no text of it.
std::size_t endOfStatement(std::string_view text, const sql::Dialect& dialect) {
  sql::Lexer lexer(text, dialect);
  std::size_t end = 0;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (std::ranges::count(text.substr(end, token.start - end), '\n') > 1) return end;
    if (token.kind == TokenKind::terminator) return token.end;
    end = token.end;
  }
  return end;
}

/// Most words of prose are told from a verb without reading on.
bool couldBegin(std::string_view text) {
  constexpr std::string_view verbs[] = {
      "SELECT",   "INSERT", "REPLACE",  "MERGE",   "DELETE",  "UPDATE",  "WITH", "CREATE", "ALTER",
      "DROP",     "RENAME", "TRUNCATE", "COMMENT", "GRANT",   "REVOKE",  "SET",  "CALL",   "EXEC",
      "EXECUTE",  "COPY",   "LOAD",     "ATTACH",  "PRAGMA",  "EXPLAIN", "SHOW", "KILL",   "VACUUM",
      "REASSIGN", "CHANGE", "IMPORT",   "HANDLER", "PREPARE", "DECLARE", "DO",   "VALUES", "BEGIN"};
  const std::string_view word = text.substr(
      0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  if (word.empty()) return true;  // a comment before it
  return std::ranges::any_of(verbs,
                             [&](std::string_view verb) { return sql::isKeyword(word, verb); });
}

}  // namespace

std::size_t sqlLength(std::string_view text, const sql::Dialect& dialect) {
  if (dialect.lineCommands) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (Beginning(line, dialect).isCommand()) return line.size();
  }
  if (!couldBegin(text)) return 0;
  const sql::Dialect& sqlDialect = dialect.lineCommands ? sql::genericDialect() : dialect;
  return Beginning(text, sqlDialect).isStatement() ? endOfStatement(text, sqlDialect) : 0;
}

}  // namespace mydba::ai
