#include "sql/facts.h"

#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::sql {
namespace {

using Kind = StatementKind;

bool alwaysReturnsRows(Kind kind) {
  return kind == Kind::select || kind == Kind::explain || kind == Kind::show ||
         kind == Kind::describe || kind == Kind::pragma || kind == Kind::call ||
         kind == Kind::handler;
}

/// A command and its name: `GET key`.
StatementFacts commandFacts(std::string_view statement) {
  StatementFacts facts{.kind = Kind::command, .returnsRows = true};
  for (const char c : statement.substr(0, statement.find_first_of(" \t\r\n")))
    facts.kindName += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return facts;
}

/// Walks through the tokens of a statement to its verb.
class FactReader {
 public:
  FactReader(std::string_view statement, const Dialect& dialect) : lexer_(statement, dialect) {}

  StatementFacts read() {
    StatementFacts facts{.kind = findMainVerb()};
    if (facts.kind == Kind::unknown && sawWord_) facts.kind = Kind::other;
    facts.kindName = kindName(facts.kind);
    facts.explainable = facts.kind == Kind::select || changesRows(facts.kind);
    facts.returnsRows =
        alwaysReturnsRows(facts.kind) || (changesRows(facts.kind) && restHasReturning());
    return facts;
  }

 private:
  Token nextCode() {
    Token token = lexer_.next();
    while (token.kind == TokenKind::comment || token.kind == TokenKind::executableOpen ||
           token.kind == TokenKind::executableClose)
      token = lexer_.next();
    return token;
  }

  bool isSymbol(const Token& token, char symbol) const {
    return token.kind == TokenKind::symbol && lexer_.textOf(token)[0] == symbol;
  }

  Kind findMainVerb() {
    Token token = nextCode();
    while (isSymbol(token, '(')) token = nextCode();
    if (token.kind != TokenKind::word) return Kind::unknown;
    sawWord_ = true;
    const std::string_view word = lexer_.textOf(token);
    return isKeyword(word, "WITH") ? findVerbAfterCtes() : verbKind(word);
  }

  /// `WITH a AS (…), b AS (…) SELECT`: the first verb outside of parentheses that can follow.
  Kind findVerbAfterCtes() {
    std::size_t depth = 0;
    bool nameNext = true;
    for (Token token = nextCode(); token.kind != TokenKind::end; token = nextCode()) {
      if (isSymbol(token, '(')) ++depth;
      if (isSymbol(token, ')') && depth > 0) --depth;
      if (depth > 0) continue;
      if (token.kind == TokenKind::word && !nameNext) {
        const Kind kind = verbKind(lexer_.textOf(token));
        if (kind == Kind::select || changesRows(kind)) return kind;
      }
      const bool recursive =
          token.kind == TokenKind::word && isKeyword(lexer_.textOf(token), "RECURSIVE");
      nameNext = isSymbol(token, ',') || (nameNext && recursive);
    }
    return Kind::unknown;
  }

  bool restHasReturning() {
    std::size_t depth = 0;
    for (Token token = nextCode(); token.kind != TokenKind::end; token = nextCode()) {
      if (isSymbol(token, '(')) ++depth;
      if (isSymbol(token, ')') && depth > 0) --depth;
      if (depth == 0 && token.kind == TokenKind::word &&
          isKeyword(lexer_.textOf(token), "RETURNING"))
        return true;
    }
    return false;
  }

  Lexer lexer_;
  bool sawWord_ = false;
};

}  // namespace

StatementFacts readFacts(std::string_view statement, const Dialect& dialect) {
  if (dialect.lineCommands) return commandFacts(statement);
  return FactReader(statement, dialect).read();
}

}  // namespace mydba::sql
