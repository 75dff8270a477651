#pragma once

#include <string>
#include <string_view>

namespace mydba::sql {

/// True when `word` is the keyword `upper` (given in upper case ASCII), whatever its case.
constexpr bool isKeyword(std::string_view word, std::string_view upper) {
  if (word.size() != upper.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c) != upper[i]) return false;
  }
  return true;
}

/// ASCII letters in lower case: names that are compared whatever their case.
inline std::string lowerCase(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

/// ASCII letters in upper case: words of the language, which have no others.
inline std::string upperCase(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return text;
}

}  // namespace mydba::sql
