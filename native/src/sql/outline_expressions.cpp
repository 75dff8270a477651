#include <algorithm>
#include <iterator>

#include "sql/keyword.h"
#include "sql/keyword_set.h"
#include "sql/outline_reader.h"

namespace mydba::sql {
namespace {

// Longest first, so that the first that fits is the operator.
constexpr std::string_view infixes[] = {
    "!~~*", "!~~", "!~*", "~~*", "->>", "#>>", "<=>", "<->", "<>", "<=", ">=", "!=", "==", "||",
    "->",   "#>",  "@>",  "<@",  "?|",  "?&",  "<<",  ">>",  "&&", "!~", "~*", "~~", "@@", ":=",
    "=",    "<",   ">",   "~",   "+",   "-",   "*",   "/",   "%",  "^",  "|",  "&",  "#",  "?"};

constexpr std::string_view comparisons[] = {"=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>"};
constexpr std::string_view patterns[] = {"~", "!~", "~*", "!~*", "~~", "!~~", "~~*", "!~~*"};

template <std::size_t Count>
bool isOneOf(std::string_view word, const std::string_view (&words)[Count]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

OutlineReader::Group::Group(OutlineReader& reader, std::size_t open)
    : reader_(reader),
      end_(reader.end_),
      behind_(std::min(reader.tokens_.behind(open), reader.end_)) {
  reader.end_ = std::min(reader.tokens_.partner(open), reader.end_);
  reader.at_ = open + 1;
  ++reader.depth_;
}

OutlineReader::Group::~Group() {
  reader_.at_ = behind_;
  reader_.end_ = end_;
  --reader_.depth_;
}

std::string OutlineReader::upperAt(std::size_t at) const {
  return upperCase(std::string(tokens_.text(at)));
}

void OutlineReader::skip() {
  at_ = tokens_.isSymbol(at_, '(') ? std::min(tokens_.behind(at_), end_) : at_ + 1;
}

ExprId OutlineReader::add(Expr expr, std::size_t begin) {
  expr.tokens = {begin, at_};
  outline_.exprs_.push_back(std::move(expr));
  outline_.owners_.push_back(current_);
  return static_cast<ExprId>(outline_.exprs_.size() - 1);
}

bool OutlineReader::isOrAt(std::size_t at) const {
  if (at >= end_) return false;
  if (tokens_.is(at, Keyword::or_) || tokens_.is(at, Keyword::xor_)) return true;
  return tokens_.dialect().pipesAreOr && tokens_.isSymbol(at, '|') &&
         tokens_.isSymbol(at + 1, '|') && tokens_.touchesPrevious(at + 1);
}

bool OutlineReader::isAndAt(std::size_t at) const {
  if (at >= end_) return false;
  if (tokens_.is(at, Keyword::and_)) return true;
  return tokens_.dialect().pipesAreOr && tokens_.isSymbol(at, '&') &&
         tokens_.isSymbol(at + 1, '&') && tokens_.touchesPrevious(at + 1);
}

ExprId OutlineReader::expression() {
  const std::size_t begin = at_;
  const ExprId first = conjunction();
  if (!isOrAt(at_)) return first;
  Expr any{.shape = Shape::any, .sign = here(), .parts = {first}};
  while (isOrAt(at_)) {
    at_ += tokens_.isSymbol(at_, '|') ? 2 : 1;
    any.parts.push_back(conjunction());
  }
  return add(std::move(any), begin);
}

ExprId OutlineReader::conjunction() {
  const std::size_t begin = at_;
  const ExprId first = negation();
  if (!isAndAt(at_)) return first;
  Expr all{.shape = Shape::all, .sign = here(), .parts = {first}};
  while (isAndAt(at_)) {
    at_ += tokens_.isSymbol(at_, '&') ? 2 : 1;
    all.parts.push_back(negation());
  }
  return add(std::move(all), begin);
}

ExprId OutlineReader::negation() {
  const std::size_t begin = at_;
  bool negated = false;
  while (accept(Keyword::not_)) negated = !negated;
  const ExprId value = predicate();
  return negated ? add({.shape = Shape::negation, .parts = {value}}, begin) : value;
}

ExprId OutlineReader::predicate() {
  const std::size_t begin = at_;
  ExprId left = operation();
  while (const auto next = test(left, begin)) left = *next;
  return left;
}

/// The test of `left` that comes next; nothing when none does.
std::optional<ExprId> OutlineReader::test(ExprId left, std::size_t begin) {
  if (const Infix infix = infixAt(at_); isOneOf(infix.text, comparisons))
    return comparison(left, begin, infix);
  else if (isOneOf(infix.text, patterns)) {
    at_ += infix.length;
    return likeTest(left, begin, infix.text.starts_with('!'), std::string(infix.text));
  }
  if (accept(Keyword::is)) return isTest(left, begin);
  if (acceptWord("ISNULL"))
    return add({.shape = Shape::isTest, .word = "NULL", .parts = {left}}, begin);
  if (acceptWord("NOTNULL"))
    return add({.shape = Shape::isTest, .negated = true, .word = "NULL", .parts = {left}}, begin);
  const bool negated = is(Keyword::not_);
  const std::size_t at = at_ + (negated ? 1 : 0);
  const auto use = [&] { at_ = at + 1; };
  switch (keywordAt(at)) {
    case Keyword::in: use(); return inTest(left, begin, negated);
    case Keyword::between: {
      use();
      if (!acceptWord("SYMMETRIC")) acceptWord("ASYMMETRIC");
      Expr between{.shape = Shape::between, .negated = negated, .parts = {left}};
      between.parts.push_back(operation());
      if (accept(Keyword::and_)) between.parts.push_back(operation());
      return add(std::move(between), begin);
    }
    case Keyword::like:
    case Keyword::ilike:
    case Keyword::regexp:
    case Keyword::rlike:
    case Keyword::glob: {
      use();
      return likeTest(left, begin, negated, upperAt(at));
    }
    case Keyword::similar: {
      use();
      accept(Keyword::to);
      return likeTest(left, begin, negated, "SIMILAR");
    }
    default: break;
  }
  return std::nullopt;
}

ExprId OutlineReader::isTest(ExprId left, std::size_t begin) {
  const std::uint32_t sign = here() - 1;
  Expr expr{
      .shape = Shape::isTest, .negated = accept(Keyword::not_), .sign = sign, .parts = {left}};
  switch (keyword()) {
    case Keyword::null:
    case Keyword::true_:
    case Keyword::false_:
    case Keyword::unknown:
      expr.word = upperAt(at_);
      ++at_;
      break;
    case Keyword::distinct:
      ++at_;
      accept(Keyword::from);
      expr.word = "DISTINCT";
      expr.parts.push_back(operation());
      break;
    default: expr.parts.push_back(operation());
  }
  return add(std::move(expr), begin);
}

ExprId OutlineReader::inTest(ExprId left, std::size_t begin, bool negated) {
  Expr expr{.shape = Shape::in, .negated = negated, .sign = here() - 1, .parts = {left}};
  const std::size_t open = at_;
  if (!isSymbol('(') || startsQuery(tokens_, open + 1)) {
    expr.parts.push_back(operation());
  } else {
    Expr members{.shape = Shape::list};
    {
      const Group inside(*this, open);
      if (!inside.tooDeep()) members.parts = list();
    }
    expr.parts.push_back(add(std::move(members), open));
  }
  return add(std::move(expr), begin);
}

ExprId OutlineReader::likeTest(ExprId left, std::size_t begin, bool negated, std::string word) {
  Expr expr{.shape = Shape::like,
            .negated = negated,
            .sign = here() - 1,
            .word = std::move(word),
            .parts = {left}};
  if (is(Keyword::any) || is(Keyword::all) || is(Keyword::some)) ++at_;
  expr.parts.push_back(operation());
  if (accept(Keyword::escape)) expr.parts.push_back(operation());
  return add(std::move(expr), begin);
}

ExprId OutlineReader::comparison(ExprId left, std::size_t begin, Infix infix) {
  const std::uint32_t sign = here();
  at_ += infix.length;
  const bool quantified =
      (is(Keyword::any) || is(Keyword::all) || is(Keyword::some)) && tokens_.isSymbol(at_ + 1, '(');
  if (quantified) ++at_;
  const ExprId right = operation();
  // Without parentheses around the left one it is a chain.
  Expr& before = outline_.exprs_[left];
  if (before.shape == Shape::comparison && before.tokens.begin == begin &&
      before.tokens.end == sign) {
    before.parts.push_back(right);
    before.tokens.end = at_;
    return left;
  }
  return add({.shape = Shape::comparison,
              .quantified = quantified,
              .sign = sign,
              .word = std::string(infix.text),
              .parts = {left, right}},
             begin);
}

OutlineReader::Infix OutlineReader::infixAt(std::size_t at) const {
  if (at >= end_) return {};
  if (tokens_.isWord(at, "DIV")) return {"DIV", 1};
  if (tokens_.isWord(at, "MOD") && !tokens_.isSymbol(at + 1, '(')) return {"MOD", 1};
  if (tokens_[at].kind != TokenKind::symbol || isOrAt(at) || isAndAt(at)) return {};
  const Dialect& dialect = tokens_.dialect();
  for (const std::string_view infix : infixes) {
    if (dialect.atVariables && infix.find('@') != infix.npos) continue;
    if (dialect.questionParameters && infix.find('?') != infix.npos) continue;
    std::size_t length = 0;
    while (length < infix.size() && tokens_.isSymbol(at + length, infix[length]) &&
           (length == 0 || tokens_.touchesPrevious(at + length)))
      ++length;
    if (length == infix.size()) return {infix, length};
  }
  return {};
}

ExprId OutlineReader::operation() {
  const std::size_t begin = at_;
  const ExprId first = signedOperand();
  Infix infix = infixAt(at_);
  const auto joins = [&] {
    return infix.length > 0 && !isOneOf(infix.text, comparisons) && !isOneOf(infix.text, patterns);
  };
  if (!joins()) return first;
  Expr expr{
      .shape = Shape::operation, .sign = here(), .word = std::string(infix.text), .parts = {first}};
  for (; joins(); infix = infixAt(at_)) {
    if (infix.text != expr.word) expr.word.clear();  // several
    at_ += infix.length;
    expr.parts.push_back(signedOperand());
  }
  return add(std::move(expr), begin);
}

ExprId OutlineReader::signedOperand() {
  const std::size_t begin = at_;
  bool onlySigns = true;
  for (;; ++at_) {
    if (isSymbol('-') || isSymbol('+')) continue;
    const bool other = isSymbol('~') || isSymbol('!') ||
                       (isWord("BINARY") && !tokens_.isSymbol(at_ + 1, '(') &&
                        !tokens_.isSymbol(at_ + 1, '.') && infixAt(at_ + 1).length == 0);
    if (!other) break;
    onlySigns = false;
  }
  const bool isSigned = at_ > begin;
  const ExprId value = operand();
  if (!isSigned) return value;
  const bool number = onlySigns && outline_.exprs_[value].shape == Shape::number;
  if (number) return add({.shape = Shape::number}, begin);
  return add({.shape = Shape::operation, .parts = {value}}, begin);
}

}  // namespace mydba::sql
