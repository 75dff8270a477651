#include "ai/check_sql.h"

#include <algorithm>
#include <map>
#include <optional>

#include "guard/judge.h"
#include "sql/keyword.h"
#include "sql/splitter.h"
#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::ai {
namespace {

using intent::Schema;
using intent::SchemaTable;
using sql::TokenList;
using enum sql::Keyword;

const SchemaTable* findTable(const Schema& schema, const sql::ObjectName& name) {
  const std::string wanted = sql::lowerCase(name.name);
  const std::string in = sql::lowerCase(name.schema);
  for (const SchemaTable& table : schema.tables)
    if (sql::lowerCase(table.name) == wanted &&
        (in.empty() || table.schema.empty() || sql::lowerCase(table.schema) == in))
      return &table;
  return nullptr;
}

bool hasColumn(const SchemaTable& table, const std::string& name) {
  return std::ranges::any_of(table.columns, [&](const intent::SchemaColumn& column) {
    return sql::lowerCase(column.name) == name;
  });
}

/// The names of one statement against the catalogue.
class Names {
 public:
  Names(const TokenList& tokens, const sql::Statement& statement, const Schema& schema)
      : tokens_(tokens), statement_(statement), schema_(schema) {}

  std::vector<SqlProblem> problems() {
    tables();
    if (problems_.empty()) columns();
    return std::move(problems_);
  }

 private:
  void tables() {
    std::map<std::size_t, const SchemaTable*> byPosition;
    for (const sql::TableUse& use : statement_.tables) {
      const SchemaTable* table = findTable(schema_, use.table);
      if (!table) {
        problems_.push_back(
            {"unknown-table", "there is no table " + use.table.name, use.table.position});
        continue;
      }
      used_[sql::lowerCase(table->name)] = table;
      byPosition[use.table.position] = table;
    }
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const auto found = byPosition.find(tokens_[at].start);
      if (found == byPosition.end()) continue;
      // `orders o`, `orders AS o`, `s.orders o`
      std::size_t next = at + 1;
      while (tokens_.isSymbol(next, '.')) next += 2;
      if (tokens_.is(next, as)) ++next;
      if (tokens_.isName(next) && tokens_.keyword(next) == sql::Keyword::none)
        used_[sql::lowerCase(tokens_.value(next))] = found->second;
    }
    for (std::size_t at = 0; at + 1 < tokens_.size(); ++at)
      if (tokens_.is(at, as) && tokens_.isName(at + 1))
        ownNames_.push_back(sql::lowerCase(tokens_.value(at + 1)));
    // What a sub-query or CTE calls its columns is not known here.
    for (std::size_t at = 0; at + 1 < tokens_.size(); ++at)
      nested_ = nested_ || (tokens_.isSymbol(at, '(') &&
                            (tokens_.is(at + 1, select) || tokens_.is(at + 1, with)));
  }

  void columns() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (!tokens_.isName(at)) continue;
      if (tokens_.isSymbol(at + 1, '.') && tokens_.isName(at + 2)) {
        if (tokens_.isSymbol(at + 3, '.')) continue;
        const auto table = used_.find(sql::lowerCase(tokens_.value(at)));
        if (table != used_.end() && !tokens_.isSymbol(at + 3, '(')) check(at + 2, {table->second});
        at += 2;
      } else if (isCompared(at)) {
        std::vector<const SchemaTable*> all;
        for (const auto& [name, table] : used_) all.push_back(table);
        check(at, all);
      }
    }
  }

  /// A bare name before `=`, `<`, LIKE, IN and their kin, where all names are of the catalogue.
  bool isCompared(std::size_t at) const {
    if (nested_ || used_.empty() || tokens_.isSymbol(at - 1, '.') || tokens_.isSymbol(at - 1, '@'))
      return false;
    const bool plain =
        tokens_[at].kind == sql::TokenKind::quotedName || tokens_.keyword(at) == sql::Keyword::none;
    const bool compared = tokens_.isSymbol(at + 1, '=') || tokens_.isSymbol(at + 1, '<') ||
                          tokens_.isSymbol(at + 1, '>') || tokens_.is(at + 1, like) ||
                          tokens_.is(at + 1, between) || tokens_.is(at + 1, is) ||
                          tokens_.is(at + 1, in);
    return plain && compared;
  }

  void check(std::size_t at, const std::vector<const SchemaTable*>& tables) {
    const std::string name = sql::lowerCase(tokens_.value(at));
    const bool known = std::ranges::any_of(tables, [&](const SchemaTable* table) {
      // A table without columns is one whose columns were not read.
      return table->columns.empty() || hasColumn(*table, name);
    });
    if (!known && std::ranges::find(ownNames_, name) == ownNames_.end() && name != "rowid")
      problems_.push_back({"unknown-column",
                           "there is no column " + tokens_.value(at) +
                               (tables.size() == 1 ? " in " + tables[0]->name : ""),
                           tokens_[at].start});
  }

  const TokenList& tokens_;
  const sql::Statement& statement_;
  const Schema& schema_;
  std::map<std::string, const SchemaTable*> used_;  ///< by name and alias, in lower case
  std::vector<std::string> ownNames_;               ///< behind AS
  bool nested_ = false;
  std::vector<SqlProblem> problems_;
};

/// A limit of its own, or an aggregate that gives one row.
bool isBounded(const TokenList& tokens) {
  bool grouped = false;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens.is(at, limit) || tokens.is(at, fetch)) return true;
    grouped = grouped || tokens.is(at, group);
    if (tokens.isSymbol(at, '(')) at = std::min(tokens.partner(at), tokens.size());
  }
  static constexpr std::string_view aggregates[] = {"COUNT", "SUM", "AVG", "MIN", "MAX"};
  const bool one = std::ranges::any_of(
      aggregates, [&](std::string_view name) { return tokens.isWord(1, name); });
  bool noTable = true;
  for (std::size_t at = 0; at < tokens.size(); ++at) noTable = noTable && !tokens.is(at, from);
  return noTable ||
         (one && tokens.isSymbol(2, '(') && !grouped && tokens.is(tokens.behind(2), from));
}

}  // namespace

std::vector<SqlProblem> checkProposedSql(std::string_view text, const sql::Dialect& dialect,
                                         const Schema* schema) {
  const auto ranges = sql::split(text, dialect);
  if (ranges.empty()) return {{"empty", "there is no statement", 0}};
  std::vector<SqlProblem> problems;
  if (ranges.size() > 1)
    problems.push_back({"several-statements",
                        std::to_string(ranges.size()) + " statements where one was asked for",
                        ranges[1].start});
  const sql::StatementRange first = ranges.front();
  const auto statementText = text.substr(first.start, first.end - first.start);
  const auto statement = sql::readStatement(statementText, dialect);
  const auto place = [&](std::size_t position) { return first.start + position; };
  if (!statement.complete)
    problems.push_back({"incomplete", "a quote, comment or parenthesis has no end", first.start});
  const auto verdict = guard::judge(text, dialect, {.readOnly = true});
  if (!verdict.readOnly)
    problems.push_back({"not-a-read",
                        verdict.reasons.empty() ? "it is not proved to only read"
                                                : verdict.reasons.front().message,
                        verdict.reasons.empty() ? first.start : verdict.reasons.front().position});
  const TokenList tokens(statementText, dialect);
  if (schema)
    for (SqlProblem& problem : Names(tokens, statement, *schema).problems()) {
      problem.position = place(problem.position);
      problems.push_back(std::move(problem));
    }
  if (statement.cartesian)
    problems.push_back(
        {"cartesian-product", "tables are joined without any condition", first.start});
  if (statement.kind == sql::StatementKind::select && !isBounded(tokens))
    problems.push_back({"no-limit", "nothing limits the rows that it gives", first.end});
  return problems;
}

}  // namespace mydba::ai
