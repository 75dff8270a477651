#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace mydba {
namespace {

unsigned byteAt(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool isContinuation(std::string_view text, std::size_t at) {
  return (byteAt(text, at) & 0xC0U) == 0x80U;
}

}  // namespace

std::size_t utf8Character(std::string_view text) {
  if (text.empty()) return 0;
  const unsigned first = byteAt(text, 0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!isContinuation(text, i)) return 0;
  const unsigned second = byteAt(text, 1);
  if (first == 0xE0 && second < 0xA0) return 0;  // overlong
  if (first == 0xED && second > 0x9F) return 0;  // surrogates
  if (first == 0xF0 && second < 0x90) return 0;  // overlong
  if (first == 0xF4 && second > 0x8F) return 0;  // above U+10FFFF
  return length;
}

bool validUtf8(std::string_view text) {
  constexpr std::uint64_t highBits = 0x8080808080808080ULL;
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t word = 0;
    while (at + sizeof word <= text.size()) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & highBits) != 0) break;
      at += sizeof word;
    }
    if (at == text.size()) break;
    // One character at a time until the text looks like ASCII again.
    do {
      const std::size_t length = utf8Character(text.substr(at));
      if (length == 0) return false;
      at += length;
    } while (at < text.size() && byteAt(text, at) >= 0x80);
  }
  return true;
}

std::string_view utf8Prefix(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  // A character has at most three continuation bytes; more of them are not UTF-8 anyway.
  for (int back = 0; back < 3 && end > 0 && isContinuation(text, end); ++back) --end;
  if (isContinuation(text, end)) end = limit;
  return text.substr(0, end);
}

std::size_t appendEscapedUtf8(std::string& out, std::string_view text, std::size_t limit) {
  constexpr char digits[] = "0123456789abcdef";
  std::size_t taken = 0;
  std::size_t written = 0;
  while (taken < text.size()) {
    const std::size_t length = utf8Character(text.substr(taken));
    const std::size_t needed = length == 0 ? 4 : length;
    if (written + needed > limit) break;
    if (length == 0) {
      const unsigned byte = byteAt(text, taken);
      const char escaped[] = {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
      out.append(escaped, sizeof escaped);
    } else {
      out.append(text.substr(taken, length));
    }
    written += needed;
    taken += std::max<std::size_t>(length, 1);
  }
  return taken;
}

}  // namespace mydba
