#pragma once

// Editors count UTF-16 code units, the native side counts bytes of UTF-8. The conversion stands
// here, next to the offsets, and is used only where a method's answer leaves for an editor.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mydba::sql {

/// Converts byte offsets of one text to UTF-16 offsets. Offsets asked for in rising order cost one
/// pass over the text in all. One thread; `text` must outlive it.
class Utf16Cursor {
 public:
  explicit Utf16Cursor(std::string_view text) : text_(text) {}

  /// UTF-16 units before `byte`, which is clamped to the text. Text that is not UTF-8 gets some
  /// rising number.
  std::int64_t at(std::size_t byte);

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  std::int64_t units_ = 0;
};

/// The first byte of `text` with `units` UTF-16 units or more before it; its size when there are
/// fewer.
std::size_t byteAt(std::string_view text, std::int64_t units);

}  // namespace mydba::sql
