#pragma once

// One statement as the rules see it: its text, tokens, outline and facts, with the questions that
// several rules ask of them.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/outline.h"
#include "sql/statement.h"
#include "sql/token_list.h"

namespace mydba::advise {

using sql::Expr;
using sql::ExprId;
using sql::Join;
using sql::Keyword;
using sql::nothing;
using sql::Place;
using sql::Query;
using sql::QueryId;
using sql::Range;
using sql::Shape;
using sql::Source;
using sql::Verb;

/// Lives no longer than its text. One thread.
class Subject {
 public:
  /// `text` is one statement; `version` of the server as 100 × major + minor, nothing when unknown.
  Subject(std::string_view text, const sql::Dialect& dialect, std::optional<int> version);

  std::string_view text() const { return tokens_.text(); }
  const sql::Dialect& dialect() const { return tokens_.dialect(); }
  std::optional<int> version() const { return version_; }
  const sql::TokenList& tokens() const { return tokens_; }
  const sql::Outline& outline() const { return outline_; }
  const sql::Statement& facts() const { return facts_; }
  const std::vector<Query>& queries() const { return outline_.queries(); }

  /// An empty one of `nothing`.
  const Expr& at(ExprId id) const;
  bool is(ExprId id, Shape shape) const { return id != nothing && at(id).shape == shape; }
  /// All expressions of a query, without those of its sub-queries.
  std::span<const ExprId> exprsOf(const Query& query) const;
  std::vector<ExprId> within(ExprId id) const { return sql::within(outline_, id); }
  std::vector<ExprId> conjuncts(ExprId id) const { return sql::conjuncts(outline_, id); }
  QueryId idOf(const Query& query) const {
    return static_cast<QueryId>(&query - outline_.queries().data());
  }
  const Query* parentOf(const Query& query) const;

  /// In lower case, without quotes; empty when it is no column.
  std::string column(ExprId id) const;
  /// What stands before the column's name: `t` of `s.t.a`; empty when nothing does.
  std::string qualifier(ExprId id) const;
  /// The name of a table, in lower case; empty of a sub-query.
  std::string table(const Source& source) const;
  /// By which its columns are qualified: the alias, else the table.
  std::string nameOf(const Source& source) const;
  /// A name token in lower case, without quotes.
  std::string name(std::size_t token) const;
  std::string_view source(Range range) const;
  std::string_view source(ExprId id) const { return source(at(id).tokens); }
  /// The value of a text literal, or as it is written.
  std::string value(ExprId id) const;
  /// A number without fraction; nothing of anything else.
  std::optional<long long> integer(ExprId id) const;
  /// Written alike, whatever the case of words.
  bool same(ExprId a, ExprId b) const;
  /// The same for every row: literals, parameters, and calls and arithmetic of them.
  bool isConstant(ExprId id) const;
  bool isLiteral(ExprId id) const;
  /// COUNT, SUM … without OVER.
  bool isAggregate(ExprId id) const;
  bool hasAggregate(ExprId id) const;
  bool hasColumn(ExprId id) const;
  bool isCall(ExprId id, std::initializer_list<std::string_view> names) const;

 private:
  sql::TokenList tokens_;
  sql::Outline outline_;
  sql::Statement facts_;
  std::optional<int> version_;
  std::vector<ExprId> byQuery_;         // grouped by query
  std::vector<std::uint32_t> firstOf_;  // of each query in byQuery_, and the end
};

}  // namespace mydba::advise
