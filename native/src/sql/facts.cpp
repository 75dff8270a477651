#include "sql/facts.h"

#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::sql {
namespace {

using Kind = StatementKind;

struct Verb {
  std::string_view keyword;
  Kind kind;
  std::string_view name;
};

constexpr Verb verbs[] = {
    {"SELECT", Kind::select, "select"},
    {"VALUES", Kind::select, "select"},
    {"TABLE", Kind::select, "select"},
    {"INSERT", Kind::insert, "insert"},
    {"UPDATE", Kind::update, "update"},
    {"DELETE", Kind::remove, "delete"},
    {"REPLACE", Kind::replace, "replace"},
    {"MERGE", Kind::merge, "merge"},
    {"CREATE", Kind::create, "create"},
    {"ALTER", Kind::alter, "alter"},
    {"DROP", Kind::drop, "drop"},
    {"TRUNCATE", Kind::truncate, "truncate"},
    {"RENAME", Kind::rename, "rename"},
    {"GRANT", Kind::grant, "grant"},
    {"REVOKE", Kind::revoke, "revoke"},
    {"CALL", Kind::call, "call"},
    {"SET", Kind::set, "set"},
    {"RESET", Kind::set, "set"},
    {"USE", Kind::use, "use"},
    {"BEGIN", Kind::begin, "begin"},
    {"START", Kind::begin, "begin"},
    {"COMMIT", Kind::commit, "commit"},
    {"END", Kind::commit, "commit"},
    {"ROLLBACK", Kind::rollback, "rollback"},
    {"ABORT", Kind::rollback, "rollback"},
    {"SAVEPOINT", Kind::savepoint, "savepoint"},
    {"RELEASE", Kind::savepoint, "savepoint"},
    {"EXPLAIN", Kind::explain, "explain"},
    {"SHOW", Kind::show, "show"},
    {"DESCRIBE", Kind::describe, "describe"},
    {"DESC", Kind::describe, "describe"},
    {"LOAD", Kind::load, "load"},
    {"COPY", Kind::copy, "copy"},
    {"DO", Kind::execute, "do"},
    {"HANDLER", Kind::handler, "handler"},
    {"LOCK", Kind::lock, "lock"},
    {"UNLOCK", Kind::lock, "lock"},
    {"VACUUM", Kind::vacuum, "vacuum"},
    {"ANALYZE", Kind::analyze, "analyze"},
    {"PRAGMA", Kind::pragma, "pragma"},
    {"ATTACH", Kind::attach, "attach"},
    {"DETACH", Kind::attach, "attach"},
};

const Verb* findVerb(std::string_view word) {
  for (const Verb& verb : verbs)
    if (isKeyword(word, verb.keyword)) return &verb;
  return nullptr;
}

bool changesRows(Kind kind) {
  return kind == Kind::insert || kind == Kind::update || kind == Kind::remove ||
         kind == Kind::replace || kind == Kind::merge;
}

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
    StatementFacts facts{.kindName = "unknown"};
    const Verb* verb = findMainVerb();
    if (!verb) {
      if (sawWord_) facts.kind = Kind::other;
      if (sawWord_) facts.kindName = "other";
      return facts;
    }
    facts.kind = verb->kind;
    facts.kindName = verb->name;
    facts.explainable = verb->kind == Kind::select || changesRows(verb->kind);
    facts.returnsRows =
        alwaysReturnsRows(verb->kind) || (changesRows(verb->kind) && restHasReturning());
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

  const Verb* findMainVerb() {
    Token token = nextCode();
    while (isSymbol(token, '(')) token = nextCode();
    if (token.kind != TokenKind::word) return nullptr;
    sawWord_ = true;
    const std::string_view word = lexer_.textOf(token);
    return isKeyword(word, "WITH") ? findVerbAfterCtes() : findVerb(word);
  }

  /// `WITH a AS (…), b AS (…) SELECT`: the first verb outside of parentheses that can follow.
  const Verb* findVerbAfterCtes() {
    std::size_t depth = 0;
    bool nameNext = true;
    for (Token token = nextCode(); token.kind != TokenKind::end; token = nextCode()) {
      if (isSymbol(token, '(')) ++depth;
      if (isSymbol(token, ')') && depth > 0) --depth;
      if (depth > 0) continue;
      if (token.kind == TokenKind::word && !nameNext) {
        const Verb* verb = findVerb(lexer_.textOf(token));
        if (verb && (verb->kind == Kind::select || changesRows(verb->kind))) return verb;
      }
      const bool recursive =
          token.kind == TokenKind::word && isKeyword(lexer_.textOf(token), "RECURSIVE");
      nameNext = isSymbol(token, ',') || (nameNext && recursive);
    }
    return nullptr;
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
