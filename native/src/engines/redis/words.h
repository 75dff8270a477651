#pragma once

#include <string>
#include <string_view>

namespace mydba::redis {

/// ASCII letters in upper case; command names and keywords have no others.
inline std::string upperCase(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

}  // namespace mydba::redis
