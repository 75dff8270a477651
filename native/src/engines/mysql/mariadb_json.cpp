#include "engines/mysql/mariadb_json.h"

#include <nlohmann/json.hpp>

namespace mydba::mysql {
namespace {

/// Bytes that are not UTF-8 become U+FFFD.
std::string quoted(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The texts of a list on one line: `a", "b` between its outer quotes.
std::string quotedList(std::string_view inner) {
  constexpr std::string_view between = "\", \"";
  std::string list;
  for (;;) {
    const auto end = inner.find(between);
    list += quoted(inner.substr(0, end));
    if (end == std::string_view::npos) return list;
    list += ", ";
    inner.remove_prefix(end + between.size());
  }
}

/// `  "name": "text",` and `  "name": ["text", "text"]`; any other line stays.
std::string escapedLine(std::string_view line) {
  constexpr std::string_view colon = "\": ";
  const auto named = line.find(colon);
  if (named == std::string_view::npos) return std::string(line);
  const auto value = named + colon.size();
  auto end = line.find_last_not_of(", \r");
  const bool list = line.substr(value).starts_with("[\"") && line[end] == ']';
  const auto open = value + (list ? 1 : 0);
  if (list) --end;
  if (end <= open || line[open] != '"' || line[end] != '"') return std::string(line);
  const auto inner = line.substr(open + 1, end - open - 1);
  return std::string(line.substr(0, open)) + (list ? quotedList(inner) : quoted(inner)) +
         std::string(line.substr(end + 1));
}

}  // namespace

std::string escapedTexts(std::string_view plan) {
  std::string escaped;
  while (!plan.empty()) {
    const auto end = plan.find('\n');
    escaped += escapedLine(plan.substr(0, end));
    if (end == std::string_view::npos) break;
    escaped += '\n';
    plan.remove_prefix(end + 1);
  }
  return escaped;
}

}  // namespace mydba::mysql
