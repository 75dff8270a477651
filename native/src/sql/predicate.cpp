#include "sql/predicate.h"

#include <charconv>
#include <optional>
#include <string>

#include "sql/keyword.h"
#include "sql/keyword_set.h"

namespace mydba::sql {
namespace {

enum class Comparison : std::uint8_t {
  none,
  equal,
  different,
  less,
  greater,
  lessEqual,
  greaterEqual,
  like
};

struct Operator {
  Comparison comparison = Comparison::none;
  std::size_t at = 0;
  std::size_t length = 0;
};

bool isPlain(Keyword keyword) {
  switch (keyword) {
    case Keyword::none:
    case Keyword::comment:
    case Keyword::format:
    case Keyword::names:
    case Keyword::password:
    case Keyword::plan:
    case Keyword::program:
    case Keyword::query:
    case Keyword::role:
    case Keyword::session:
    case Keyword::share:
    case Keyword::statement:
    case Keyword::system:
    case Keyword::temp:
    case Keyword::value:
    case Keyword::offset:
    case Keyword::option:
    case Keyword::no: return true;
    default: return false;
  }
}

// What is never a column without quotes: values, operators and what starts a clause.
constexpr KeywordSet neverColumns{
    Keyword::all,     Keyword::and_,    Keyword::any,       Keyword::array,  Keyword::as,
    Keyword::asc,     Keyword::between, Keyword::by,        Keyword::case_,  Keyword::cast,
    Keyword::collate, Keyword::cross,   Keyword::default_,  Keyword::desc,   Keyword::distinct,
    Keyword::else_,   Keyword::end,     Keyword::escape,    Keyword::exists, Keyword::false_,
    Keyword::for_,    Keyword::from,    Keyword::group,     Keyword::having, Keyword::ilike,
    Keyword::in,      Keyword::inner,   Keyword::interval,  Keyword::into,   Keyword::is,
    Keyword::join,    Keyword::lateral, Keyword::like,      Keyword::limit,  Keyword::natural,
    Keyword::not_,    Keyword::null,    Keyword::on,        Keyword::or_,    Keyword::order,
    Keyword::outer,   Keyword::regexp,  Keyword::returning, Keyword::rlike,  Keyword::select,
    Keyword::set,     Keyword::similar, Keyword::some,      Keyword::table,  Keyword::then,
    Keyword::true_,   Keyword::union_,  Keyword::unknown,   Keyword::using_, Keyword::values,
    Keyword::when,    Keyword::where,   Keyword::with,      Keyword::within, Keyword::xor_};

// What can stand behind an operand.
constexpr KeywordSet wordsBehindOperands{
    Keyword::and_, Keyword::between, Keyword::collate, Keyword::else_, Keyword::end,
    Keyword::glob, Keyword::ilike,   Keyword::in,      Keyword::is,    Keyword::like,
    Keyword::not_, Keyword::or_,     Keyword::regexp,  Keyword::rlike, Keyword::similar,
    Keyword::then, Keyword::when,    Keyword::xor_};
constexpr std::string_view operatorWords[] = {"AT",     "DIV", "ISNULL",  "MATCH",
                                              "MEMBER", "MOD", "NOTNULL", "SOUNDS"};

// Words that look like columns and are none: values that a session has, operators.
constexpr std::string_view constantWords[] = {
    "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER",
    "CURRENT_ROLE", "SESSION_USER", "LOCALTIME",         "LOCALTIMESTAMP",
    "DIV",          "MOD",          "SYMMETRIC",
};

// Units of intervals, where a value stands before them; elsewhere good names for columns.
constexpr std::string_view units[] = {"DAY",    "MONTH", "YEAR",    "HOUR",       "MINUTE",
                                      "SECOND", "WEEK",  "QUARTER", "MICROSECOND"};

template <std::size_t Count>
bool isAnyOf(std::string_view word, const std::string_view (&words)[Count]) {
  for (const std::string_view one : words)
    if (isKeyword(word, one)) return true;
  return false;
}

bool isLiteral(const TokenList& tokens, std::size_t at) {
  const TokenKind kind = tokens[at].kind;
  return kind == TokenKind::string || kind == TokenKind::number;
}

/// Takes off parentheses that stand around all of it.
Range bare(const TokenList& tokens, Range range) {
  while (range.size() >= 2 && tokens.isSymbol(range.begin, '(') &&
         tokens.partner(range.begin) == range.end - 1)
    range = {range.begin + 1, range.end - 1};
  return range;
}

bool sameText(const TokenList& tokens, Range a, Range b) {
  if (a.size() != b.size() || a.size() == 0) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (tokens[a.begin + i].kind != tokens[b.begin + i].kind) return false;
    const bool word = tokens[a.begin + i].kind == TokenKind::word;
    if (word ? tokens.lower(a.begin + i) != tokens.lower(b.begin + i)
             : tokens.text(a.begin + i) != tokens.text(b.begin + i))
      return false;
  }
  return true;
}

/// The last token of `INTERVAL 1`, `INTERVAL '1'`, `INTERVAL (a + 1)`, `INTERVAL a`.
bool endsOperand(const TokenList& tokens, std::size_t at) {
  return isLiteral(tokens, at) || tokens.isSymbol(at, ')') || tokens.isSymbol(at, '?') ||
         (tokens.isName(at) && isPlain(tokens.keyword(at)));
}

/// A word that is a keyword elsewhere and a good name where an operand must stand: `key = 1`. Which
/// words are reserved differs by dialect and version, but two operands never stand side by side.
bool isNamedLikeKeyword(const TokenList& tokens, std::size_t at) {
  if (neverColumns.contains(tokens.keyword(at)) || (at > 0 && endsOperand(tokens, at - 1)))
    return false;
  const Piece& next = tokens[at + 1];
  return next.kind == TokenKind::end || next.kind == TokenKind::symbol ||
         wordsBehindOperands.contains(next.keyword) || isAnyOf(tokens.text(at + 1), operatorWords);
}

/// A column: a name that no parenthesis makes a function, no sign a variable or parameter, and no
/// string behind it a type.
bool isColumn(const TokenList& tokens, std::size_t at) {
  if (!tokens.isName(at) || tokens.isSymbol(at + 1, '(')) return false;
  if (tokens[at].kind == TokenKind::quotedName) return true;
  if (!isPlain(tokens.keyword(at)) && !isNamedLikeKeyword(tokens, at)) return false;
  if (isAnyOf(tokens.text(at), constantWords)) return false;
  if (tokens.isWord(at, "USER") && tokens.dialect().userIsValue) return false;
  if (isAnyOf(tokens.text(at), units) && endsOperand(tokens, at - 1)) return false;
  if (tokens.touchesPrevious(at) && (tokens.isSymbol(at - 1, '@') || tokens.isSymbol(at - 1, ':') ||
                                     tokens.isSymbol(at - 1, '$')))
    return false;
  if (tokens.isSymbol(at + 1, '.')) return false;  // the column comes behind it
  return tokens[at + 1].kind != TokenKind::string;
}

// How far a sub-query is searched for its FROM; without one it is taken for a constant.
constexpr std::size_t nearBy = 64;

bool readsTable(const TokenList& tokens, std::size_t open, std::size_t close) {
  for (std::size_t at = open; at < close && at < open + nearBy; ++at)
    if (tokens.is(at, Keyword::from) || tokens.is(at, Keyword::table)) return true;
  return false;
}

bool dependsOnRow(const TokenList& tokens, Range range) {
  for (std::size_t at = range.begin; at < range.end; ++at) {
    if (tokens.isSymbol(at, '(') && startsQuery(tokens, at + 1)) {
      const std::size_t close = tokens.partner(at);
      if (readsTable(tokens, at, close)) return true;
      at = close;
    } else if (isColumn(tokens, at)) {
      return true;
    }
  }
  return false;
}

/// `=`, `<>`, `<=`, `LIKE` … at `at`.
Operator operatorAt(const TokenList& tokens, std::size_t at) {
  const auto second = [&](char symbol) {
    return tokens.isSymbol(at + 1, symbol) && tokens.touchesPrevious(at + 1);
  };
  if (tokens.is(at, Keyword::like) || tokens.is(at, Keyword::ilike))
    return {Comparison::like, at, 1};
  if (tokens.isSymbol(at, '='))
    return {Comparison::equal, at, second('=') ? std::size_t{2} : std::size_t{1}};
  if (tokens.isSymbol(at, '!') && second('=')) return {Comparison::different, at, 2};
  if (tokens.isSymbol(at, '<')) {
    if (second('>')) return {Comparison::different, at, 2};
    if (second('=') && tokens.isSymbol(at + 2, '>')) return {Comparison::equal, at, 3};
    if (second('=')) return {Comparison::lessEqual, at, 2};
    return {Comparison::less, at, 1};
  }
  if (tokens.isSymbol(at, '>')) {
    if (second('=')) return {Comparison::greaterEqual, at, 2};
    return {Comparison::greater, at, 1};
  }
  return {};
}

Operator findOperator(const TokenList& tokens, Range range) {
  for (std::size_t at = range.begin; at < range.end; ++at) {
    if (tokens.isSymbol(at, '(')) {
      at = tokens.partner(at);
      continue;
    }
    const Operator found = operatorAt(tokens, at);
    if (found.comparison != Comparison::none) return found;
  }
  return {};
}

std::optional<double> number(const TokenList& tokens, Range range) {
  bool negative = false;
  while (range.size() > 1 &&
         (tokens.isSymbol(range.begin, '-') || tokens.isSymbol(range.begin, '+'))) {
    negative ^= tokens.isSymbol(range.begin, '-');
    ++range.begin;
  }
  if (range.size() != 1 || !isLiteral(tokens, range.begin)) return std::nullopt;
  const std::string text = tokens.value(range.begin);
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return negative ? -value : value;
}

template <typename T>
bool holds(Comparison comparison, const T& a, const T& b) {
  switch (comparison) {
    case Comparison::equal: return a == b;
    case Comparison::different: return a != b;
    case Comparison::less: return a < b;
    case Comparison::greater: return a > b;
    case Comparison::lessEqual: return a <= b;
    case Comparison::greaterEqual: return a >= b;
    case Comparison::like: return a == b;
    case Comparison::none: break;
  }
  return true;
}

bool isReflexive(Comparison comparison) {
  return comparison == Comparison::equal || comparison == Comparison::lessEqual ||
         comparison == Comparison::greaterEqual || comparison == Comparison::like;
}

bool matchesEverything(const TokenList& tokens, Range pattern) {
  if (pattern.size() != 1 || tokens[pattern.begin].kind != TokenKind::string) return false;
  const std::string value = tokens.value(pattern.begin);
  return !value.empty() && value.find_first_not_of('%') == value.npos;
}

Truth compare(const TokenList& tokens, Range left, Comparison comparison, Range right) {
  if (const auto a = number(tokens, left), b = number(tokens, right); a && b)
    return holds(comparison, *a, *b) ? Truth::yes : Truth::no;
  const bool texts = left.size() == 1 && right.size() == 1 &&
                     tokens[left.begin].kind == TokenKind::string &&
                     tokens[right.begin].kind == TokenKind::string;
  if (comparison == Comparison::like && matchesEverything(tokens, right)) return Truth::yes;
  if (texts && holds(comparison, tokens.value(left.begin), tokens.value(right.begin)))
    return Truth::yes;
  // Collations and types can make other texts equal: what is not proved false is a constant.
  if (texts && comparison == Comparison::equal) return Truth::no;
  const bool calls = [&] {
    for (std::size_t at = left.begin; at < left.end; ++at)
      if (tokens.isSymbol(at, '(')) return true;
    return false;
  }();
  if (isReflexive(comparison) && !calls && sameText(tokens, left, right)) return Truth::yes;
  return Truth::open;
}

Truth single(const TokenList& tokens, std::size_t at) {
  if (tokens.is(at, Keyword::true_)) return Truth::yes;
  if (tokens.is(at, Keyword::false_) || tokens.is(at, Keyword::null)) return Truth::no;
  if (!isLiteral(tokens, at)) return Truth::open;
  if (const auto value = number(tokens, {at, at + 1})) return *value != 0 ? Truth::yes : Truth::no;
  const std::string text = tokens.value(at);
  for (const std::string_view word : {"T", "TRUE", "Y", "YES", "ON"})
    if (isKeyword(text, word)) return Truth::yes;
  return Truth::no;
}

/// `x IS [NOT] NULL|TRUE|FALSE|UNKNOWN` of a literal.
Truth isTest(const TokenList& tokens, Range left, Range right) {
  const bool negated = right.size() > 1 && tokens.is(right.begin, Keyword::not_);
  if (negated) ++right.begin;
  if (right.size() != 1 || left.size() != 1) return Truth::open;
  const bool null = tokens.is(left.begin, Keyword::null);
  const bool literal = isLiteral(tokens, left.begin) || tokens.is(left.begin, Keyword::true_) ||
                       tokens.is(left.begin, Keyword::false_);
  if (!null && !literal) return Truth::open;
  Truth truth = Truth::open;
  const Truth value = single(tokens, left.begin);
  if (tokens.is(right.begin, Keyword::null) || tokens.is(right.begin, Keyword::unknown))
    truth = null ? Truth::yes : Truth::no;
  else if (tokens.is(right.begin, Keyword::true_))
    truth = !null && value == Truth::yes ? Truth::yes : Truth::no;
  else if (tokens.is(right.begin, Keyword::false_))
    truth = !null && value == Truth::no ? Truth::yes : Truth::no;
  return negated ? negate(truth) : truth;
}

/// The IS of the range, outside of parentheses, or its end.
std::size_t findIs(const TokenList& tokens, Range range) {
  for (std::size_t at = range.begin; at < range.end; ++at) {
    if (tokens.isSymbol(at, '(')) at = tokens.partner(at);
    if (tokens.is(at, Keyword::is)) return at;
  }
  return range.end;
}

bool isNameSide(const TokenList& tokens, std::size_t at) {
  return tokens[at].kind == TokenKind::quotedName ||
         (tokens[at].kind == TokenKind::word &&
          (isPlain(tokens.keyword(at)) || isNamedLikeKeyword(tokens, at)));
}

}  // namespace

bool startsQuery(const TokenList& tokens, std::size_t at) {
  switch (tokens.keyword(tokens.isSymbol(at, '(') ? tokens.content(at) : at)) {
    case Keyword::select:
    case Keyword::with:
    case Keyword::values:
    case Keyword::table:
    case Keyword::insert:
    case Keyword::update:
    case Keyword::delete_:
    case Keyword::merge: return true;
    default: return false;
  }
}

PredicateFacts readPredicate(const TokenList& tokens, Range range) {
  range = bare(tokens, range);
  PredicateFacts facts;
  if (range.size() == 0) return facts;
  if (range.size() == 1) facts.truth = single(tokens, range.begin);
  if (const Operator found = findOperator(tokens, range); found.comparison != Comparison::none) {
    const Range left = bare(tokens, {range.begin, found.at});
    const Range right = bare(tokens, {found.at + found.length, range.end});
    facts.joins = found.at > range.begin && isNameSide(tokens, found.at - 1) &&
                  isNameSide(tokens, found.at + found.length);
    facts.truth = compare(tokens, left, found.comparison, right);
  } else if (const std::size_t is = findIs(tokens, range); is != range.end) {
    facts.truth = isTest(tokens, bare(tokens, {range.begin, is}), {is + 1, range.end});
  }
  if (facts.truth == Truth::open && !dependsOnRow(tokens, range)) facts.truth = Truth::constant;
  return facts;
}

bool areOpposites(const TokenList& tokens, Range a, Range b) {
  a = bare(tokens, a);
  b = bare(tokens, b);
  const std::size_t isA = findIs(tokens, a);
  const std::size_t isB = findIs(tokens, b);
  if (isA != a.end && isB != b.end) {
    const bool notA = tokens.is(isA + 1, Keyword::not_);
    const bool notB = tokens.is(isB + 1, Keyword::not_);
    return notA != notB && sameText(tokens, {a.begin, isA}, {b.begin, isB}) &&
           sameText(tokens, {isA + 1 + notA, a.end}, {isB + 1 + notB, b.end});
  }
  const Operator inA = findOperator(tokens, a);
  const Operator inB = findOperator(tokens, b);
  const bool opposite =
      (inA.comparison == Comparison::equal && inB.comparison == Comparison::different) ||
      (inA.comparison == Comparison::different && inB.comparison == Comparison::equal);
  return opposite && sameText(tokens, {a.begin, inA.at}, {b.begin, inB.at}) &&
         sameText(tokens, {inA.at + inA.length, a.end}, {inB.at + inB.length, b.end});
}

}  // namespace mydba::sql
