#include "ai/redact/account_names.h"

#include <initializer_list>

#include "sql/language_words.h"
#include "sql/token_list.h"

namespace mydba::ai {
namespace {

using sql::TokenKind;

class AccountReader {
 public:
  AccountReader(std::string_view statement, const sql::Dialect& dialect)
      : tokens_(statement, dialect), marked_(tokens_.size(), false) {}

  std::vector<TextRange> read() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) readAt(i);
    readDefinition();
    std::vector<TextRange> found;
    for (std::size_t i = 0; i < tokens_.size(); ++i)
      if (marked_[i]) found.push_back({tokens_[i].start, tokens_[i].end});
    return found;
  }

 private:
  bool isOneOf(std::size_t at, std::initializer_list<std::string_view> words) const {
    for (const std::string_view word : words)
      if (tokens_.isWord(at, word)) return true;
    return false;
  }

  /// A word that is no part of the language, a quoted name, a string.
  bool couldBeAccount(std::size_t at) const {
    switch (tokens_[at].kind) {
      case TokenKind::quotedName:
      case TokenKind::string: return true;
      case TokenKind::word: return !sql::isLanguageWord(tokens_.text(at));
      default: return false;
    }
  }

  void mark(std::size_t at) {
    if (couldBeAccount(at)) marked_[at] = true;
  }

  /// The names of a list: `a, b, c`.
  void markList(std::size_t at) {
    for (;; at += 2) {
      if (isOneOf(at, {"ROLE", "USER", "GROUP"})) ++at;
      mark(at);
      if (!tokens_.isSymbol(at + 1, ',')) return;
    }
  }

  void readAt(std::size_t at) {
    if (tokens_.isSymbol(at, '@')) return readHost(at);
    if (tokens_[at].kind != TokenKind::word) return;
    if (tokens_.isWord(at, "OWNER")) return mark(behindSign(at + 1));
    if (tokens_.isWord(at, "DEFINER")) return mark(behindSign(at + 1));
    if (tokens_.isWord(at, "AUTHORIZATION")) return mark(behindSign(at + 1));
    if (isOneOf(at, {"ROLE", "USER"}) && isOneOf(at - 1, {"SET", "LOCAL", "SESSION", "FOR"}))
      return markList(behindSign(at + 1));
    if (tokens_.isWord(at, "MAPPING")) return mark(at + 2);
    if (tokens_.isWord(at, "GRANTS")) return mark(at + 2);
    if (isOneOf(at, {"GRANT", "REVOKE"})) return readGrant(at);
    if (tokens_.isWord(at, "POLICY")) return readPolicy(at);
    if (tokens_.isWord(at, "OWNED") && isOneOf(at - 1, {"REASSIGN", "DROP"})) readOwned(at);
  }

  std::size_t behindSign(std::size_t at) const {
    return tokens_.isSymbol(at, '=') || tokens_.isWord(at, "TO") ? at + 1 : at;
  }

  /// `'ann'@'host'`: no blank stands before the `@` of an account.
  void readHost(std::size_t at) {
    if (at == 0 || !tokens_.touchesPrevious(at)) return;
    const TokenKind before = tokens_[at - 1].kind;
    if (before != TokenKind::word && before != TokenKind::quotedName && before != TokenKind::string)
      return;
    marked_[at - 1] = true;
    for (++at; at < tokens_.size(); ++at) {
      const TokenKind kind = tokens_[at].kind;
      const bool joins = tokens_.isSymbol(at, '.') || tokens_.isSymbol(at, '-') ||
                         tokens_.isSymbol(at, '%') || tokens_.isSymbol(at, ':');
      if (kind == TokenKind::symbol && !joins) return;
      marked_[at] = true;
      if (!tokens_.touchesPrevious(at + 1)) return;
    }
  }

  /// Behind TO or FROM; and what is granted, when it is no right on something.
  void readGrant(std::size_t at) {
    bool onObject = false;
    bool grantees = false;
    for (++at; at < tokens_.size() && tokens_[at].kind != TokenKind::terminator; ++at) {
      if (tokens_.isSymbol(at, '(')) at = tokens_.partner(at);
      if (tokens_.isWord(at, "ON")) onObject = true;
      if (isOneOf(at, {"TO", "FROM"})) grantees = true;
      if (grantees || !onObject) mark(at);
    }
  }

  /// CREATE POLICY name ON table … TO role, role USING (…)
  void readPolicy(std::size_t at) {
    for (; at < tokens_.size() && !tokens_.isSymbol(at, '('); ++at)
      if (tokens_.isWord(at, "TO")) markList(at + 1);
  }

  /// REASSIGN OWNED BY a, b TO c
  void readOwned(std::size_t at) {
    for (++at; at < tokens_.size(); ++at) mark(at);
  }

  /// CREATE USER and its kin.
  void readDefinition() {
    if (!isOneOf(0, {"CREATE", "ALTER", "DROP", "RENAME", "SHOW", "SET", "EXPLAIN"})) return;
    constexpr std::size_t wordsBefore =
        5;  // CREATE OR REPLACE USER IF NOT EXISTS, SET DEFAULT ROLE
    for (std::size_t at = 1; at <= wordsBefore; ++at) {
      if (tokens_[at].kind != TokenKind::word) return;
      if (!isOneOf(at, {"USER", "ROLE", "GROUP", "LOGIN"})) continue;
      if (tokens_.isWord(at + 1, "MAPPING")) return;
      for (++at; at < tokens_.size(); ++at) mark(at);
      return;
    }
  }

  sql::TokenList tokens_;
  std::vector<bool> marked_;
};

}  // namespace

std::vector<TextRange> accountsOfSql(std::string_view statement, const sql::Dialect& dialect) {
  return AccountReader(statement, dialect).read();
}

}  // namespace mydba::ai
