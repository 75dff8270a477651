#include <algorithm>

#include "sql/keyword_set.h"
#include "sql/outline_reader.h"

namespace mydba::sql {
namespace {

// Behind a select list or a table; the rest of the language can name things there.
constexpr KeywordSet clauseWords{
    Keyword::from,   Keyword::where,     Keyword::group,  Keyword::having, Keyword::order,
    Keyword::limit,  Keyword::offset,    Keyword::union_, Keyword::except, Keyword::into,
    Keyword::for_,   Keyword::intersect, Keyword::window, Keyword::fetch,  Keyword::set,
    Keyword::values, Keyword::returning, Keyword::lock,   Keyword::on,     Keyword::using_,
    Keyword::when,   Keyword::procedure};

constexpr KeywordSet neverAliases{
    Keyword::from,      Keyword::where,     Keyword::group,       Keyword::having,
    Keyword::order,     Keyword::limit,     Keyword::offset,      Keyword::union_,
    Keyword::except,    Keyword::into,      Keyword::for_,        Keyword::window,
    Keyword::intersect, Keyword::fetch,     Keyword::set,         Keyword::values,
    Keyword::lock,      Keyword::returning, Keyword::on,          Keyword::using_,
    Keyword::when,      Keyword::then,      Keyword::else_,       Keyword::end,
    Keyword::and_,      Keyword::or_,       Keyword::xor_,        Keyword::not_,
    Keyword::join,      Keyword::left,      Keyword::right,       Keyword::full,
    Keyword::inner,     Keyword::cross,     Keyword::natural,     Keyword::use,
    Keyword::ignore,    Keyword::partition, Keyword::tablesample, Keyword::with,
    Keyword::lateral,   Keyword::select,    Keyword::as,          Keyword::straightJoin,
    Keyword::asc,       Keyword::desc,      Keyword::collate,     Keyword::is,
    Keyword::in,        Keyword::like,      Keyword::between,     Keyword::procedure,
    Keyword::do_,       Keyword::default_};

constexpr KeywordSet setOperators{Keyword::union_, Keyword::intersect, Keyword::except};

// Objects whose bodies are programs of several statements.
constexpr KeywordSet programs{Keyword::procedure, Keyword::function, Keyword::trigger};

constexpr std::string_view selectWords[] = {
    "SQL_NO_CACHE",   "SQL_CACHE",         "SQL_CALC_FOUND_ROWS", "SQL_SMALL_RESULT",
    "SQL_BIG_RESULT", "SQL_BUFFER_RESULT", "STRAIGHT_JOIN",       "HIGH_PRIORITY"};

bool beginsQuery(Keyword keyword) {
  return keyword == Keyword::select || keyword == Keyword::with || keyword == Keyword::values ||
         keyword == Keyword::insert || keyword == Keyword::update || keyword == Keyword::delete_ ||
         keyword == Keyword::merge || keyword == Keyword::replace;
}

// EXPLAIN (ANALYZE) …, DECLARE c NO SCROLL CURSOR WITH HOLD FOR …
constexpr std::size_t longestPrefix = 16;

}  // namespace

void OutlineReader::read() {
  if (!findQuery()) return;
  parts(Place::statement, nothing);
}

/// Goes to the query of the statement; false when there is none.
bool OutlineReader::findQuery() {
  const Keyword first = tokens_.keyword(tokens_.isSymbol(0, '(') ? tokens_.content(0) : 0);
  if (beginsQuery(first)) return true;
  switch (first) {
    case Keyword::explain:
    case Keyword::describe:
    case Keyword::desc:
    case Keyword::analyze:
    case Keyword::declare:
    case Keyword::prepare:
      for (; at_ < std::min(end_, longestPrefix); skip()) {
        if (is(Keyword::table)) return false;  // ANALYZE TABLE t UPDATE HISTOGRAM …
        if (beginsQuery(keyword()) && !(is(Keyword::with) && !tokens_.isName(at_ + 2))) return true;
      }
      return false;
    case Keyword::create: break;
    default: return false;
  }
  bool table = false;
  for (at_ = 1; at_ < end_; skip()) {
    if (programs.contains(keyword()) || isWord("EVENT") || isWord("RULE")) return false;
    table |= is(Keyword::table);
    if (isSymbol('(') && table && outline_.columns_.empty()) createTable();
    if (is(Keyword::as) &&
        (keywordAt(at_ + 1) == Keyword::select || keywordAt(at_ + 1) == Keyword::with ||
         tokens_.isSymbol(at_ + 1, '('))) {
      ++at_;
      return true;
    }
    if (table && is(Keyword::select)) return true;  // AS is optional in MySQL
  }
  return false;
}

bool OutlineReader::isClauseWord(std::size_t at) const {
  return at >= end_ || clauseWords.contains(tokens_.keyword(at));
}

QueryId OutlineReader::parts(Place place, QueryId parent) {
  const QueryId first = part(place, parent);
  QueryId last = first;
  while (last != nothing && at(last).nextPart != nothing) last = at(last).nextPart;
  while (last != nothing && setOperators.contains(keyword())) {
    const std::uint32_t sign = here();
    ++at_;
    const bool all = accept(Keyword::all);
    accept(Keyword::distinct);
    const QueryId next = part(Place::setOperation, last);
    if (next == nothing) break;
    at(next).setOperator = sign;
    at(next).setAll = all;
    at(last).nextPart = next;
    for (last = next; at(last).nextPart != nothing;) last = at(last).nextPart;
  }
  // Behind a part in parentheses.
  if (last != nothing && last != first) clauses(last);
  return first;
}

QueryId OutlineReader::part(Place place, QueryId parent) {
  if (isSymbol('(')) {
    const Group inside(*this, at_);
    return inside.tooDeep() ? nothing : parts(place, parent);
  }
  if (is(Keyword::with)) with(parent);
  Verb verb = Verb::other;
  switch (keyword()) {
    case Keyword::select: verb = Verb::select; break;
    case Keyword::values: verb = Verb::values; break;
    case Keyword::insert: verb = Verb::insert; break;
    case Keyword::replace: verb = Verb::replace; break;
    case Keyword::update: verb = Verb::update; break;
    case Keyword::delete_: verb = Verb::delete_; break;
    case Keyword::merge: verb = Verb::merge; break;
    default: return isSymbol('(') ? part(place, parent) : nothing;
  }
  const QueryId outer = current_;
  const QueryId id = begin(verb, place, parent, at_++);
  switch (verb) {
    case Verb::select: select(id); break;
    case Verb::values:
      rows(id);
      clauses(id);
      break;
    case Verb::insert:
    case Verb::replace: insert(id); break;
    case Verb::update: update(id); break;
    case Verb::delete_: deleteFrom(id); break;
    case Verb::merge:
    case Verb::other: at_ = end_; break;
  }
  at(id).tokens.end = at_;
  current_ = outer;
  return id;
}

QueryId OutlineReader::begin(Verb verb, Place place, QueryId parent, std::size_t at) {
  outline_.queries_.push_back({.verb = verb, .place = place, .parent = parent, .tokens = {at, at}});
  current_ = static_cast<QueryId>(outline_.queries_.size() - 1);
  return current_;
}

void OutlineReader::with(QueryId parent) {
  ++at_;
  accept(Keyword::recursive);
  do {
    const std::uint32_t name = here();
    if (at_ < end_) ++at_;
    if (isSymbol('(')) skip();
    accept(Keyword::as);
    accept(Keyword::not_);
    accept(Keyword::materialized);
    if (!isSymbol('(')) return;
    const Group inside(*this, at_);
    const QueryId id = inside.tooDeep() ? nothing : parts(Place::cte, parent);
    if (id != nothing) at(id).name = name;
  } while (acceptSymbol(','));
}

void OutlineReader::select(QueryId id) {
  selectOptions(at(id));
  items(id);
  clauses(id);
}

void OutlineReader::selectOptions(Query& query) {
  for (;; ++at_) {
    if (is(Keyword::distinct)) {
      query.distinct = here();
      query.distinctOn = tokens_.is(at_ + 1, Keyword::on) && tokens_.isSymbol(at_ + 2, '(');
      if (query.distinctOn) at_ = std::min(tokens_.partner(at_ + 2), end_ - 1);
    } else if (const bool known = std::any_of(std::begin(selectWords), std::end(selectWords),
                                              [&](auto word) { return isWord(word); });
               known) {
      query.options.push_back(here());
    } else if (!is(Keyword::all)) {
      return;
    }
  }
}

void OutlineReader::items(QueryId id) {
  constexpr KeywordSet hard{Keyword::from,  Keyword::where,    Keyword::group,  Keyword::having,
                            Keyword::order, Keyword::limit,    Keyword::union_, Keyword::except,
                            Keyword::into,  Keyword::intersect};
  while (at_ < end_ && !hard.contains(keyword())) {
    const std::size_t before = at_;
    SelectItem item{.value = expression()};
    if (at_ > before) {
      item.alias = alias(item.explicitAs);
      item.tokens = {before, at_};
      at(id).items.push_back(item);
    }
    if (acceptSymbol(',')) continue;
    if (isClauseWord(at_)) return;
    if (!tokens_.isSymbol(at_, ',')) skip();
  }
}

/// The alias that stands here, if one does.
std::uint32_t OutlineReader::alias(bool& explicitAs) {
  explicitAs = accept(Keyword::as);
  if (at_ >= end_) return nothing;
  const bool named = tokens_.isName(at_) || tokens_[at_].kind == TokenKind::string;
  const bool indexed = isWord("FORCE") || isWord("INDEXED");
  if (!named || (!explicitAs && (neverAliases.contains(keyword()) || indexed))) return nothing;
  return static_cast<std::uint32_t>(at_++);
}

/// What follows belongs to the statement around: a set operation, ON CONFLICT, RETURNING.
bool OutlineReader::endsPart() const {
  return at_ >= end_ || setOperators.contains(keyword()) || is(Keyword::returning) ||
         (is(Keyword::on) &&
          (keywordAt(at_ + 1) == Keyword::conflict || keywordAt(at_ + 1) == Keyword::duplicate));
}

void OutlineReader::clauses(QueryId id) {
  while (!endsPart())
    if (!clause(id) && !lateClause(id)) skip();
}

bool OutlineReader::clause(QueryId id) {
  const bool by = keywordAt(at_ + 1) == Keyword::by;
  switch (keyword()) {
    case Keyword::from:
      ++at_;
      sources(id, Join::first);
      return true;
    case Keyword::where: {
      at(id).whereAt = here();
      ++at_;
      const ExprId condition = expression();
      at(id).where = condition;
      return true;
    }
    case Keyword::having: {
      at(id).havingAt = here();
      ++at_;
      const ExprId condition = expression();
      at(id).having = condition;
      return true;
    }
    case Keyword::group:
      if (by) groupBy(id);
      return by;
    case Keyword::order:
      if (by) orderBy(id);
      return by;
    case Keyword::limit: limit(id); return true;
    default: return false;
  }
}

bool OutlineReader::lateClause(QueryId id) {
  switch (keyword()) {
    case Keyword::offset: {
      ++at_;
      const ExprId offset = expression();
      at(id).offset = offset;
      return true;
    }
    case Keyword::fetch: {
      at(id).limitAt = here();
      at_ = std::min(at_ + 2, end_);  // FIRST or NEXT
      const ExprId count = expression();
      at(id).limit = count;
      return true;
    }
    case Keyword::for_:
    case Keyword::lock:
      at(id).lockAt = here();
      at_ = std::min(at_ + 2, end_);
      return true;
    case Keyword::into:
      at(id).intoAt = here();
      ++at_;
      return true;
    default: return false;
  }
}

void OutlineReader::groupBy(QueryId id) {
  at(id).groupAt = here();
  at_ += 2;
  if (accept(Keyword::all) || accept(Keyword::distinct) || isWord("GROUPING"))
    at(id).groupsSpecially = true;
  do {
    const ExprId value = expression();
    const Expr& expr = outline_.expr(value);
    if (expr.word == "ROLLUP" || expr.word == "CUBE") at(id).groupsSpecially = true;
    at(id).groups.push_back(value);
    if (!accept(Keyword::asc)) accept(Keyword::desc);
  } while (acceptSymbol(','));
  if (is(Keyword::with) && tokens_.isWord(at_ + 1, "ROLLUP")) {
    at(id).groupsSpecially = true;
    at_ += 2;
  }
}

void OutlineReader::orderBy(QueryId id) {
  at(id).orderAt = here();
  at_ += 2;
  do {
    OrderItem item{.value = expression()};
    if (is(Keyword::using_)) at_ = std::min(at_ + 2, end_);
    item.descending = accept(Keyword::desc);
    if (!item.descending) accept(Keyword::asc);
    if (isWord("NULLS")) at_ = std::min(at_ + 2, end_);
    at(id).orders.push_back(item);
  } while (acceptSymbol(','));
}

void OutlineReader::limit(QueryId id) {
  at(id).limitAt = here();
  ++at_;
  if (accept(Keyword::all)) return;
  const ExprId first = expression();
  at(id).limit = first;
  if (!acceptSymbol(',')) return;
  const ExprId second = expression();
  at(id).offset = first;
  at(id).limit = second;
}

}  // namespace mydba::sql
