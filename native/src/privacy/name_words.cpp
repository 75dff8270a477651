#include "privacy/name_words.h"

#include <cstdint>

#include "base/fold_case.h"
#include "base/utf8.h"

namespace mydba::privacy {
namespace {

enum class Letter : std::uint8_t { none, small, capital, digit, other };

Letter kindOf(std::string_view character) {
  const auto c = static_cast<unsigned char>(character[0]);
  if (c >= 'a' && c <= 'z') return Letter::small;
  if (c >= 'A' && c <= 'Z') return Letter::capital;
  if (c >= '0' && c <= '9') return Letter::digit;
  if (c < 0x80) return Letter::none;
  std::string folded;
  appendFolded(folded, character);
  if (folded != character) return Letter::capital;
  // Two bytes are letters of alphabets, where the case could be told; more are other scripts.
  return character.size() == 2 ? Letter::small : Letter::other;
}

/// A letter of Latin-1 without its accent; empty where it has none. In the order of their second
/// byte behind 0xC3, from 0xA0 (à) on.
std::string_view withoutAccent(std::string_view character) {
  static constexpr std::string_view plain[] = {
      "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
      "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};
  const auto second = character.size() == 2 ? static_cast<unsigned char>(character[1]) : 0U;
  if (character.size() != 2 || character[0] != '\xC3') return {};
  if (second == 0x9F) return "ss";
  return second >= 0xA0 ? plain[second - 0xA0] : std::string_view();
}

bool startsWord(Letter before, Letter here, Letter next) {
  if (before == here) return here == Letter::capital && next == Letter::small;
  return !(before == Letter::capital && here == Letter::small);
}

}  // namespace

std::vector<std::string> nameWords(std::string_view name) {
  std::vector<std::string> words;
  Letter before = Letter::none;
  for (std::size_t at = 0; at < name.size();) {
    const std::string_view rest = name.substr(at);
    const std::size_t size = std::max<std::size_t>(1, utf8Character(rest));
    const std::string_view character = rest.substr(0, size);
    at += size;
    const Letter here = kindOf(character);
    if (here != Letter::none) {
      const Letter next =
          at < name.size()
              ? kindOf(name.substr(at, std::max<std::size_t>(1, utf8Character(name.substr(at)))))
              : Letter::none;
      if (before == Letter::none || startsWord(before, here, next)) words.emplace_back();
      std::string folded;
      appendFolded(folded, character);
      const std::string_view plain = withoutAccent(folded);
      words.back() += plain.empty() ? std::string_view(folded) : plain;
    }
    before = here;
  }
  return words;
}

}  // namespace mydba::privacy
