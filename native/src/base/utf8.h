#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mydba {

/// Bytes of the well-formed UTF-8 character that `text` starts with (1 to 4); 0 when it does not
/// start with one: no overlong forms, no surrogates, nothing above U+10FFFF (Unicode, table 3-7).
std::size_t utf8Character(std::string_view text);

/// True when all of `text` is well-formed UTF-8. Fast for ASCII.
bool validUtf8(std::string_view text);

/// The longest start of `text` of at most `limit` bytes that does not split a character.
std::string_view utf8Prefix(std::string_view text, std::size_t limit);

/// Appends `text` to `out` with every byte that is not part of a well-formed character written as
/// `\xNN`, and stops before more than `limit` bytes were appended. Returns the bytes of `text` that
/// were taken.
std::size_t appendEscapedUtf8(std::string& out, std::string_view text, std::size_t limit);

}  // namespace mydba
