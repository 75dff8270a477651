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

}  // namespace mydba::sql
