#include "sql/literal.h"

#include <algorithm>
#include <cstddef>

namespace mydba::sql {
namespace {

bool isEscapeString(std::string_view token) {
  return token.size() > 1 && (token[0] == 'E' || token[0] == 'e') && token[1] == '\'';
}

bool hasEscapes(std::string_view token, const Dialect& dialect) {
  const char quote = token[0];
  return isEscapeString(token) ||
         (dialect.backslashEscapes &&
          (quote == '\'' || (quote == '"' && dialect.doubleQuotedStrings)));
}

char escaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'b': return '\b';
    case '0': return '\0';
    default: return c;
  }
}

/// Length of `$tag$` at the start.
std::size_t tagLength(std::string_view token) {
  const std::size_t close = token.find('$', 1);
  return close == token.npos ? token.size() : close + 1;
}

}  // namespace

std::string literalValue(std::string_view token, const Dialect& dialect) {
  if (token.empty()) return {};
  if (token[0] == '$') {
    const std::size_t tag = tagLength(token);
    if (token.size() < 2 * tag) return std::string(token.substr(tag));
    return std::string(token.substr(tag, token.size() - 2 * tag));
  }
  const bool escapes = hasEscapes(token, dialect);
  if (isEscapeString(token)) token.remove_prefix(1);
  const char quote = token[0] == '[' ? ']' : token[0];
  token.remove_prefix(1);
  std::string value;
  value.reserve(token.size());
  for (std::size_t at = 0; at < token.size(); ++at) {
    const bool more = at + 1 < token.size();
    if (escapes && token[at] == '\\' && more) {
      value += escaped(token[++at]);
    } else if (token[at] == quote) {
      if (more && token[at + 1] == quote) value += token[at++];
    } else {
      value += token[at];
    }
  }
  return value;
}

bool isClosed(std::string_view token, const Dialect& dialect) {
  if (token.empty()) return true;
  if (token[0] == '$') {
    const std::size_t tag = tagLength(token);
    return token.size() >= 2 * tag && token.ends_with(token.substr(0, tag));
  }
  const bool escapes = hasEscapes(token, dialect);
  if (isEscapeString(token)) token.remove_prefix(1);
  if (token[0] == '[') return token.ends_with(']');
  const char quote = token[0];
  bool open = true;
  for (std::size_t at = 1; at < token.size(); ++at) {
    if (open && escapes && token[at] == '\\')
      ++at;
    else if (token[at] == quote)
      open = !open;  // a doubled quote closes and opens again
  }
  return !open;
}

bool canBeName(std::string_view number) {
  const auto isDigitOrPoint = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
  return !number.ends_with('.') && !std::all_of(number.begin(), number.end(), isDigitOrPoint);
}

bool readsOtherwise(std::string_view token) {
  if (isEscapeString(token)) return false;
  for (std::size_t at = token.find('\\'); at < token.size(); at = token.find('\\', at + 1)) {
    std::size_t behind = at;
    while (behind < token.size() && token[behind] == '\\') ++behind;
    const bool odd = (behind - at) % 2 == 1;
    if (odd && behind < token.size() && (token[behind] == '\'' || token[behind] == '"'))
      return true;
    at = behind;
  }
  return false;
}

}  // namespace mydba::sql
