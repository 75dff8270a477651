#include "sql/index_wish.h"

#include <algorithm>

#include "sql/lexer.h"
#include "sql/splitter.h"

namespace mydba::sql {
namespace {

/// Comments that only some servers execute: what is in one could be anything there.
bool hasExecutableComment(std::string_view text, const Dialect& dialect) {
  Lexer lexer(text, dialect);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
    if (token.kind == TokenKind::executableOpen) return true;
  return false;
}

}  // namespace

Result<IndexWish> readIndexWish(std::string_view text, const Dialect& dialect) {
  const Error refusal{.code = ErrorCode::invalidParams,
                      .message = "this is not one CREATE INDEX",
                      .hint = "give each index as CREATE INDEX name ON table (columns)"};
  const auto ranges = split(text, dialect);
  if (ranges.size() != 1) return refusal;
  const auto [start, end] = ranges.front();
  const auto statement = readStatement(text.substr(start, end - start), dialect);
  const auto& definition = statement.definition;
  if (statement.kind != StatementKind::create || !statement.complete || !definition ||
      definition->objectType != "index" || !statement.code.empty() || !statement.files.empty() ||
      hasExecutableComment(text, dialect))
    return refusal;
  const auto table = std::find_if(statement.tables.begin(), statement.tables.end(),
                                  [](const TableUse& use) { return use.written; });
  if (table == statement.tables.end()) return refusal;
  IndexWish wish;
  wish.text_ = text.substr(start, end - start);
  wish.table_ = table->table;
  if (!definition->objects.empty()) wish.name_ = definition->objects.front().name;
  return wish;
}

}  // namespace mydba::sql
