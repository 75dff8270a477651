#include "sql/keywords.h"

#include <array>
#include <cstddef>
#include <iterator>

#include "sql/keyword.h"

namespace mydba::sql {
namespace {

constexpr std::string_view texts[] = {"",
#define MYDBA_SQL_KEYWORD_TEXT(name, text) text,
                                      MYDBA_SQL_KEYWORDS(MYDBA_SQL_KEYWORD_TEXT)
#undef MYDBA_SQL_KEYWORD_TEXT
};

constexpr std::size_t longest = 13;  // STRAIGHT_JOIN, AUTHORIZATION

// An open hash table, less than half full. Its key is the first and the last four bytes of a word
// (or two, of a short one) in lower case, which tells all keywords apart.
constexpr std::size_t slotCount = 512;
constexpr std::uint64_t lowerCaseBits = 0x2020202020202020;

constexpr std::uint64_t byteAt(std::string_view word, std::size_t at, int shift) {
  return static_cast<std::uint64_t>(static_cast<unsigned char>(word[at])) << shift;
}

constexpr std::uint64_t keyOf(std::string_view word) {
  const std::size_t size = word.size();
  std::uint64_t key = 0;
  if (size >= 4) {
    for (std::size_t i = 0; i < 4; ++i)
      key |= byteAt(word, i, static_cast<int>(8 * i)) |
             byteAt(word, size - 4 + i, static_cast<int>(32 + 8 * i));
  } else {
    key = byteAt(word, 0, 0) | byteAt(word, 1, 8) | byteAt(word, size - 2, 16) |
          byteAt(word, size - 1, 24);
  }
  return key | lowerCaseBits;
}

constexpr std::size_t slotOf(std::uint64_t key, std::size_t size) {
  return static_cast<std::size_t>(((key + size) * 0x9E3779B97F4A7C15) >> 55);
}

struct Slot {
  std::uint64_t key = 0;
  Keyword keyword = Keyword::none;
};

constexpr auto slots = [] {
  std::array<Slot, slotCount> table{};
  for (std::size_t i = 1; i < std::size(texts); ++i) {
    const std::uint64_t key = keyOf(texts[i]);
    std::size_t at = slotOf(key, texts[i].size());
    while (table[at].keyword != Keyword::none) at = (at + 1) % slotCount;
    table[at] = {key, static_cast<Keyword>(i)};
  }
  return table;
}();

}  // namespace

Keyword findKeyword(std::string_view word) {
  if (word.size() < 2 || word.size() > longest) return Keyword::none;
  const std::uint64_t key = keyOf(word);
  for (std::size_t at = slotOf(key, word.size()); slots[at].keyword != Keyword::none;
       at = (at + 1) % slotCount) {
    const auto index = static_cast<std::size_t>(slots[at].keyword);
    if (slots[at].key == key && isKeyword(word, texts[index])) return slots[at].keyword;
  }
  return Keyword::none;
}

}  // namespace mydba::sql
