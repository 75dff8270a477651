#include "engines/postgres/statement_effect.h"

#include <algorithm>
#include <array>
#include <span>

#include "sql/dialect.h"
#include "sql/keyword.h"
#include "sql/lexer.h"

namespace mydba::postgres {
namespace {

constexpr std::array<std::string_view, 4> queries = {"SELECT", "WITH", "VALUES", "TABLE"};
// INTO creates a table; SHARE and UPDATE also stand in locking clauses.
constexpr std::array<std::string_view, 6> changes = {"INSERT", "UPDATE", "DELETE",
                                                     "MERGE",  "INTO",   "SHARE"};

bool isAny(std::string_view word, std::span<const std::string_view> keywords) {
  return std::any_of(keywords.begin(), keywords.end(),
                     [&](std::string_view keyword) { return sql::isKeyword(word, keyword); });
}

}  // namespace

bool onlyReads(std::string_view text) {
  sql::Lexer lexer(text, *sql::findDialect("postgres"));
  bool query = false;
  for (auto token = lexer.next(); token.kind != sql::TokenKind::end; token = lexer.next()) {
    const auto word = lexer.textOf(token);
    if (token.kind == sql::TokenKind::comment || word == "(") continue;
    if (!query) {
      query = token.kind == sql::TokenKind::word && isAny(word, queries);
      if (!query) return false;
    }
    if (token.kind == sql::TokenKind::word && isAny(word, changes)) return false;
  }
  return query;
}

}  // namespace mydba::postgres
