#pragma once

#include <string_view>

namespace mydba {

/// True when the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong
/// forms, nothing above U+10FFFF). Empty text is.
bool isUtf8(std::string_view text);

}  // namespace mydba
