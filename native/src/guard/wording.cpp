#include "guard/wording.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/utf8.h"

namespace mydba::guard {
namespace {

constexpr std::size_t longestName = 80;
constexpr std::size_t mostNames = 5;

/// Characters that would end the line or turn the direction of what follows (Unicode Standard
/// Annex 9, "Explicit directional formatting characters").
bool isFormatting(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character[0]);
  if (byte < 0x20 || byte == 0x7F) return true;
  if (character.size() == 2) return byte == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
  if (character.size() != 3 || byte != 0xE2) return false;
  const auto second = static_cast<unsigned char>(character[1]);
  const auto third = static_cast<unsigned char>(character[2]);
  return (second == 0x80 && (third == 0x8E || third == 0x8F || (third >= 0xA8 && third <= 0xAE))) ||
         (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

}  // namespace

std::string_view inWords(protocol::Environment environment) {
  switch (environment) {
    case protocol::Environment::dev: return "development";
    case protocol::Environment::staging: return "staging";
    case protocol::Environment::prod: return "production";
  }
  return "";
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > first + 3;) text.insert(at -= 3, 1, ',');
  return text;
}

std::string humanSize(std::int64_t bytes) {
  static constexpr std::array units = {"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return counted(bytes, "byte");
  auto size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  // What would be shown as 1000 is 1.0 of the next unit.
  for (; size >= 999.5 && unit + 1 < units.size(); ++unit) size /= 1000;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  return text.data();
}

std::string plural(std::string_view noun) {
  if (noun.ends_with("x")) return std::string(noun) + "es";
  if (noun.ends_with("cy")) return std::string(noun.substr(0, noun.size() - 1)) + "ies";
  return std::string(noun) + "s";
}

std::string counted(std::int64_t count, std::string_view noun) {
  return grouped(count) + " " + (count == 1 ? std::string(noun) : plural(noun));
}

std::string shown(std::string_view name) {
  std::string text;
  while (!name.empty()) {
    const std::size_t length = utf8Character(name);
    const std::string_view character = name.substr(0, std::max<std::size_t>(length, 1));
    if (text.size() + character.size() > longestName) return text + "…";
    text += length == 0 || isFormatting(character) ? "?" : character;
    name.remove_prefix(character.size());
  }
  return text;
}

std::string listed(std::span<const std::string> names, std::int64_t count) {
  const std::size_t named = std::min(names.size(), mostNames);
  const auto rest = count - static_cast<std::int64_t>(named);
  std::string text;
  for (std::size_t i = 0; i < named; ++i) {
    if (i > 0) text += i + 1 == named && rest <= 0 ? " and " : ", ";
    text += shown(names[i]);
  }
  if (rest > 0) text += (text.empty() ? "" : " and ") + grouped(rest) + (named ? " more" : "");
  return text;
}

}  // namespace mydba::guard
