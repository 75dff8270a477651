#include "sql/keywords.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <type_traits>

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

constexpr std::uint64_t load(const char* bytes, std::size_t count) {
  if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes, count);
    return word;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return value;
}

constexpr std::uint64_t keyOf(std::string_view word) {
  const char* const last = word.data() + word.size();
  const std::uint64_t key = word.size() >= 4 ? load(word.data(), 4) | load(last - 4, 4) << 32
                                             : load(word.data(), 2) | load(last - 2, 2) << 16;
  return key | lowerCaseBits;
}

constexpr std::size_t slotOf(std::uint64_t key, std::size_t size) {
  return static_cast<std::size_t>(((key + size) * 0x9E3779B97F4A7C15) >> 55);
}

struct Slot {
  std::uint64_t key = 0;
  std::uint8_t size = 0;
  Keyword keyword = Keyword::none;
};

constexpr auto slots = [] {
  std::array<Slot, slotCount> table{};
  for (std::size_t i = 1; i < std::size(texts); ++i) {
    const std::uint64_t key = keyOf(texts[i]);
    std::size_t at = slotOf(key, texts[i].size());
    while (table[at].keyword != Keyword::none) at = (at + 1) % slotCount;
    table[at] = {key, static_cast<std::uint8_t>(texts[i].size()), static_cast<Keyword>(i)};
  }
  return table;
}();

}  // namespace

Keyword findKeyword(std::string_view word) {
  if (word.size() < 2 || word.size() > longest) return Keyword::none;
  const std::uint64_t key = keyOf(word);
  for (std::size_t at = slotOf(key, word.size()); slots[at].keyword != Keyword::none;
       at = (at + 1) % slotCount) {
    const Slot& slot = slots[at];
    if (slot.key != key || slot.size != word.size()) continue;
    // Up to eight bytes the key is the word.
    if (word.size() <= 8 || isKeyword(word, texts[static_cast<std::size_t>(slot.keyword)]))
      return slot.keyword;
  }
  return Keyword::none;
}

}  // namespace mydba::sql
