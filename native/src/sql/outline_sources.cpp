#include <algorithm>

#include "sql/outline_reader.h"

namespace mydba::sql {
namespace {

// `a JOIN b JOIN c ON … ON …`: how far back a condition looks for its join.
constexpr std::size_t nestedConditions = 8;

}  // namespace

/// The members of FROM, joined by commas and JOIN; `first` is how the first one is.
void OutlineReader::sources(QueryId id, Join first) {
  Source next{.join = first};
  for (;;) {
    source(id, next);
    while ((is(Keyword::on) && !endsPart()) ||
           (is(Keyword::using_) && tokens_.isSymbol(at_ + 1, '(') && next.joinAt != nothing))
      joinCondition(id);
    std::size_t at = at_;
    next = {};
    next.joinAt = here();
    if (!joinNext(next.join, next.natural, at)) return;
    at_ = at;
  }
}

/// Whether a comma or a join stands at `at`, which goes behind it.
bool OutlineReader::joinNext(Join& join, bool& natural, std::size_t& at) {
  if (isSymbol(',')) {
    join = Join::comma;
    ++at;
    return true;
  }
  if (keywordAt(at) == Keyword::straightJoin) {
    join = Join::inner;
    ++at;
    return true;
  }
  join = Join::inner;
  natural = keywordAt(at) == Keyword::natural;
  at += natural ? 1 : 0;
  switch (keywordAt(at)) {
    case Keyword::left:
      join = Join::left;
      ++at;
      break;
    case Keyword::right:
      join = Join::right;
      ++at;
      break;
    case Keyword::full:
      join = Join::full;
      ++at;
      break;
    case Keyword::cross:
      join = Join::cross;
      ++at;
      break;
    case Keyword::inner: ++at; break;
    default: break;
  }
  at += keywordAt(at) == Keyword::outer ? 1 : 0;
  return keywordAt(at++) == Keyword::join;
}

void OutlineReader::source(QueryId id, Source found) {
  const std::size_t begin = at_;
  found.lateral = accept(Keyword::lateral);
  accept(Keyword::only);
  if (isSymbol('(')) {
    const Group inside(*this, at_);
    if (inside.tooDeep()) return;
    if (startsQuery(tokens_, at_) && !isSymbol('(')) {
      found.query = parts(Place::from, current_);
    } else {
      sources(id, found.join);
      return;
    }
  } else if (isClauseWord(at_)) {
    return;
  } else {
    found.name = readTableName();
    if (isSymbol('(')) {
      found.function = true;
      call(found.name.begin);
    }
    if (at_ == begin) return skip();
  }
  sourceAlias(found);
  found.tokens = {begin, at_};
  at(id).sources.push_back(std::move(found));
}

void OutlineReader::sourceAlias(Source& found) {
  if (is(Keyword::partition)) {
    ++at_;
    if (isSymbol('(')) skip();
  }
  if (is(Keyword::with) && tokens_.isWord(at_ + 1, "ORDINALITY")) at_ += 2;
  if (is(Keyword::for_) && tokens_.isWord(at_ + 1, "SYSTEM_TIME")) return;
  found.alias = alias(found.explicitAs);
  if (isSymbol('(') && (found.alias != nothing || found.explicitAs)) skip();
  indexHint(found);
  if (is(Keyword::tablesample)) {
    at_ = std::min(at_ + 2, end_);
    if (isSymbol('(')) skip();
  }
}

void OutlineReader::indexHint(Source& found) {
  for (;;) {
    const bool named = is(Keyword::use) || is(Keyword::ignore) || isWord("FORCE");
    if (named && (keywordAt(at_ + 1) == Keyword::index || keywordAt(at_ + 1) == Keyword::key)) {
      found.hint = here();
      for (at_ += 2; at_ < end_ && !isSymbol('('); ++at_) {
      }
      if (at_ < end_) skip();
      acceptSymbol(',');
    } else if (isWord("INDEXED") && keywordAt(at_ + 1) == Keyword::by) {
      found.hint = here();
      at_ = std::min(at_ + 3, end_);
    } else if (is(Keyword::not_) && tokens_.isWord(at_ + 1, "INDEXED")) {
      found.hint = here();
      at_ += 2;
    } else {
      return;
    }
  }
}

void OutlineReader::joinCondition(QueryId id) {
  const bool columns = is(Keyword::using_);
  ++at_;
  ExprId condition = nothing;
  if (columns) {
    if (isSymbol('(')) skip();
  } else {
    condition = expression();
  }
  auto& all = at(id).sources;
  if (all.empty()) return;
  std::size_t which = all.size() - 1;
  for (std::size_t back = 0; back < std::min(all.size(), nestedConditions); ++back) {
    const Source& one = all[all.size() - 1 - back];
    if (one.on != nothing || one.usesColumns || one.join == Join::comma) continue;
    which = all.size() - 1 - back;
    break;
  }
  all[which].usesColumns = columns;
  if (!columns) all[which].on = condition;
}

/// Empty when no name stands here.
Range OutlineReader::readTableName() {
  const std::size_t begin = at_;
  if (at_ >= end_ || (!tokens_.isName(at_) && tokens_[at_].kind != TokenKind::string))
    return {begin, begin};
  ++at_;
  while (isSymbol('.') && at_ + 1 < end_) at_ += 2;
  return {begin, at_};
}

}  // namespace mydba::sql
