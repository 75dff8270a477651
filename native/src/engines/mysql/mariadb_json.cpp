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

/// Where the value of the member or list element begins with which a document goes on.
std::size_t valueIn(std::string_view document) {
  const auto start = document.find_first_not_of(' ');
  if (start == std::string_view::npos || document[start] != '"') return 0;
  constexpr std::string_view colon = "\": ";
  // A name is a word; a range, `(a": b) <= (column)`, is none.
  const auto close = document.find_first_of("\" (", start + 1);
  const bool named = close != std::string_view::npos && document.substr(close).starts_with(colon);
  return named ? close + colon.size() : start;
}

/// A line, and those after it when the text in it has line breaks: `  "name": "text",`, `  "text"`
/// and `  "name": ["text", "text"]` with their texts escaped; anything else stays.
std::string escapedLine(std::string_view line, std::size_t value, bool list) {
  auto end = line.find_last_not_of(", \r");
  if (list) --end;
  const auto open = value + (list ? 1 : 0);
  if (end <= open || line[open] != '"' || line[end] != '"') return std::string(line);
  const auto inner = line.substr(open + 1, end - open - 1);
  return std::string(line.substr(0, open)) + (list ? quotedList(inner) : quoted(inner)) +
         std::string(line.substr(end + 1));
}

/// Every text escaped.
std::string escapedTexts(std::string_view document) {
  std::string escaped;
  while (!document.empty()) {
    const auto value = valueIn(document);
    const bool list = document.substr(value).starts_with("[\"");
    const bool text = list || document.substr(value).starts_with('"');
    const auto closed = [&](std::size_t end) {
      const auto last = document.substr(0, end).find_last_not_of(", \r");
      return !text || (last > value && document[last] == (list ? ']' : '"'));
    };
    auto end = document.find('\n');
    while (end != std::string_view::npos && !closed(end)) end = document.find('\n', end + 1);
    const auto line = document.substr(0, end);
    escaped += text ? escapedLine(line, value, list) : line;
    if (end == std::string_view::npos) break;
    escaped += '\n';
    document.remove_prefix(end + 1);
  }
  return escaped;
}

}  // namespace

Result<PlanJson> parseUnescaped(std::string_view text, std::string_view what) {
  auto document = parsePlan(text, what);
  const bool broken = !document && document.error().code == ErrorCode::server;
  return broken ? parsePlan(escapedTexts(text), what) : document;
}

}  // namespace mydba::mysql
