#include "ai/intent/embedded_sql.h"

#include <algorithm>

#include "sql/keyword.h"
#include "sql/lexer.h"
#include "sql/statement_kind.h"
#include "sql/token_list.h"

namespace mydba::ai::intent {
namespace {

using sql::TokenList;
using enum sql::Keyword;

constexpr int mostCandidates = 16;

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// One name or value, or one with points and parentheses behind it: `o.id`, `count(*)`.
std::size_t behindItem(const TokenList& tokens, std::size_t at) {
  if (tokens.isSymbol(at, '(')) return tokens.behind(at);
  if (!tokens.isName(at) && tokens[at].kind != sql::TokenKind::number &&
      tokens[at].kind != sql::TokenKind::string && !tokens.isSymbol(at, '*') &&
      !tokens.isSymbol(at, '@') && !tokens.isSymbol(at, '?'))
    return at;
  ++at;
  while (tokens.isSymbol(at, '.') || tokens.isSymbol(at, '@')) at += 2;
  if (tokens.isSymbol(at, '(')) at = tokens.behind(at);
  return at;
}

bool isOperator(const TokenList& tokens, std::size_t at) {
  static constexpr std::string_view operators = "+-*/%|<>=!";
  return tokens[at].kind == sql::TokenKind::symbol && tokens.text(at).size() == 1 &&
         operators.find(tokens.text(at)[0]) != std::string_view::npos;
}

bool endsHere(const TokenList& tokens, std::size_t at) {
  return at >= tokens.size() || tokens[at].kind == sql::TokenKind::terminator ||
         tokens.isSymbol(at, '?') || tokens.isSymbol(at, '.') || tokens.isSymbol(at, '!');
}

/// `SELECT a, b + 1 AS c FROM t`, `select 1`; not "select the newest customers from Berlin".
bool isSelect(const TokenList& tokens, bool upper) {
  std::size_t at = 1;
  if (tokens.is(at, distinct) || (upper && tokens.is(at, all))) ++at;
  if (tokens.is(at, all)) return false;
  bool sure = upper;
  for (std::size_t items = 0; items < 1000; ++items) {
    const std::size_t next = behindItem(tokens, at);
    if (next == at) return false;
    sure = sure || next > at + 1 || tokens.isSymbol(at, '*') ||
           tokens[at].kind == sql::TokenKind::number;
    at = next;
    if (isOperator(tokens, at)) {
      sure = true;
      while (isOperator(tokens, at)) ++at;
      continue;
    }
    if (tokens.is(at, as)) {
      sure = true;
      at += 2;
    } else if (upper && tokens.isName(at) && !tokens.is(at, from)) {
      ++at;
    }
    if (!tokens.isSymbol(at, ',')) break;
    sure = true;
    ++at;
  }
  if (!tokens.is(at, from)) return sure && endsHere(tokens, at);
  // Without any sign of SQL: "select customers from Berlin" may be either.
  const std::size_t behind = behindItem(tokens, at + 1);
  if (behind == at + 1) return false;
  return sure || endsHere(tokens, behind) || tokens.is(behind, where) || tokens.is(behind, limit) ||
         tokens.is(behind, join) || tokens.is(behind, order);
}

bool isChange(const TokenList& tokens) {
  const std::size_t second = behindItem(tokens, 1);
  switch (tokens.keyword(0)) {
    case insert:
    case replace:
      return tokens.is(1, into) && behindItem(tokens, 2) > 2 &&
             (tokens.isSymbol(behindItem(tokens, 2), '(') || tokens.isSymbol(3, '(') ||
              tokens.is(behindItem(tokens, 2), values) ||
              tokens.is(behindItem(tokens, 2), select) || (behindItem(tokens, 2) > 3));
    case update:
      return second > 1 && (tokens.is(second, set) || tokens.is(second + 1, set)) &&
             tokens.isName(second + (tokens.is(second, set) ? 1 : 2));
    case delete_: {
      if (!tokens.is(1, from)) return false;
      const std::size_t behind = behindItem(tokens, 2);
      return behind > 2 &&
             (endsHere(tokens, behind) || tokens.is(behind, where) || tokens.is(behind, using_) ||
              tokens.is(behind, limit) || tokens.is(behind, returning));
    }
    case truncate: {
      const std::size_t name = tokens.is(1, table) ? 2 : 1;
      return behindItem(tokens, name) > name && endsHere(tokens, behindItem(tokens, name));
    }
    default: return false;
  }
}

bool isDefinition(const TokenList& tokens) {
  const auto kind = tokens.lower(1);
  static constexpr std::string_view kinds[] = {"table", "view",     "index",   "database",
                                               "user",  "schema",   "trigger", "function",
                                               "role",  "procedure"};
  const bool known = std::ranges::find(kinds, kind) != std::end(kinds);
  switch (tokens.keyword(0)) {
    case drop: {
      std::size_t at = 2;
      if (tokens.is(at, if_)) at += 2;
      const std::size_t behind = behindItem(tokens, at);
      return known && behind > at &&
             (endsHere(tokens, behind) || tokens.is(behind, cascade) || tokens.is(behind, on) ||
              tokens.isSymbol(behind, ','));
    }
    case alter:
      return known && behindItem(tokens, 2) > 2 &&
             (tokens.is(behindItem(tokens, 2), add) || tokens.is(behindItem(tokens, 2), drop) ||
              tokens.is(behindItem(tokens, 2), rename) || tokens.is(behindItem(tokens, 2), alter) ||
              tokens.isWord(behindItem(tokens, 2), "MODIFY"));
    case create: {
      std::size_t at =
          tokens.is(1, unique) || tokens.is(1, temporary) || tokens.is(1, temp) ? 2 : 1;
      const bool isIndex = tokens.is(at, index);
      if (!isIndex && !tokens.is(at, table) && !tokens.is(at, view)) return false;
      if (tokens.is(at + 1, if_)) at += 3;
      // behindItem takes the list of columns with the name.
      const std::size_t behind = behindItem(tokens, at + 1);
      if (behind == at + 1) return false;
      return isIndex ? tokens.is(behind, on) && behindItem(tokens, behind + 1) > behind + 2
                     : behind > at + 2 || tokens.is(behind, as) || tokens.isSymbol(behind, '(');
    }
    default: return false;
  }
}

/// Verbs that are SQL only in capitals: SHOW TABLES, GRANT … ON … TO, SET GLOBAL x = 1.
bool isShouted(const TokenList& tokens) {
  static constexpr std::string_view verbs[] = {"SHOW",   "GRANT",  "REVOKE",  "SET",
                                               "PRAGMA", "CALL",   "KILL",    "VACUUM",
                                               "LOCK",   "RENAME", "REINDEX", "ANALYZE"};
  const std::string_view verb = tokens.text(0);
  if (std::ranges::find(verbs, verb) == std::end(verbs) || tokens.size() < 2) return false;
  // "SHOW me the tables"
  const std::string_view second = tokens.text(1);
  return std::ranges::none_of(second, [](char c) { return c >= 'a' && c <= 'z'; }) ||
         verb == "PRAGMA" || verb == "CALL";
}

bool startsSql(const TokenList& tokens) {
  const std::string_view verb = tokens.text(0);
  const bool upper = std::ranges::none_of(verb, [](char c) { return c >= 'a' && c <= 'z'; });
  if (tokens.is(0, select)) return isSelect(tokens, upper);
  if (tokens.is(0, with))
    return (tokens.is(2, as) && tokens.isSymbol(3, '(')) ||
           (tokens.is(1, recursive) && tokens.is(behindItem(tokens, 2), as));
  return isChange(tokens) || isDefinition(tokens) || isShouted(tokens);
}

/// Where the sentence goes on behind the statement: "… is slow", "… please", "… and tell me why".
bool isEnglish(const TokenList& tokens, std::size_t at) {
  if (tokens[at].kind != sql::TokenKind::word || tokens.isSymbol(at - 1, '.')) return false;
  if (isOperator(tokens, at - 1) || tokens.isSymbol(at - 1, ',') || tokens.is(at - 1, as))
    return false;
  const std::string word = tokens.lower(at);
  if (word == "is" || word == "are")
    return !tokens.is(at + 1, null) && !tokens.is(at + 1, not_) && !tokens.is(at + 1, true_) &&
           !tokens.is(at + 1, false_) && !tokens.is(at + 1, distinct) &&
           !tokens.is(at + 1, unknown);
  static constexpr std::string_view words[] = {
      "please",  "why",     "how",     "takes", "took",    "thanks", "faster", "slow",    "but",
      "so",      "because", "take",    "what",  "runs",    "does",   "can",    "could",   "should",
      "will",    "use",     "uses",    "run",   "returns", "return", "do",     "good",    "ok",
      "correct", "safe",    "mean",    "means", "needs",   "need",   "taking", "running", "bad",
      "again",   "now",     "perform", "it",    "work",    "works"};
  if (std::ranges::find(words, word) != std::end(words))
    // "SELECT a do FROM t": a name is followed by what SQL has behind names.
    return !tokens.isSymbol(at + 1, ',') && !tokens.isSymbol(at + 1, '.') &&
           !tokens.isSymbol(at + 1, '=') && !tokens.is(at + 1, from) && !tokens.is(at + 1, set);
  static constexpr std::string_view wishes[] = {"explain", "tell", "show",  "make",   "why",
                                                "how",     "is",   "what",  "give",   "optimize",
                                                "check",   "run",  "speed", "analyze"};
  return word == "and" && std::ranges::find(wishes, tokens.lower(at + 1)) != std::end(wishes) &&
         (tokens[at + 2].kind == sql::TokenKind::word || at + 2 >= tokens.size()) &&
         !tokens.is(at + 2, null) && !tokens.is(at + 2, in) && !tokens.is(at + 2, like);
}

/// Bytes of the statement that `tokens` begin with.
std::size_t lengthOf(const TokenList& tokens) {
  const bool change = !tokens.is(0, select) && !tokens.is(0, with);
  for (std::size_t at = 1; at < tokens.size(); ++at) {
    if (tokens.isSymbol(at, '(')) {
      at = std::min(tokens.partner(at), tokens.size());
      continue;
    }
    // A question mark in SQL stands for a value, so an operator or a comma is before it.
    const bool marks = tokens.isSymbol(at, '?') && !isOperator(tokens, at - 1) &&
                       !tokens.isSymbol(at - 1, ',') && !tokens.is(at - 1, limit) &&
                       !tokens.is(at - 1, like) && !tokens.is(at - 1, offset);
    const bool ends =
        at + 1 == tokens.size() && (tokens.isSymbol(at, '.') || tokens.isSymbol(at, '!'));
    const bool aside =
        tokens.isSymbol(at, ',') && (isEnglish(tokens, at + 1) || tokens.isWord(at + 1, "IS"));
    // What stands behind a `;` belongs to it: it would run as well.
    if (marks || ends || aside || (!change && isEnglish(tokens, at)) ||
        (change && at > 3 && isEnglish(tokens, at)))
      return tokens[at - 1].end;
    if (tokens[at].kind == sql::TokenKind::terminator &&
        (at + 1 == tokens.size() || isEnglish(tokens, at + 1) ||
         !TokenList(tokens.text().substr(tokens[at + 1].start), tokens.dialect()).size()))
      return tokens[at - 1].end;
  }
  return tokens.size() ? tokens[tokens.size() - 1].end : 0;
}

std::optional<EmbeddedSql> fenced(std::string_view text) {
  const auto open = text.find("```");
  if (open == text.npos) return std::nullopt;
  const auto line = text.find('\n', open);
  if (line == text.npos) return std::nullopt;
  const auto close = std::min(text.find("```", line), text.size());
  return EmbeddedSql{.start = open,
                     .end = std::min(close + 3, text.size()),
                     .text = std::string(text.substr(line + 1, close - line - 1))};
}

void trim(std::string& text) {
  const auto blank = " \t\r\n";
  text.erase(0, std::min(text.find_first_not_of(blank), text.size()));
  text.erase(text.find_last_not_of(blank) + 1);
}

/// Where the quotes end that stand before `start`; of a single quote the last one, for SQL has such
/// quotes of its own. `npos` when there are none.
std::size_t closingQuote(std::string_view sentence, std::size_t start) {
  if (start == 0) return sentence.npos;
  const char quote = sentence[start - 1];
  if (quote != '"' && quote != '`' && quote != '\'') return sentence.npos;
  const auto close = quote == '\'' ? sentence.rfind(quote) : sentence.find(quote, start);
  return close == sentence.npos || close <= start ? sentence.npos : close;
}

/// The statement at `start`, if one is there; the quotes around it belong to the sentence.
std::optional<EmbeddedSql> sqlAt(std::string_view sentence, std::size_t start,
                                 const sql::Dialect& dialect) {
  const auto close = closingQuote(sentence, start);
  const bool quoted = close != sentence.npos;
  const TokenList tokens(sentence.substr(start, quoted ? close - start : sentence.npos), dialect);
  if (!startsSql(tokens)) return std::nullopt;
  const std::size_t length = lengthOf(tokens);
  EmbeddedSql found{.start = quoted ? start - 1 : start,
                    .end = quoted ? close + 1 : start + length,
                    .text = std::string(tokens.text().substr(0, length))};
  trim(found.text);
  return found;
}

}  // namespace

std::optional<EmbeddedSql> findSql(std::string_view sentence, const sql::Dialect& dialect) {
  if (dialect.lineCommands) return std::nullopt;
  if (auto block = fenced(sentence)) {
    trim(block->text);
    return block;
  }
  int candidates = 0;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (!isLetter(sentence[at]) || (at > 0 && isLetter(sentence[at - 1]))) continue;
    std::size_t end = at;
    while (end < sentence.size() && isLetter(sentence[end])) ++end;
    const auto word = sentence.substr(at, end - at);
    const auto kind = sql::verbKind(word);
    if (kind == sql::StatementKind::unknown || kind == sql::StatementKind::explain) continue;
    if (++candidates > mostCandidates) break;
    if (auto found = sqlAt(sentence, at, dialect)) return found;
  }
  return std::nullopt;
}

}  // namespace mydba::ai::intent
