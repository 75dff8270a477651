#pragma once

// What a query is made of: select lists, the members of FROM with their conditions, filters as
// small trees, groups, orders, limits, assignments, rows of values, sub-queries, set operations.
//
// There is one reader for all dialects and no grammar of any: it knows where clauses begin and how
// operators bind, takes what it does not know for `other` and goes on behind it. So every text gets
// an outline, in time linear in its length; what is nested deeper than `deepestOutline` levels is
// skipped as a whole. The guard does not stand on this (it has sql/statement.h, which errs on the
// side of danger): an outline errs on the side of silence.
//
// Trees are kept in two lists and name each other by index, so that they are walked without
// recursion. Positions are indexes of tokens.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sql/predicate.h"
#include "sql/token_list.h"

namespace mydba::sql {

inline constexpr std::size_t deepestOutline = 60;

using ExprId = std::uint32_t;
using QueryId = std::uint32_t;
/// No expression, query or token.
inline constexpr std::uint32_t nothing = UINT32_MAX;

enum class Shape : std::uint8_t {
  column,  ///< `a`, `t.a`
  star,    ///< `*`, `t.*`
  text,
  number,  ///< with its sign
  null,
  truth,      ///< TRUE, FALSE
  parameter,  ///< `?`, `$1`, `:name`, `@variable`
  call,       ///< `word` is the function's name in upper case
  cast,       ///< CAST, `::`, DATE '…'
  chosen,     ///< CASE
  subquery,
  exists,
  list,        ///< `(a, b)`
  negation,    ///< NOT
  all,         ///< parts joined by AND
  any,         ///< parts joined by OR or XOR
  comparison,  ///< `word` is the first operator; `a = b = c` has three parts
  in,          ///< the value, then a list or subquery
  between,
  like,       ///< LIKE, ILIKE, REGEXP, `~` …: `word` says which
  isTest,     ///< IS: `word` is NULL, TRUE, FALSE, UNKNOWN, DISTINCT or other
  operation,  ///< arithmetic and the like; `word` is the first operator
  other,
};

struct Expr {
  Shape shape = Shape::other;
  bool negated = false;     ///< NOT IN, NOT LIKE, IS NOT
  bool distinct = false;    ///< an argument list that begins with DISTINCT
  bool windowed = false;    ///< a call with OVER
  bool quantified = false;  ///< a comparison with ANY, ALL or SOME
  Range tokens;
  std::uint32_t sign = nothing;  ///< token of the operator
  QueryId query = nothing;       ///< of a subquery or EXISTS
  std::string word = {};
  std::vector<ExprId> parts = {};
};

struct SelectItem {
  ExprId value = nothing;
  std::uint32_t alias = nothing;
  bool explicitAs = false;
  Range tokens;
};

enum class Join : std::uint8_t { first, comma, inner, left, right, full, cross };

/// One member of FROM, of a comma list or of a join.
struct Source {
  Join join = Join::first;
  bool natural = false;
  bool lateral = false;
  bool function = false;  ///< `unnest(a)`
  bool explicitAs = false;
  bool usesColumns = false;  ///< USING (…)
  Range name;                ///< `schema.table`; empty for a sub-query
  QueryId query = nothing;   ///< of a sub-query
  std::uint32_t alias = nothing;
  std::uint32_t hint = nothing;    ///< FORCE INDEX and the like
  std::uint32_t joinAt = nothing;  ///< the comma, or the first word of the join
  ExprId on = nothing;
  Range tokens;  ///< name or sub-query, with its alias
};

struct OrderItem {
  ExprId value = nothing;
  bool descending = false;
};

struct Assignment {
  std::vector<ExprId> columns;
  ExprId value = nothing;
};

enum class Verb : std::uint8_t { other, select, values, insert, replace, update, delete_, merge };
enum class Place : std::uint8_t {
  statement,
  cte,
  from,
  expression,
  insertSource,
  setOperation,  ///< the second or a later part
};

struct Query {
  Verb verb = Verb::other;
  Place place = Place::statement;
  QueryId parent = nothing;             ///< the query around it; of a later part, the part before
  std::uint32_t name = nothing;         ///< of a CTE
  QueryId nextPart = nothing;           ///< behind UNION, INTERSECT, EXCEPT
  std::uint32_t setOperator = nothing;  ///< UNION …, before this part
  bool setAll = false;                  ///< … ALL
  Range tokens;                         ///< from its verb

  std::uint32_t distinct = nothing;
  bool distinctOn = false;
  std::vector<std::uint32_t> options;  ///< SQL_NO_CACHE, IGNORE, LOW_PRIORITY …
  std::vector<SelectItem> items;
  std::vector<Source> sources;  ///< FROM; of UPDATE, what stands before SET first
  std::uint32_t targets = 0;    ///< how many tables stand before FROM or SET
  ExprId where = nothing;
  std::uint32_t whereAt = nothing;
  std::vector<ExprId> groups;
  std::uint32_t groupAt = nothing;
  bool groupsSpecially = false;  ///< ROLLUP, CUBE, GROUPING SETS, ALL
  ExprId having = nothing;
  std::uint32_t havingAt = nothing;
  std::vector<OrderItem> orders;
  std::uint32_t orderAt = nothing;
  ExprId limit = nothing;
  std::uint32_t limitAt = nothing;
  ExprId offset = nothing;
  std::uint32_t lockAt = nothing;  ///< FOR UPDATE …
  std::uint32_t intoAt = nothing;  ///< of SELECT … INTO

  Range target;                        ///< of INSERT: the table
  std::vector<std::uint32_t> columns;  ///< of INSERT, in parentheses
  bool hasColumns = false;
  std::uint32_t rows = 0;      ///< lists behind VALUES
  std::vector<ExprId> values;  ///< of the first row
  std::uint32_t valuesAt = nothing;
  QueryId source = nothing;  ///< INSERT … SELECT
  std::vector<Assignment> assignments;
  std::uint32_t conflictAt = nothing;  ///< ON CONFLICT, ON DUPLICATE KEY
  std::vector<Assignment> onConflict;
};

/// A column of CREATE TABLE.
struct ColumnDefinition {
  std::uint32_t name = nothing;
  Range type;  ///< `varchar(20)`
  Range rest;  ///< what stands behind the type
};

class Outline {
 public:
  explicit Outline(const TokenList& tokens);

  const std::vector<Query>& queries() const { return queries_; }
  const Query& query(QueryId id) const { return queries_[id]; }
  const std::vector<Expr>& exprs() const { return exprs_; }
  const Expr& expr(ExprId id) const { return exprs_[id]; }
  /// The query that an expression stands in.
  QueryId queryOf(ExprId id) const { return owners_[id]; }
  /// Of CREATE TABLE.
  const std::vector<ColumnDefinition>& columns() const { return columns_; }
  Range createdTable() const { return createdTable_; }

 private:
  friend class OutlineReader;

  std::vector<Query> queries_;
  std::vector<Expr> exprs_;
  std::vector<QueryId> owners_;
  std::vector<ColumnDefinition> columns_;
  Range createdTable_;
};

/// What AND joins, `condition` itself when it is no AND; nothing of `nothing`.
std::vector<ExprId> conjuncts(const Outline& outline, ExprId condition);

/// The expression and everything in it, outermost first, but not the sub-queries.
std::vector<ExprId> within(const Outline& outline, ExprId root);

/// The token that names a column or a table: the last of `a.b.c`.
inline std::size_t lastToken(Range range) { return range.end - 1; }

}  // namespace mydba::sql
