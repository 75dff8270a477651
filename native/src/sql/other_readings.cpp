#include "sql/other_readings.h"

#include <algorithm>

#include "sql/literal.h"

namespace mydba::sql {

OtherReadings::OtherReadings(std::string_view text, const Dialect& dialect) {
  if (!dialect.modesDecideQuotes || !readsOtherwise(text)) return;
  const Reading own = read(text, dialect);
  Dialect other = dialect;
  const auto add = [&] {
    Reading reading = read(text, other);
    if (!reading.complete && own.complete && !own.glued) return;
    hidden_.insert(hidden_.end(), reading.ranges.begin(), reading.ranges.end());
  };
  other.backslashEscapes = !dialect.backslashEscapes;
  add();
  if (dialect.backslashEscapes) {
    // ANSI_QUOTES: in names a backslash is nothing special.
    other.backslashEscapes = true;
    other.doubleQuotedStrings = !dialect.doubleQuotedStrings;
    add();
  }
  std::sort(hidden_.begin(), hidden_.end(),
            [](const Range& a, const Range& b) { return a.start < b.start; });
  // Joined, so that one place in the list is enough to remember.
  std::size_t kept = 0;
  for (std::size_t i = 1; i < hidden_.size(); ++i) {
    if (hidden_[i].start < hidden_[kept].end)
      hidden_[kept].end = std::max(hidden_[kept].end, hidden_[i].end);
    else
      hidden_[++kept] = hidden_[i];
  }
  if (!hidden_.empty()) hidden_.resize(kept + 1);
}

OtherReadings::Reading OtherReadings::read(std::string_view text, const Dialect& dialect) {
  Reading reading;
  Lexer lexer(text, dialect);
  Token last;
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    const bool isText = token.kind == TokenKind::string;
    if (isText || token.kind == TokenKind::comment)
      reading.ranges.push_back({token.start, token.end});
    if (isText || token.kind == TokenKind::quotedName)
      reading.complete = reading.complete && isClosed(lexer.textOf(token), dialect);
    const bool word = token.kind == TokenKind::word || token.kind == TokenKind::number;
    if (word && last.kind == TokenKind::string && last.end == token.start) reading.glued = true;
    last = token;
  }
  return reading;
}

bool OtherReadings::hides(std::size_t start, std::size_t end) {
  while (at_ < hidden_.size() && hidden_[at_].end <= start) ++at_;
  return at_ < hidden_.size() && hidden_[at_].start < end;
}

}  // namespace mydba::sql
