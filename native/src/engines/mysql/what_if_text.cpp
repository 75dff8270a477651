#include "engines/mysql/what_if_text.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "engines/mysql/statement.h"
#include "sql/token_list.h"

namespace mydba::mysql {
namespace {

bool isTableAt(const sql::Statement& statement, std::size_t position) {
  return std::any_of(statement.tables.begin(), statement.tables.end(),
                     [&](const sql::TableUse& use) {
                       return use.table.position == position && !use.table.schema.empty();
                     });
}

bool isTable(const sql::Statement& statement, const std::string& schema, const std::string& name) {
  return std::any_of(statement.tables.begin(), statement.tables.end(),
                     [&](const sql::TableUse& use) {
                       return use.table.schema == schema && use.table.name == name;
                     });
}

/// True when the name at `at` says in which database a table or column is.
bool isDatabase(const sql::TokenList& tokens, std::size_t at, const sql::Statement& statement) {
  if (!tokens.isName(at) || !tokens.isSymbol(at + 1, '.') || !tokens.isName(at + 2)) return false;
  if (at > 0 && tokens.isSymbol(at - 1, '.')) return false;
  if (isTableAt(statement, tokens[at].start)) return true;
  return tokens.isSymbol(at + 3, '.') && isTable(statement, tokens.value(at), tokens.value(at + 2));
}

bool isOwnFunction(const sql::TokenList& tokens, std::size_t at, const OwnFunctions& functions) {
  if (!tokens.isName(at) || !tokens.isSymbol(at + 1, '(')) return false;
  if (at > 0 && tokens.isSymbol(at - 1, '.')) return false;
  std::string name = tokens.value(at);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return functions.names.contains(name);
}

}  // namespace

std::string retargeted(std::string_view text, const sql::Statement& statement,
                       const sql::Dialect& dialect, const Substitutes& databases,
                       const OwnFunctions& functions) {
  const sql::TokenList tokens(text, dialect);
  std::string changed;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (isOwnFunction(tokens, at, functions)) {
      changed += text.substr(copied, tokens[at].start - copied);
      changed += quoteName(functions.database) + '.';
      copied = tokens[at].start;
    }
    if (!isDatabase(tokens, at, statement)) continue;
    const auto substitute = databases.find(tokens.value(at));
    if (substitute == databases.end()) continue;
    changed += text.substr(copied, tokens[at].start - copied);
    changed += quoteName(substitute->second);
    copied = tokens[at].end;
  }
  return changed.append(text.substr(copied));
}

Result<IndexParts> partsOf(const sql::IndexWish& wish, const sql::Dialect& dialect) {
  constexpr std::array<std::string_view, 3> kinds = {"UNIQUE", "FULLTEXT", "SPATIAL"};
  const sql::TokenList tokens(wish.text(), dialect);
  IndexParts parts;
  std::size_t at = 0;
  for (; at < tokens.size() && !tokens.isWord(at, "INDEX"); ++at)
    for (const auto kind : kinds)
      if (tokens.isWord(at, kind)) parts.kind = kind;
  while (at < tokens.size() && !tokens.isSymbol(at, '(')) ++at;
  if (at == tokens.size() || tokens.conditionalWithin(0, tokens.behind(at)))
    return Error{.code = ErrorCode::unsupported,
                 .message = "the columns of the index cannot be read",
                 .hint = "write it as CREATE INDEX name ON table (columns)"};
  const auto start = tokens[at].start;
  parts.parts = wish.text().substr(start, tokens[tokens.partner(at)].end - start);
  return parts;
}

std::string createIndex(const IndexParts& parts, std::string_view name, std::string_view table,
                        std::string_view options) {
  std::string text = "CREATE ";
  if (!parts.kind.empty()) text += parts.kind + ' ';
  text += "INDEX " + quoteName(name) + " ON ";
  return text.append(table).append(" ").append(parts.parts).append(options);
}

}  // namespace mydba::mysql
