#include "sql/condition.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sql/predicate.h"

namespace mydba::sql {
namespace {

/// One level of parentheses.
struct Level {
  std::size_t close = 0;   // index of its closing parenthesis, or the end
  Truth any = Truth::no;   // of the alternatives so far
  Truth all = Truth::yes;  // of the parts of the current alternative so far
  bool negated = false;    // the whole level
  bool negateNext = false;
  bool empty = true;                  // no part yet
  bool single = true;                 // one alternative so far
  std::size_t part = 0;               // where the current part begins
  std::size_t alternative = 0;        // where the current alternative begins
  std::size_t orAt = 0;               // the OR before it
  std::optional<std::size_t> proved;  // start of an alternative that is, or begins with, a truth
  Range before;                       // the alternative before, when it is one predicate
};

class ConditionReader {
 public:
  ConditionReader(const TokenList& tokens, std::size_t begin, std::size_t end,
                  const Dialect& dialect)
      : tokens_(tokens), dialect_(dialect), end_(end) {
    levels_.push_back({.close = end, .part = begin, .alternative = begin});
  }

  ConditionFacts read() {
    std::size_t at = levels_.back().part;
    while (at < end_) at = step(at);
    while (levels_.size() > 1) leave(end_);
    const Truth truth = finish(levels_.back(), end_);
    facts_.alwaysTrue = truth == Truth::yes || truth == Truth::constant;
    return facts_;
  }

 private:
  std::size_t step(std::size_t at) {
    Level& level = levels_.back();
    if (at == level.close) {
      leave(at);
      return at + 1;
    }
    const bool first = at == level.part;
    if (first && isNot(at)) {
      level.negateNext = !level.negateNext;
      level.part = at + 1;
      return at + 1;
    }
    if (tokens_.isSymbol(at, '(')) return openGroup(at, first);
    if (tokens_.is(at, Keyword::case_)) return behindCase(at);
    if (tokens_.is(at, Keyword::between)) return behindBetween(at);
    if (const std::size_t length = orLength(at)) {
      endAlternative(level, at, at + length);
      return at + length;
    }
    if (const std::size_t length = andLength(at)) {
      endPart(level, at);
      level.part = at + length;
      return at + length;
    }
    return at + 1;
  }

  bool isNot(std::size_t at) const {
    return tokens_.is(at, Keyword::not_) ||
           (tokens_.isSymbol(at, '!') && !tokens_.isSymbol(at + 1, '='));
  }

  std::size_t orLength(std::size_t at) const {
    if (tokens_.is(at, Keyword::or_) || tokens_.is(at, Keyword::xor_)) return 1;
    return dialect_.pipesAreOr && isPair(at, '|') ? 2 : 0;
  }
  std::size_t andLength(std::size_t at) const {
    if (tokens_.is(at, Keyword::and_)) return 1;
    return dialect_.pipesAreOr && isPair(at, '&') ? 2 : 0;
  }
  bool isPair(std::size_t at, char symbol) const {
    return tokens_.isSymbol(at, symbol) && tokens_.isSymbol(at + 1, symbol) &&
           tokens_.touchesPrevious(at + 1);
  }

  /// Parentheses around conditions are entered; arguments, operands and sub-queries are skipped.
  std::size_t openGroup(std::size_t at, bool first) {
    const std::size_t close = std::min(tokens_.partner(at), end_);
    if (!first || startsQuery(tokens_, at + 1) || !endsCondition(close + 1)) return close + 1;
    const bool negated = std::exchange(levels_.back().negateNext, false);
    levels_.push_back({.close = close, .negated = negated, .part = at + 1, .alternative = at + 1});
    return at + 1;
  }

  bool endsCondition(std::size_t at) const {
    return at >= end_ || at == levels_.back().close || orLength(at) || andLength(at);
  }

  /// CASE … END is one operand, whatever stands inside.
  std::size_t behindCase(std::size_t at) const {
    std::size_t depth = 0;
    const std::size_t close = levels_.back().close;
    for (; at < close; ++at) {
      if (tokens_.isSymbol(at, '(')) at = std::min(tokens_.partner(at), close);
      if (tokens_.is(at, Keyword::case_)) ++depth;
      if (tokens_.is(at, Keyword::end) && --depth == 0) return at + 1;
    }
    return close;
  }

  /// The AND of BETWEEN x AND y is none of ours.
  std::size_t behindBetween(std::size_t at) const {
    const std::size_t close = levels_.back().close;
    for (++at; at < close && !tokens_.is(at, Keyword::and_); ++at)
      if (tokens_.isSymbol(at, '(')) at = std::min(tokens_.partner(at), close);
    return std::min(at + 1, close);
  }

  void endPart(Level& level, std::size_t at) {
    if (at == level.part) return;  // a group has given its value already
    const PredicateFacts part = readPredicate(tokens_, {level.part, at});
    facts_.joins = facts_.joins || part.joins;
    addPart(level, level.negateNext ? negate(part.truth) : part.truth);
  }

  void addPart(Level& level, Truth truth) {
    // `OR 'a'='a' AND password = ''`: what an injected text is followed by does not matter.
    if (level.empty && !level.single && truth == Truth::yes && !level.proved)
      level.proved = level.orAt;
    level.all = level.empty ? truth : both(level.all, truth);
    level.empty = level.negateNext = false;
  }

  void closeAlternative(Level& level, std::size_t at) {
    const Range range{level.alternative, at};
    endPart(level, at);
    if (!level.single && areOpposites(tokens_, level.before, range)) level.any = Truth::yes;
    level.before = range;
    if (level.all == Truth::yes && !level.proved)
      level.proved = level.single ? level.alternative : level.orAt;
    level.any = level.single ? level.all : either(level.any, level.all);
  }

  void endAlternative(Level& level, std::size_t at, std::size_t next) {
    closeAlternative(level, at);
    level.single = false;
    level.orAt = at;
    level.empty = true;
    level.all = Truth::yes;
    level.part = level.alternative = next;
  }

  Truth finish(Level& level, std::size_t at) {
    closeAlternative(level, at);
    if (!level.single && level.proved && !facts_.injection)
      facts_.injection = tokens_[*level.proved].start;
    return level.negated ? negate(level.any) : level.any;
  }

  void leave(std::size_t at) {
    const Truth truth = finish(levels_.back(), at);
    levels_.pop_back();
    Level& outer = levels_.back();
    addPart(outer, truth);
    outer.part = at + 1;
  }

  const TokenList& tokens_;
  const Dialect& dialect_;
  const std::size_t end_;
  std::vector<Level> levels_;
  ConditionFacts facts_;
};

}  // namespace

ConditionFacts readCondition(const TokenList& tokens, std::size_t begin, std::size_t end,
                             const Dialect& dialect) {
  if (begin >= end) return {};
  return ConditionReader(tokens, begin, end, dialect).read();
}

}  // namespace mydba::sql
