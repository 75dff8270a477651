#include "optimize/definition.h"

#include <algorithm>
#include <initializer_list>

#include "sql/keyword.h"
#include "sql/outline.h"

namespace mydba::optimize {
namespace {

bool startsWithOneOf(std::string_view type, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](auto word) { return type.starts_with(word); });
}

bool contains(const sql::TokenList& tokens, sql::Range range,
              std::initializer_list<std::string_view> words) {
  for (std::size_t at = range.begin; at + words.size() <= range.end; ++at) {
    std::size_t next = at;
    if (std::ranges::all_of(words, [&](auto word) { return tokens.isWord(next++, word); }))
      return true;
  }
  return false;
}

/// The columns that are listed in the parenthesis at `open`; none where an expression is among
/// them.
std::vector<std::string> listed(const sql::TokenList& tokens, std::size_t open) {
  std::vector<std::string> names;
  for (std::size_t at = open + 1; at < tokens.partner(open);) {
    if (!tokens.isName(at)) return {};
    names.push_back(sql::lowerCase(tokens.value(at++)));
    while (at < tokens.partner(open) && !tokens.isSymbol(at, ','))  // (20), ASC
      at = tokens.isSymbol(at, '(') ? tokens.behind(at) : at + 1;
    ++at;
  }
  return names;
}

/// `CONSTRAINT c PRIMARY KEY (a, b)`, `UNIQUE KEY k (a)`: between two commas of the table's list.
void readConstraint(const sql::TokenList& tokens, sql::Range range,
                    std::vector<std::vector<std::string>>& found) {
  std::size_t at = range.begin;
  if (tokens.isWord(at, "CONSTRAINT")) at += 2;
  const bool primary = tokens.isWord(at, "PRIMARY") && tokens.isWord(at + 1, "KEY");
  if (!primary && !tokens.isWord(at, "UNIQUE")) return;
  while (at < range.end && !tokens.isSymbol(at, '(')) ++at;
  if (at == range.end) return;
  if (auto names = listed(tokens, at); !names.empty()) found.push_back(std::move(names));
}

/// Of the parenthesis that holds columns and constraints.
std::vector<std::vector<std::string>> constraints(const sql::TokenList& tokens, std::size_t open) {
  std::vector<std::vector<std::string>> found;
  const std::size_t end = tokens.partner(open);
  for (std::size_t begin = open + 1; begin < end;) {
    std::size_t at = begin;
    while (at < end && !tokens.isSymbol(at, ','))
      at = tokens.isSymbol(at, '(') ? tokens.behind(at) : at + 1;
    readConstraint(tokens, {begin, at}, found);
    begin = at + 1;
  }
  return found;
}

}  // namespace

const Definition::Column* Definition::find(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

bool Definition::hasKeyIn(const std::vector<std::string>& given) const {
  return std::ranges::any_of(keys, [&](const auto& key) {
    return std::ranges::all_of(
        key, [&](const auto& name) { return std::ranges::find(given, name) != given.end(); });
  });
}

Definition readDefinition(std::string_view createTable, const sql::Dialect& dialect) {
  Definition definition;
  const sql::TokenList tokens(createTable, dialect);
  const sql::Outline outline(tokens);
  if (outline.columns().empty()) return definition;
  const std::size_t open = outline.createdTable().end;
  const std::size_t close = tokens.partner(open);
  // SQLite lets NULL into a primary key, but for a rowid and where the key is the table
  // (sqlite.org/lang_createtable.html, "The PRIMARY KEY"). Other servers write NOT NULL themselves.
  const bool withoutRowid = contains(tokens, {close, tokens.size()}, {"WITHOUT", "ROWID"});
  auto unique = constraints(tokens, open);
  for (const auto& column : outline.columns()) {
    const std::string name = sql::lowerCase(tokens.value(column.name));
    std::string type;
    for (std::size_t at = column.type.begin; at < column.type.end; ++at)
      type += (type.empty() || !tokens.isName(at) ? "" : " ") + tokens.lower(at);
    const bool primary = contains(tokens, column.rest, {"PRIMARY", "KEY"});
    const bool never = contains(tokens, column.rest, {"NOT", "NULL"}) ||
                       (primary && (type == "integer" || withoutRowid));
    definition.columns.push_back({.name = name, .type = std::move(type), .neverNull = never});
    if (primary || contains(tokens, column.rest, {"UNIQUE"})) unique.push_back({name});
  }
  for (auto& key : unique) {
    const bool never = std::ranges::all_of(key, [&](const auto& name) {
      const auto* column = definition.find(name);
      return column && (column->neverNull || withoutRowid);
    });
    if (never) definition.keys.push_back(std::move(key));
  }
  return definition;
}

bool isWholeNumber(std::string_view type) {
  return startsWithOneOf(type, {"int", "bigint", "smallint", "tinyint", "mediumint", "serial",
                                "bigserial", "smallserial"}) &&
         !type.starts_with("interval");
}

bool isExactNumber(std::string_view type) {
  return isWholeNumber(type) || startsWithOneOf(type, {"numeric", "decimal", "dec("});
}

bool isText(std::string_view type) {
  return startsWithOneOf(type, {"char", "varchar", "text", "tinytext", "mediumtext", "longtext",
                                "nvarchar", "clob", "string", "bpchar"});
}

}  // namespace mydba::optimize
