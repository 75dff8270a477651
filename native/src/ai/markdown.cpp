#include "ai/markdown.h"

#include <algorithm>

namespace mydba::ai {
namespace {

bool isPunctuation(unsigned char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

/// At most `limit` bytes, without half a character at the end.
std::string_view cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

constexpr std::string_view firstStrongIsolate = "\u2068";
constexpr std::string_view popIsolate = "\u2069";

/// Anything beyond Latin-1 may change the direction of what follows it.
bool mayReorder(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xC4; });
}

}  // namespace

std::string escaped(std::string_view text, std::size_t limit) {
  const std::string_view shown = cut(text, limit);
  const bool isolate = mayReorder(shown);
  std::string result(isolate ? firstStrongIsolate : "");
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto c = static_cast<unsigned char>(shown[i]);
    if (c < 0x20 || c == 0x7f) {
      result += ' ';
    } else if (shown.substr(i).starts_with("\u2066") || shown.substr(i).starts_with("\u2067") ||
               shown.substr(i).starts_with("\u2068") || shown.substr(i).starts_with("\u2069") ||
               (c == 0xE2 && shown.substr(i).size() > 2 && shown[i + 1] == '\x80' &&
                shown[i + 2] >= '\xaa' && shown[i + 2] <= '\xae')) {
      i += 2;  // a directional control (U+202A to U+202E, U+2066 to U+2069) could end our isolate
    } else {
      if (isPunctuation(c)) result += '\\';
      result += shown[i];
    }
  }
  if (shown.size() < text.size()) result += "…";
  if (isolate) result += popIsolate;
  return result;
}

std::string codeBlock(std::string_view language, std::string_view text, std::size_t limit) {
  const std::string_view shown = cut(text, limit);
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : shown) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  std::string result = "\n" + fence + std::string(language) + "\n" + std::string(shown);
  if (!result.ends_with('\n')) result += '\n';
  if (shown.size() < text.size()) result += "… (cut)\n";
  return result + fence + "\n";
}

}  // namespace mydba::ai
