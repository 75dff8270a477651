#include "base/fold_case.h"

#include <cstddef>

namespace mydba {
namespace {

/// Lower case of a character that takes two bytes in UTF-8.
unsigned foldTwoBytes(unsigned c) {
  if (c >= 0xC0 && c <= 0xDE) return c == 0xD7 ? c : c + 0x20;  // Latin-1; 0xD7 is a sign
  if (c == 0x178) return 0xFF;
  if (c == 0x130 || c == 0x131 || c == 0x138 || c == 0x149) return c;  // no pair of two bytes
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return (c & 1U) != 0 ? c + 1 : c;
  if (c >= 0x100 && c <= 0x177) return c | 1U;
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;  // Greek
  if (c == 0x3C2) return 0x3C3;                   // final sigma
  if (c == 0x386) return 0x3AC;
  if (c >= 0x388 && c <= 0x38A) return c + 0x25;
  if (c == 0x38C) return 0x3CC;
  if (c == 0x38E || c == 0x38F) return c + 0x3F;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;  // Cyrillic
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  return c;
}

}  // namespace

void appendFolded(std::string& out, std::string_view text) {
  const std::size_t start = out.size();
  out.append(text);
  char* at = out.data() + start;
  char* const end = at + text.size();
  for (; at < end; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte < 0x80) {
      if (byte >= 'A' && byte <= 'Z') *at = static_cast<char>(byte | 0x20U);
    } else if (byte >= 0xC3 && byte <= 0xD1 && at + 1 < end) {
      const unsigned next = static_cast<unsigned char>(at[1]);
      if ((next & 0xC0U) != 0x80U) continue;
      const unsigned folded = foldTwoBytes((byte & 0x1FU) << 6U | (next & 0x3FU));
      *at = static_cast<char>(0xC0U | folded >> 6U);
      *++at = static_cast<char>(0x80U | (folded & 0x3FU));
    }
  }
}

}  // namespace mydba
