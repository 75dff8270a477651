#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>

#include "sql/keywords.h"

namespace mydba::sql {

/// A set of keywords, one bit each.
class KeywordSet {
 public:
  constexpr KeywordSet(std::initializer_list<Keyword> keywords) {
    for (const Keyword keyword : keywords)
      bits_[index(keyword) / 64] |= std::uint64_t{1} << (index(keyword) % 64);
  }
  constexpr bool contains(Keyword keyword) const {
    return (bits_[index(keyword) / 64] >> (index(keyword) % 64) & 1) != 0;
  }

 private:
  static constexpr unsigned index(Keyword keyword) { return static_cast<unsigned>(keyword); }

  std::array<std::uint64_t, 4> bits_{};
};

}  // namespace mydba::sql
