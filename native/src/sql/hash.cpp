#include "sql/hash.h"

#include <bit>
#include <cstddef>
#include <cstring>

namespace mydba::sql {
namespace {

// Odd numbers with as many ones as zeros: the fractions of the golden ratio and of the square roots
// of 2 and 3.
constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
constexpr std::uint64_t root2 = 0x6A09E667F3BCC909;
constexpr std::uint64_t root3 = 0xBB67AE8584CAA73B;

/// Little-endian, whatever the machine.
std::uint64_t load(const char* bytes, std::size_t count) {
  std::uint64_t value = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&value, bytes, count);
    return value;
  }
  for (std::size_t i = 0; i < count; ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return value;
}

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 32;
  value *= root2;
  value ^= value >> 29;
  value *= root3;
  return value ^ (value >> 32);
}

}  // namespace

std::uint64_t hash64(std::string_view text) {
  std::uint64_t hash = golden ^ text.size();
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    hash = (hash ^ load(text.data() + at, 8)) * golden;
    hash ^= hash >> 31;
  }
  hash = (hash ^ load(text.data() + at, text.size() - at)) * golden;
  return mix(hash);
}

}  // namespace mydba::sql
