#include <algorithm>
#include <iterator>

#include "sql/keyword.h"
#include "sql/keyword_set.h"
#include "sql/outline_reader.h"

namespace mydba::sql {
namespace {

// Where an operand must stand, these end the expression; before a parenthesis, all others of the
// language are functions (LEFT, REPLACE, IF).
constexpr KeywordSet stops{
    Keyword::and_,    Keyword::as,        Keyword::asc,    Keyword::between, Keyword::by,
    Keyword::collate, Keyword::cross,     Keyword::desc,   Keyword::else_,   Keyword::end,
    Keyword::escape,  Keyword::except,    Keyword::for_,   Keyword::from,    Keyword::group,
    Keyword::having,  Keyword::ilike,     Keyword::in,     Keyword::inner,   Keyword::intersect,
    Keyword::into,    Keyword::is,        Keyword::join,   Keyword::like,    Keyword::limit,
    Keyword::natural, Keyword::not_,      Keyword::on,     Keyword::or_,     Keyword::order,
    Keyword::regexp,  Keyword::returning, Keyword::rlike,  Keyword::select,  Keyword::set,
    Keyword::then,    Keyword::union_,    Keyword::using_, Keyword::when,    Keyword::where,
    Keyword::with,    Keyword::xor_};

constexpr std::string_view values[] = {"CURRENT_DATE",   "CURRENT_TIME",   "CURRENT_TIMESTAMP",
                                       "CURRENT_USER",   "CURRENT_ROLE",   "SESSION_USER",
                                       "LOCALTIME",      "LOCALTIMESTAMP", "CURRENT_CATALOG",
                                       "CURRENT_SCHEMA", "UTC_DATE",       "UTC_TIMESTAMP",
                                       "SYSDATE"};
constexpr std::string_view typedLiterals[] = {"DATE",     "TIME", "TIMESTAMP", "TIMESTAMPTZ",
                                              "DATETIME", "JSON", "JSONB",     "UUID"};
constexpr std::string_view unitWords[] = {"YEAR", "QUARTER", "MONTH",  "WEEK",       "DAY",
                                          "HOUR", "MINUTE",  "SECOND", "MICROSECOND"};

template <std::size_t Count>
bool isOneOf(std::string_view word, const std::string_view (&words)[Count]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

ExprId OutlineReader::operand() {
  const std::size_t begin = at_;
  ExprId id = primary();
  for (std::size_t before = nothing; before != at_;) {
    before = at_;
    id = behindOperand(id, begin);
  }
  return id;
}

ExprId OutlineReader::behindOperand(ExprId id, std::size_t begin) {
  if (at_ == begin) return id;
  if (isSymbol(':') && tokens_.isSymbol(at_ + 1, ':') && tokens_.touchesPrevious(at_ + 1)) {
    at_ += 2;
    typeSuffix();
    return add({.shape = Shape::cast, .parts = {id}}, begin);
  }
  if (isSymbol('[')) {
    std::size_t open = 0;
    do {
      open += isSymbol('[') ? 1 : 0;
      open -= isSymbol(']') ? 1 : 0;
      skip();
    } while (at_ < end_ && open > 0);
    return add({.shape = Shape::operation, .word = "[]", .parts = {id}}, begin);
  }
  if (is(Keyword::collate)) {
    at_ = std::min(at_ + 2, end_);
    return add({.shape = Shape::operation, .word = "COLLATE", .parts = {id}}, begin);
  }
  if (isWord("AT") && (tokens_.isWord(at_ + 1, "TIME") || tokens_.is(at_ + 1, Keyword::local))) {
    const bool zone = tokens_.isWord(at_ + 1, "TIME");
    at_ = std::min(at_ + (zone ? 3 : 2), end_);
    if (zone) primary();
    return add({.shape = Shape::operation, .word = "AT", .parts = {id}}, begin);
  }
  if (isSymbol('.') && at_ + 1 < end_) at_ += 2;
  return id;
}

/// `numeric(10, 2)`, `double precision`, `timestamp with time zone`, `text[]`.
void OutlineReader::typeSuffix() {
  if (at_ >= end_ || !tokens_.isName(at_)) return;
  ++at_;
  while (isSymbol('.') && at_ + 1 < end_) at_ += 2;
  while (isWord("PRECISION") || isWord("VARYING") || isWord("UNSIGNED") || isWord("SIGNED")) ++at_;
  if (isSymbol('(')) skip();
  if ((isWord("WITH") || isWord("WITHOUT")) && tokens_.isWord(at_ + 1, "TIME"))
    at_ = std::min(at_ + 3, end_);
  while (isSymbol('[') && at_ + 1 < end_) at_ += tokens_.isSymbol(at_ + 1, ']') ? 2 : 3;
  at_ = std::min(at_, end_);
}

ExprId OutlineReader::primary() {
  if (at_ >= end_) return add({}, at_);
  const std::size_t begin = at_;
  switch (tokens_[at_].kind) {
    case TokenKind::string: ++at_; return add({.shape = Shape::text}, begin);
    case TokenKind::number: ++at_; return add({.shape = Shape::number}, begin);
    case TokenKind::symbol: return symbol();
    case TokenKind::word:
    case TokenKind::quotedName: return word();
    default: ++at_; return add({}, begin);
  }
}

ExprId OutlineReader::symbol() {
  const std::size_t begin = at_;
  const auto nextTouches = [&] {
    return at_ < end_ && tokens_.touchesPrevious(at_) &&
           (tokens_.isName(at_) || tokens_[at_].kind == TokenKind::number);
  };
  switch (tokens_.text()[tokens_[at_].start]) {
    case '(': return group();
    case ')':
    case ',': return add({}, begin);
    case '*': ++at_; return add({.shape = Shape::star}, begin);
    case '?':
    case '$':
    case ':':
    case '%':  // %s of Python
      ++at_;
      if (nextTouches()) ++at_;
      return add({.shape = Shape::parameter}, begin);
    case '@':
      while (isSymbol('@')) ++at_;
      if (nextTouches()) ++at_;
      while (isSymbol('.') && at_ + 1 < end_) at_ += 2;
      return add({.shape = Shape::parameter, .word = "@"}, begin);
    case '{':  // ${name} and #{name} of frameworks
      while (at_ < end_ && !isSymbol('}')) ++at_;
      at_ = std::min(at_ + 1, end_);
      return add({.shape = Shape::parameter}, begin);
    default: ++at_; return add({}, begin);
  }
}

ExprId OutlineReader::word() {
  const Keyword found = keyword();
  if (found == Keyword::none) return named();
  return keywordOperand(at_, found);
}

ExprId OutlineReader::keywordOperand(std::size_t begin, Keyword found) {
  const bool open = begin + 1 < end_ && tokens_.isSymbol(begin + 1, '(');
  switch (found) {
    case Keyword::null: ++at_; return add({.shape = Shape::null}, begin);
    case Keyword::true_:
    case Keyword::false_: ++at_; return add({.shape = Shape::truth}, begin);
    case Keyword::case_: return chosen();
    case Keyword::exists: {
      ++at_;
      const ExprId inner = operand();
      const QueryId query = outline_.exprs_[inner].query;
      return add({.shape = Shape::exists, .query = query, .parts = {}}, begin);
    }
    case Keyword::interval: {
      if (open) return named();
      ++at_;
      const ExprId amount = operand();
      const std::string unit = upperAt(at_);
      if (at_ < end_ && (isOneOf(unit, unitWords) || unit.find('_') != unit.npos)) ++at_;
      return add({.shape = Shape::cast, .word = "INTERVAL", .parts = {amount}}, begin);
    }
    case Keyword::array: {
      ++at_;
      if (open) return call(begin);
      const ExprId none = add({}, begin);
      return behindOperand(none, begin);
    }
    case Keyword::row:
      if (!open) return named();
      ++at_;
      return group();
    default: break;
  }
  if (stops.contains(found)) return add({}, begin);
  return named();
}

ExprId OutlineReader::chosen() {
  const std::size_t begin = at_++;
  if (depth_ > deepestOutline) return add({}, begin);
  ++depth_;
  Expr expr{.shape = Shape::chosen};
  if (!is(Keyword::when)) expr.parts.push_back(expression());
  while (accept(Keyword::when)) {
    expr.parts.push_back(expression());
    if (accept(Keyword::then)) expr.parts.push_back(expression());
  }
  if (accept(Keyword::else_)) expr.parts.push_back(expression());
  accept(Keyword::end);
  --depth_;
  return add(std::move(expr), begin);
}

ExprId OutlineReader::group() {
  const std::size_t begin = at_;
  Expr expr;
  {
    const Group inside(*this, begin);
    if (inside.tooDeep()) {
    } else if (startsQuery(tokens_, at_) && !isSymbol('(')) {
      expr.shape = Shape::subquery;
      expr.query = parts(Place::expression, current_);
    } else {
      expr.parts = list();
      if (expr.parts.size() == 1) return expr.parts[0];
      expr.shape = Shape::list;
    }
  }
  return add(std::move(expr), begin);
}

std::vector<ExprId> OutlineReader::list() {
  std::vector<ExprId> all;
  while (at_ < end_) {
    const std::size_t before = at_;
    const ExprId one = expression();
    if (at_ > before) all.push_back(one);
    if (!acceptSymbol(',') && at_ == before) skip();
  }
  return all;
}

ExprId OutlineReader::named() {
  const std::size_t begin = at_++;
  while (isSymbol('.') && at_ + 1 < end_) {
    const bool star = tokens_.isSymbol(at_ + 1, '*');
    if (!star && !tokens_.isName(at_ + 1) && !tokens_.isSymbol(at_ + 1, '.')) break;
    at_ += tokens_.isSymbol(at_ + 1, '.') ? 1 : 2;
    if (star) return add({.shape = Shape::star}, begin);
  }
  if (isSymbol('(')) return call(begin);
  const bool oneWord = at_ == begin + 1 && tokens_[begin].kind == TokenKind::word;
  if (!oneWord) return add({.shape = Shape::column}, begin);
  const std::string name = upperAt(begin);
  if (at_ < end_ && tokens_[at_].kind == TokenKind::string) {
    // N'…', x'…', _utf8'…'
    if (tokens_.touchesPrevious(at_) && (name.size() == 1 || name[0] == '_')) {
      ++at_;
      return add({.shape = Shape::text}, begin);
    }
    if (isOneOf(name, typedLiterals)) {
      const std::size_t at = at_++;
      const ExprId text = add({.shape = Shape::text}, at);
      return add({.shape = Shape::cast, .word = name, .parts = {text}}, begin);
    }
  }
  if (isOneOf(name, values) || (name == "USER" && tokens_.dialect().userIsValue))
    return add({.shape = Shape::call, .word = name}, begin);
  return add({.shape = Shape::column}, begin);
}

/// `at_` is at the open parenthesis.
ExprId OutlineReader::call(std::size_t begin) {
  Expr expr{.shape = Shape::call, .word = upperAt(at_ - 1)};
  if (tokens_[at_ - 1].kind == TokenKind::quotedName) expr.word = upperCase(tokens_.value(at_ - 1));
  arguments(expr);
  behindCall(expr);
  if (expr.word == "CAST" || expr.word == "TRY_CAST") expr.shape = Shape::cast;
  return add(std::move(expr), begin);
}

void OutlineReader::arguments(Expr& expr) {
  const Group inside(*this, at_);
  if (inside.tooDeep()) return;
  if (is(Keyword::distinct) || is(Keyword::all)) {
    expr.distinct = is(Keyword::distinct);
    ++at_;
  }
  while (at_ < end_) {
    const std::size_t before = at_;
    if (is(Keyword::select) || is(Keyword::with)) {
      const QueryId query = parts(Place::expression, current_);
      expr.parts.push_back(add({.shape = Shape::subquery, .query = query}, before));
    } else if (const ExprId one = expression(); at_ > before) {
      expr.parts.push_back(one);
    }
    if (acceptSymbol(',')) continue;
    if (is(Keyword::as))  // the type of a CAST
      at_ = end_;
    else if (at_ < end_)
      skip();  // FROM, FOR, USING, ORDER …
  }
}

void OutlineReader::behindCall(Expr& expr) {
  const auto group = [&](std::size_t at) { return at < end_ && tokens_.isSymbol(at, '('); };
  for (;;) {
    if (is(Keyword::within) && tokens_.is(at_ + 1, Keyword::group) && group(at_ + 2)) {
      at_ += 2;
      skip();
    } else if (is(Keyword::filter) && group(at_ + 1)) {
      ++at_;
      skip();
    } else if (is(Keyword::over) && at_ + 1 < end_) {
      expr.windowed = true;
      ++at_;
      skip();
    } else if ((is(Keyword::ignore) || isWord("RESPECT")) && tokens_.isWord(at_ + 1, "NULLS")) {
      at_ += 2;
    } else {
      return;
    }
  }
}

}  // namespace mydba::sql
