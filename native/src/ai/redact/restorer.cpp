#include "ai/redact/restorer.h"

#include <algorithm>

#include "ai/redact/private_shapes.h"

namespace mydba::ai {
namespace {

/// A longer word is neither; the longest kind of placeholder and twelve digits.
constexpr std::size_t longestPlaceholder = 32;

bool isQuote(char c) { return c == '"' || c == '`' || c == '[' || c == ']'; }

/// Part of a word that could be an alias (`t1`) or placeholder (`:text_1`).
bool isTokenByte(char c) { return isWordByte(c) || c == ':'; }

void appendDoubled(std::string& out, std::string_view name, char quote) {
  for (const char c : name) {
    if (c == quote) out += c;
    out += c;
  }
}

}  // namespace

std::size_t Restorer::longest() const {
  return std::max(longestPlaceholder, conversation_.aliases.longest());
}

std::string Restorer::feed(std::string_view piece) {
  held_ += piece;
  std::string out;
  std::size_t at = 0;
  while (at < held_.size()) {
    if (!isTokenByte(held_[at])) {
      last_ = held_[at];
      out += held_[at++];
      continue;
    }
    // `a:text_1`, `::text_1`: words and colons in turn, of which each may be something.
    std::size_t end = at + 1;
    while (end < held_.size() && isWordByte(held_[end])) ++end;
    // What stands behind decides too: whether the word ends here, and whether a quote follows.
    if (end == held_.size() && end - at <= longest()) break;
    write(std::string_view(held_).substr(at, end - at), end < held_.size() ? held_[end] : '\0',
          out);
    at = end;
  }
  held_.erase(0, at);
  return out;
}

std::string Restorer::finish() {
  std::string out;
  if (!held_.empty()) write(held_, '\0', out);
  held_.clear();
  return out;
}

void Restorer::write(std::string_view word, char next, std::string& out) {
  const char before = last_;
  last_ = word.back();
  const bool colon = word[0] == ':';
  // As a statement spells it: in prose it may have stood in other quotes, which no server takes.
  const std::string* value = conversation_.placeholders.literal(word);
  if (!value) value = conversation_.placeholders.spelling(word);
  const AliasedName* aliased = conversation_.aliases.named(colon ? word.substr(1) : word);
  // Without a colon only the rest of a word that was too long to wait for follows another.
  if ((!colon && isTokenByte(before)) || (!value && !aliased)) {
    out += word;
  } else if (value) {
    const bool quoted = before == '\'' && next == '\'' && value->size() > 1;
    out += quoted && value->front() == '\'' ? value->substr(1, value->size() - 2) : *value;
  } else {
    if (colon) out += ':';
    const bool quoted = !colon && isQuote(before) && isQuote(next);
    const char quote = quoted ? next : aliased->quote;
    if (!quoted && quote) out += quote;
    appendDoubled(out, aliased->name, quote);
    if (!quoted && quote) out += quote;
  }
}

std::string restored(const Conversation& conversation, std::string_view answer) {
  Restorer restorer(conversation);
  std::string all = restorer.feed(answer);
  return all + restorer.finish();
}

}  // namespace mydba::ai
