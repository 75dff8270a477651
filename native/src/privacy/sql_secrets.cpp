#include <algorithm>
#include <string>

#include "privacy/secrets.h"
#include "sql/keyword.h"
#include "sql/lexer.h"
#include "sql/literal.h"

namespace mydba::privacy {
namespace {

using sql::isKeyword;
using sql::Token;
using sql::TokenKind;

/// Text within text: a routine in a statement, a statement in a routine.
constexpr int deepest = 3;

/// An argument of theirs is a password or a key, and who knows which (pgcrypto; MySQL manual,
/// "Encryption and Compression Functions").
constexpr std::string_view secretFunctions[] = {"CRYPT",
                                                "ENCRYPT",
                                                "DECRYPT",
                                                "ENCRYPT_IV",
                                                "DECRYPT_IV",
                                                "PGP_SYM_ENCRYPT",
                                                "PGP_SYM_DECRYPT",
                                                "PGP_PUB_DECRYPT",
                                                "PGP_SYM_ENCRYPT_BYTEA",
                                                "AES_ENCRYPT",
                                                "AES_DECRYPT",
                                                "DES_ENCRYPT",
                                                "DES_DECRYPT",
                                                "ENCODE",
                                                "DECODE",
                                                "HMAC",
                                                "OLD_PASSWORD",
                                                "PASSWORD",
                                                "DEARMOR"};

constexpr std::string_view endsOfValues[] = {
    "AND",       "OR",   "WHERE", "FROM", "ORDER", "GROUP", "LIMIT",  "UNION",
    "RETURNING", "THEN", "ELSE",  "END",  "ON",    "SET",   "HAVING", "XOR"};

constexpr std::string_view comparisons[] = {"LIKE", "ILIKE", "IN",   "IS",  "REGEXP", "RLIKE",
                                            "TO",   "NOT",   "GLOB", "ANY", "DEFAULT"};

/// SQLCipher and SQLite's encryption extension (sqlite.org/see).
constexpr std::string_view keyPragmas[] = {"KEY",      "REKEY",   "HEXKEY",
                                           "HEXREKEY", "TEXTKEY", "TEXTREKEY"};

/// Inside of these a statement is written that has its own secrets.
constexpr std::string_view signsOfStatements[] = {
    "identified by", "identified with", "identified via", "password '",
    "password \"",   "password ''",     "password \\'"};

template <std::size_t Count>
bool isOneOf(std::string_view word, const std::string_view (&words)[Count]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view upper) { return isKeyword(word, upper); });
}

bool holdsStatement(std::string_view text) {
  const std::string lower = sql::lowerCase(std::string(text));
  return std::any_of(std::begin(signsOfStatements), std::end(signsOfStatements),
                     [&](std::string_view sign) { return lower.find(sign) != lower.npos; });
}

class SqlReader {
 public:
  SqlReader(std::string_view text, const sql::Dialect& dialect, int depth)
      : text_(text), dialect_(dialect), depth_(depth) {
    sql::Lexer lexer(text, dialect);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
      if (token.kind == TokenKind::comment)
        addTexts(token.start, token.end);
      else if (token.kind != TokenKind::executableOpen && token.kind != TokenKind::executableClose)
        tokens_.push_back(token);
    }
  }

  std::vector<Secret> read() {
    while (begin_ < tokens_.size()) {
      end_ = begin_;
      while (end_ < tokens_.size() && tokens_[end_].kind != TokenKind::terminator) ++end_;
      readStatement();
      begin_ = end_ + 1;
    }
    return std::move(found_);
  }

 private:
  void readStatement() {
    if (isWord(begin_, "PRAGMA")) return readPragma();
    if (isWord(begin_, "ATTACH")) readAttach();
    if (isWord(begin_, "SET") && isWord(begin_ + 1, "PASSWORD")) return readSetPassword();
    if (isWord(begin_, "INSERT") || isWord(begin_, "REPLACE")) readInsert();
    for (std::size_t i = begin_; i < end_; ++i) {
      if (tokens_[i].kind == TokenKind::string)
        readString(i);
      else if (isWord(i, "IDENTIFIED"))
        readIdentified(i + 1);
      else if (isName(i) && isSymbol(i + 1, '(') && isOneOf(text(i), secretFunctions))
        addValuesOfGroup(i + 1);
      else if (isName(i) && namesSecret(name(i)))
        readValueOf(i + 1);
    }
  }

  // Tokens of the statement; past its end they are nothing.
  std::string_view text(std::size_t i) const {
    return i < end_ ? text_.substr(tokens_[i].start, tokens_[i].end - tokens_[i].start)
                    : std::string_view();
  }
  bool isWord(std::size_t i, std::string_view upper) const {
    return i < end_ && tokens_[i].kind == TokenKind::word && isKeyword(text(i), upper);
  }
  bool isName(std::size_t i) const {
    return i < end_ &&
           (tokens_[i].kind == TokenKind::word || tokens_[i].kind == TokenKind::quotedName);
  }
  bool isSymbol(std::size_t i, char symbol) const {
    return i < end_ && tokens_[i].kind == TokenKind::symbol && text_[tokens_[i].start] == symbol;
  }
  bool isValue(std::size_t i) const {
    return i < end_ &&
           (tokens_[i].kind == TokenKind::string || tokens_[i].kind == TokenKind::number);
  }
  std::string name(std::size_t i) const {
    return tokens_[i].kind == TokenKind::quotedName ? sql::literalValue(text(i), dialect_)
                                                    : std::string(text(i));
  }

  /// `PRAGMA [schema.]key = …`, `PRAGMA key(…)`
  void readPragma() {
    std::size_t i = begin_ + 1;
    if (isSymbol(i + 1, '.')) i += 2;
    if (i < end_ && isOneOf(name(i), keyPragmas))
      for (std::size_t k = i + 1; k < end_; ++k) addToken(k);
  }

  /// `ATTACH … AS name KEY …`
  void readAttach() {
    for (std::size_t i = begin_; i < end_; ++i)
      if (isWord(i, "KEY"))
        for (std::size_t k = i + 1; k < end_; ++k) addToken(k);
  }

  /// `SET PASSWORD [FOR user] = '…' [REPLACE '…']`; all texts where there is no `=`.
  void readSetPassword() {
    std::size_t from = begin_;
    while (from < end_ && !isSymbol(from, '=')) ++from;
    if (from == end_) from = begin_;
    for (std::size_t i = from; i < end_; ++i)
      if (tokens_[i].kind == TokenKind::string || tokens_[i].kind == TokenKind::quotedName)
        addToken(i);
  }

  /// What follows IDENTIFIED, up to the next account.
  void readIdentified(std::size_t from) {
    for (std::size_t i = from; i < end_ && !isSymbol(i, ',') && !isWord(i, "REQUIRE"); ++i) {
      const bool names = tokens_[i].kind == TokenKind::word;
      const bool afterBy = isWord(i - 1, "BY") || isWord(i - 1, "AS") || isWord(i - 1, "USING");
      const bool word = isWord(i, "PASSWORD") || isWord(i, "RANDOM");
      if (isValue(i) || tokens_[i].kind == TokenKind::quotedName || (names && afterBy && !word))
        addToken(i);
    }
  }

  /// `PASSWORD '…'`, `password = …`, `password IN (…)`; `at` is behind the name.
  void readValueOf(std::size_t at) {
    if (at < end_ && tokens_[at].kind == TokenKind::string) return addToken(at);
    const bool compares =
        at < end_ && ((tokens_[at].kind == TokenKind::symbol &&
                       std::string_view("=<>!:~|").find(text(at)[0]) != std::string_view::npos) ||
                      (tokens_[at].kind == TokenKind::word && isOneOf(text(at), comparisons)));
    if (compares) addValues(at);
  }

  /// The values from an operator to the end of its operand.
  void addValues(std::size_t from) {
    const bool sets = isWord(begin_, "SET");
    int open = 0;
    for (std::size_t i = from; i < end_; ++i) {
      if (isSymbol(i, '(')) ++open;
      if (isSymbol(i, ')') && --open < 0) return;
      if (open == 0 && (isSymbol(i, ',') ||
                        (tokens_[i].kind == TokenKind::word && isOneOf(text(i), endsOfValues))))
        return;
      const bool behindOperator = tokens_[i - 1].kind == TokenKind::symbol && open == 0;
      const bool doubleQuoted = tokens_[i].kind == TokenKind::quotedName && text(i)[0] == '"';
      const bool unquoted = sets && tokens_[i].kind == TokenKind::word && !isSymbol(i + 1, '(') &&
                            !isWord(i, "DEFAULT") && !isWord(i, "NULL");
      if (isValue(i) || (behindOperator && (doubleQuoted || unquoted))) addToken(i);
    }
  }

  void addValuesOfGroup(std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < end_; ++i) {
      if (isSymbol(i, '(')) ++depth;
      if (isSymbol(i, ')') && --depth == 0) return;
      if (isValue(i)) addToken(i);
    }
  }

  /// `INSERT INTO t (a, password) VALUES (1, '…'), …`: the values at the places of such columns.
  void readInsert() {
    std::size_t at = begin_;
    while (at < end_ && !isSymbol(at, '(')) ++at;
    std::vector<bool> secret;
    bool any = false;
    for (; at < end_ && !isSymbol(at, ')'); ++at) {
      if (!isName(at)) continue;
      secret.push_back(namesSecret(name(at)));
      any = any || secret.back();
    }
    if (!any) return;
    std::size_t place = 0;
    int open = 0;
    bool rows = false;
    for (++at; at < end_; ++at) {
      rows = rows || isWord(at, "VALUES") || isWord(at, "VALUE");
      if (isSymbol(at, '(') && ++open == 1) place = 0;
      if (isSymbol(at, ')')) --open;
      if (isSymbol(at, ',') && open == 1) ++place;
      // Of INSERT … SELECT the places are not known.
      const bool here = !rows || (open > 0 && place < secret.size() && secret[place]);
      if (here && (isValue(at) || (rows && tokens_[at].kind == TokenKind::quotedName)))
        addToken(at);
    }
  }

  void readString(std::size_t i) {
    const Secret inner = contentOf(i);
    const std::string_view content = text_.substr(inner.start, inner.end - inner.start);
    if (text(i)[0] == '$' && depth_ < deepest) {
      for (const Secret& secret : SqlReader(content, dialect_, depth_ + 1).read())
        found_.push_back({inner.start + secret.start, inner.start + secret.end});
      return;
    }
    if (holdsStatement(content)) return addToken(i);
    addTexts(inner.start, inner.end);
    // json_build_object('password', '…'), data->>'token' = '…'
    if (!namesSecret(content)) return;
    if (isSymbol(i + 1, ',') && isValue(i + 2)) addToken(i + 2);
    readValueOf(i + 1);
  }

  /// Without the quotes of a text.
  Secret contentOf(std::size_t i) const {
    const Token& token = tokens_[i];
    const std::string_view all = text(i);
    if (token.kind != TokenKind::string && token.kind != TokenKind::quotedName)
      return {token.start, token.end};
    std::size_t before = all[0] == 'E' || all[0] == 'e' ? 2 : 1;
    if (all[0] == '$') before = std::min(all.find('$', 1), all.size() - 1) + 1;
    const std::size_t after = !sql::isClosed(all, dialect_) ? 0 : all[0] == '$' ? before : 1;
    if (before + after > all.size()) return {token.start, token.end};
    return {token.start + before, token.end - after};
  }

  void addToken(std::size_t i) {
    if (i >= end_ || tokens_[i].kind == TokenKind::symbol) return;
    const Secret content = contentOf(i);
    if (content.end > content.start) found_.push_back(content);
  }
  void addTexts(std::size_t start, std::size_t end) {
    for (const Secret& secret : secretsOfText(text_.substr(start, end - start)))
      found_.push_back({start + secret.start, start + secret.end});
  }

  const std::string_view text_;
  const sql::Dialect& dialect_;
  const int depth_;
  std::vector<Token> tokens_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::vector<Secret> found_;
};

std::vector<Secret> merged(std::vector<Secret> found) {
  std::sort(found.begin(), found.end(),
            [](const Secret& a, const Secret& b) { return a.start < b.start; });
  std::vector<Secret> result;
  for (const Secret& secret : found) {
    if (!result.empty() && secret.start <= result.back().end)
      result.back().end = std::max(result.back().end, secret.end);
    else
      result.push_back(secret);
  }
  return result;
}

}  // namespace

std::vector<Secret> secretsOfSql(std::string_view text, const sql::Dialect& dialect) {
  auto found = SqlReader(text, dialect, 0).read();
  if (sql::readsOtherwise(text)) {
    // The mode of the server decides where such a string ends.
    sql::Dialect other = dialect;
    other.backslashEscapes = !dialect.backslashEscapes;
    const auto more = SqlReader(text, other, 0).read();
    found.insert(found.end(), more.begin(), more.end());
  }
  return merged(std::move(found));
}

}  // namespace mydba::privacy
