#include "sql/text_position.h"

#include <algorithm>

namespace mydba::sql {

std::int64_t Utf16Cursor::at(std::size_t byte) {
  byte = std::min(byte, text_.size());
  if (byte < byte_) {
    byte_ = 0;
    units_ = 0;
  }
  // Every byte but a continuation starts a character; those of four bytes are a surrogate pair.
  std::int64_t units = 0;
  for (const char c : text_.substr(byte_, byte - byte_)) {
    const auto unit = static_cast<unsigned char>(c);
    units += static_cast<int>((unit & 0xC0) != 0x80) + static_cast<int>(unit >= 0xF0);
  }
  units_ += units;
  byte_ = byte;
  return units_;
}

std::size_t byteAt(std::string_view text, std::int64_t units) {
  Utf16Cursor cursor(text);
  std::size_t byte = 0;
  const auto continues = [&] { return (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80; };
  while (byte < text.size() && (cursor.at(byte) < units || continues())) ++byte;
  return byte;
}

}  // namespace mydba::sql
