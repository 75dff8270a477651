#pragma once

// Follows the clauses of queries and data changes: which tables, functions, filters and CTEs they
// have, through any nesting.
//
// One scope stands for one level of parentheses. A scope in which a query has begun knows the
// clause it is in; other scopes (arguments, lists) only count parentheses. Where a table can come
// next, the next name is one; everything else is found by what stands before it.

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "sql/dialect.h"
#include "sql/names.h"
#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::sql {

class QueryReader {
 public:
  QueryReader(const TokenList& tokens, const Dialect& dialect, Statement& statement)
      : tokens_(tokens), dialect_(dialect), statement_(statement) {}

  /// Reads from the token `begin` to the end. `main`: what stands there is the statement itself, so
  /// that its WHERE is the statement's own.
  void read(std::size_t begin, bool main);
  /// A query or change has begun at the statement's own level.
  bool sawQuery() const { return sawQuery_; }

 private:
  enum class Clause : std::uint8_t {
    none,  // nothing yet, or a set operation has just ended a part
    with,
    target,  // the tables that are changed
    select,
    from,
    on,
    set,
    where,
    having,
    tail,  // GROUP BY, ORDER BY, VALUES and what else names no tables
  };

  using Index = std::uint32_t;
  static constexpr Index none = UINT32_MAX;

  /// Small, for hostile text can open one with every other byte.
  struct Scope {
    Index close = 0;
    Index filterAt = none;  // first token of the WHERE or HAVING that is open
    Index change = none;    // its entry in changes
    Index firstTable = 0;   // its first entry in tables
    Index firstCte = 0;     // its first entry in cteNames_
    Index firstAlias = 0;   // its first entry in aliases_
    Index targets = 0;      // how many tables were named for a change before FROM
    Index items = 0;        // members of FROM that no join condition ties to another
    StatementKind verb = StatementKind::unknown;
    Clause clause = Clause::none;
    bool main = false;
    bool tableNext = false;
    bool afterUnion = false;
    bool recursive = false;   // WITH RECURSIVE
    bool cteNext = false;     // the name of a CTE comes next
    bool cteBody = false;     // it is the query of a CTE that is not yet in sight
    bool mayBegin = true;     // nothing has stood here yet: a statement may begin
    bool multi = false;       // a change with a FROM or USING of its own
    bool conditions = false;  // a condition ties tables
  };
  struct Alias {
    std::string name;
    Index table;
  };

  std::size_t step(std::size_t at);
  std::size_t open(std::size_t at);
  void close(std::size_t at);
  std::size_t keyword(std::size_t at);
  std::size_t clauseKeyword(std::size_t at);
  bool beginVerb(std::size_t at);
  void beginSelect();
  void beginChange(std::size_t at, StatementKind kind);
  std::size_t from(std::size_t at);
  std::size_t into(std::size_t at);
  std::size_t selectInto(std::size_t at);
  std::size_t join(std::size_t at);
  std::size_t on(std::size_t at);
  std::size_t lockRows(std::size_t at);
  std::size_t cte(std::size_t at);
  std::size_t table(std::size_t at);
  std::size_t name(std::size_t at);
  std::size_t values(std::size_t at);
  std::size_t mergeDelete(std::size_t at);
  std::size_t countRows(std::size_t at) const;
  std::size_t alias(std::size_t at);
  void openFilter(std::size_t at, Clause clause);
  void closeFilter(std::size_t at);
  void endPart(std::size_t at);
  void resolveTargets();
  void showCte();
  bool isCte(const ObjectName& name) const;
  Scope& scope() { return scopes_.back(); }

  const TokenList& tokens_;
  const Dialect& dialect_;
  Statement& statement_;
  bool sawQuery_ = false;
  std::vector<Scope> scopes_;
  std::vector<Alias> aliases_;
  std::vector<std::string> cteNames_;                  // of the open scopes, in lower case
  std::unordered_map<std::string, std::size_t> ctes_;  // how often each of them is in sight
};

}  // namespace mydba::sql
