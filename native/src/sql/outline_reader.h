#pragma once

// Reads an outline. Recursion follows parentheses only, and stops at `deepestOutline`; chains of
// operators, joins and set operations are loops.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sql/outline.h"

namespace mydba::sql {

class OutlineReader {
 public:
  OutlineReader(const TokenList& tokens, Outline& outline)
      : tokens_(tokens), outline_(outline), end_(tokens.size()) {}

  void read();

 private:
  /// Reading ends before `end`; the reader stands behind the group when it is left.
  class Group {
   public:
    Group(OutlineReader& reader, std::size_t open);
    ~Group();
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;
    bool tooDeep() const { return reader_.depth_ > deepestOutline; }

   private:
    OutlineReader& reader_;
    std::size_t end_;
    std::size_t behind_;
  };
  struct Infix {
    std::string_view text;
    std::size_t length = 0;
  };

  // outline_expressions.cpp
  ExprId expression();
  ExprId conjunction();
  ExprId negation();
  ExprId predicate();
  std::optional<ExprId> test(ExprId left, std::size_t begin);
  ExprId isTest(ExprId left, std::size_t begin);
  ExprId inTest(ExprId left, std::size_t begin, bool negated);
  ExprId likeTest(ExprId left, std::size_t begin, bool negated, std::string word);
  ExprId comparison(ExprId left, std::size_t begin, Infix infix);
  ExprId operation();
  ExprId signedOperand();
  Infix infixAt(std::size_t at) const;
  bool isOrAt(std::size_t at) const;
  bool isAndAt(std::size_t at) const;
  ExprId add(Expr expr, std::size_t begin);

  // outline_operands.cpp
  ExprId operand();
  ExprId behindOperand(ExprId id, std::size_t begin);
  void typeSuffix();
  ExprId primary();
  ExprId symbol();
  ExprId word();
  ExprId keywordOperand(std::size_t begin, Keyword keyword);
  ExprId chosen();
  ExprId group();
  ExprId named();
  ExprId call(std::size_t begin);
  void arguments(Expr& call);
  void behindCall(Expr& call);
  std::vector<ExprId> list();

  // outline_queries.cpp
  bool findQuery();
  QueryId parts(Place place, QueryId parent);
  QueryId part(Place place, QueryId parent);
  QueryId begin(Verb verb, Place place, QueryId parent, std::size_t at);
  void with(QueryId parent);
  void select(QueryId id);
  void selectOptions(Query& query);
  void items(QueryId id);
  void clauses(QueryId id);
  bool clause(QueryId id);
  bool lateClause(QueryId id);
  void groupBy(QueryId id);
  void orderBy(QueryId id);
  void limit(QueryId id);

  // outline_sources.cpp
  void sources(QueryId id, Join first);
  bool joinNext(Join& join, bool& natural, std::size_t& at);
  void source(QueryId id, Source source);
  void sourceAlias(Source& source);
  void indexHint(Source& source);
  void joinCondition(QueryId id);
  std::uint32_t alias(bool& explicitAs);
  bool endsPart() const;

  // outline_changes.cpp
  void insert(QueryId id);
  void insertColumns(QueryId id);
  void insertSource(QueryId id);
  void rows(QueryId id);
  void onConflict(QueryId id);
  void update(QueryId id);
  void deleteFrom(QueryId id);
  std::vector<Assignment> assignments();
  Assignment assignment();
  void options(QueryId id);
  void createTable();
  void createdColumn();

  bool is(Keyword keyword) const { return at_ < end_ && tokens_.is(at_, keyword); }
  bool isSymbol(char symbol) const { return at_ < end_ && tokens_.isSymbol(at_, symbol); }
  bool isWord(std::string_view upper) const { return at_ < end_ && tokens_.isWord(at_, upper); }
  bool accept(Keyword keyword) { return is(keyword) ? (++at_, true) : false; }
  bool acceptSymbol(char symbol) { return isSymbol(symbol) ? (++at_, true) : false; }
  bool acceptWord(std::string_view upper) { return isWord(upper) ? (++at_, true) : false; }
  Keyword keyword() const { return at_ < end_ ? tokens_.keyword(at_) : Keyword::none; }
  Keyword keywordAt(std::size_t at) const {
    return at < end_ ? tokens_.keyword(at) : Keyword::none;
  }
  std::uint32_t here() const { return static_cast<std::uint32_t>(at_); }
  std::string upperAt(std::size_t at) const;
  /// Over one token, or a group.
  void skip();
  bool isClauseWord(std::size_t at) const;
  Range readTableName();
  Query& at(QueryId id) { return outline_.queries_[id]; }

  const TokenList& tokens_;
  Outline& outline_;
  std::size_t at_ = 0;
  std::size_t end_;
  std::size_t depth_ = 0;
  QueryId current_ = nothing;
};

}  // namespace mydba::sql
