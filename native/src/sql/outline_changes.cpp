#include <algorithm>

#include "sql/keyword_set.h"
#include "sql/outline_reader.h"

namespace mydba::sql {
namespace {

constexpr KeywordSet changeWords{Keyword::lowPriority, Keyword::delayed, Keyword::highPriority,
                                 Keyword::ignore,      Keyword::quick,   Keyword::only};

// What begins a constraint of a table, not a column.
constexpr KeywordSet constraintWords{Keyword::constraint, Keyword::primary, Keyword::unique,
                                     Keyword::foreign,    Keyword::check,   Keyword::key,
                                     Keyword::index,      Keyword::like,    Keyword::partition};

// Behind a type.
constexpr KeywordSet typeEnds{
    Keyword::not_,       Keyword::null,  Keyword::default_,   Keyword::primary, Keyword::unique,
    Keyword::references, Keyword::check, Keyword::constraint, Keyword::collate, Keyword::comment,
    Keyword::as,         Keyword::key,   Keyword::on};

}  // namespace

void OutlineReader::options(QueryId id) {
  for (;; ++at_) {
    if (is(Keyword::or_)) {  // INSERT OR IGNORE
      at(id).options.push_back(here() + 1);
      at_ = std::min(at_ + 1, end_);
    } else if (changeWords.contains(keyword())) {
      at(id).options.push_back(here());
    } else {
      return;
    }
  }
}

void OutlineReader::insert(QueryId id) {
  options(id);
  accept(Keyword::into);
  at(id).target = readTableName();
  if (accept(Keyword::partition) && isSymbol('(')) skip();
  bool explicitAs = false;
  if (is(Keyword::as)) alias(explicitAs);
  if (isSymbol('(') && !startsQuery(tokens_, at_ + 1)) insertColumns(id);
  insertSource(id);
  onConflict(id);
  if (is(Keyword::returning)) at_ = end_;
}

void OutlineReader::insertColumns(QueryId id) {
  at(id).hasColumns = true;
  const Group inside(*this, at_);
  while (at_ < end_) {
    if (tokens_.isName(at_) && (at_ + 1 == end_ || tokens_.isSymbol(at_ + 1, ',')))
      at(id).columns.push_back(here());
    ++at_;
  }
}

void OutlineReader::insertSource(QueryId id) {
  while (!endsPart()) {
    if (is(Keyword::values) || is(Keyword::value)) {
      ++at_;
      rows(id);
      // VALUES (…) AS new, of MySQL
      if (accept(Keyword::as) && at_ < end_) ++at_;
      if (isSymbol('(')) skip();
      return;
    }
    if (accept(Keyword::set)) {
      auto all = assignments();
      at(id).assignments = std::move(all);
      return;
    }
    if (is(Keyword::select) || is(Keyword::with) || isSymbol('(')) {
      const QueryId source = parts(Place::insertSource, id);
      at(id).source = source;
      if (source == nothing) skip();
      return;
    }
    if (is(Keyword::default_) && keywordAt(at_ + 1) == Keyword::values) {
      at_ += 2;
      return;
    }
    skip();
  }
}

/// Behind VALUES.
void OutlineReader::rows(QueryId id) {
  at(id).valuesAt = here() - 1;
  do {
    accept(Keyword::row);
    if (!isSymbol('(')) return;
    if (at(id).rows++ > 0) {  // one row says what the others are
      skip();
      continue;
    }
    const Group inside(*this, at_);
    if (inside.tooDeep()) continue;
    auto values = list();
    at(id).values = std::move(values);
  } while (acceptSymbol(','));
}

void OutlineReader::onConflict(QueryId id) {
  while (at_ < end_ && !is(Keyword::returning)) {
    if (is(Keyword::on) && at(id).conflictAt == nothing) at(id).conflictAt = here();
    const bool sets =
        is(Keyword::set) || (is(Keyword::update) && keywordAt(at_ - 1) == Keyword::key);
    if (sets) {
      ++at_;
      auto all = assignments();
      at(id).onConflict = std::move(all);
    } else {
      skip();
    }
  }
}

void OutlineReader::update(QueryId id) {
  options(id);
  sources(id, Join::first);
  at(id).targets = static_cast<std::uint32_t>(at(id).sources.size());
  if (accept(Keyword::set)) {
    auto all = assignments();
    at(id).assignments = std::move(all);
  }
  clauses(id);
  if (is(Keyword::returning)) at_ = end_;
}

/// `DELETE FROM t`, `DELETE FROM t USING u`, `DELETE t FROM t JOIN u`.
void OutlineReader::deleteFrom(QueryId id) {
  options(id);
  const bool named = at_ < end_ && !is(Keyword::from);
  std::uint32_t targets = 0;
  while (at_ < end_ && !is(Keyword::from) && !is(Keyword::where)) {
    if (tokens_.isName(at_) && !tokens_.isSymbol(at_ - 1, '.')) ++targets;
    skip();
  }
  if (accept(Keyword::from)) sources(id, Join::first);
  at(id).targets = named ? targets : static_cast<std::uint32_t>(at(id).sources.size());
  if (accept(Keyword::using_)) sources(id, Join::comma);
  clauses(id);
  if (is(Keyword::returning)) at_ = end_;
}

std::vector<Assignment> OutlineReader::assignments() {
  std::vector<Assignment> all;
  do all.push_back(assignment());
  while (acceptSymbol(','));
  return all;
}

/// `a = 1`, `(a, b) = (1, 2)`.
Assignment OutlineReader::assignment() {
  Assignment found;
  const ExprId target = primary();
  const Expr& expr = outline_.expr(target);
  if (expr.shape == Shape::list)
    found.columns = expr.parts;
  else
    found.columns = {target};
  if (isSymbol('[')) behindOperand(target, at_ - 1);
  if (isSymbol(':')) ++at_;
  if (acceptSymbol('=')) found.value = expression();
  return found;
}

/// `at_` is at the parenthesis behind the table's name.
void OutlineReader::createTable() {
  const std::size_t open = at_;
  std::size_t begin = open;
  while (begin > 0 && (tokens_.isName(begin - 1) || tokens_.isSymbol(begin - 1, '.')) &&
         !tokens_.is(begin - 1, Keyword::table) && !tokens_.is(begin - 1, Keyword::exists))
    --begin;
  outline_.createdTable_ = {begin, open};
  {
    const Group inside(*this, open);
    while (at_ < end_) {
      createdColumn();
      acceptSymbol(',');
    }
  }
  at_ = open;  // the caller goes over it
}

void OutlineReader::createdColumn() {
  ColumnDefinition column{.name = here()};
  const bool isColumn = tokens_.isName(at_) && !constraintWords.contains(keyword()) &&
                        !isWord("FULLTEXT") && !isWord("SPATIAL") && !isWord("EXCLUDE") &&
                        !isWord("PERIOD");
  ++at_;
  column.type.begin = at_;
  while (at_ < end_ && !isSymbol(',') && !typeEnds.contains(keyword()) &&
         !isWord("AUTO_INCREMENT") && !isWord("GENERATED"))
    skip();
  column.type.end = column.rest.begin = at_;
  while (at_ < end_ && !isSymbol(',')) skip();
  column.rest.end = at_;
  if (isColumn) outline_.columns_.push_back(column);
}

}  // namespace mydba::sql
