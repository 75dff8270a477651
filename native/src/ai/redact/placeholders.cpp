#include "ai/redact/placeholders.h"

#include <algorithm>
#include <array>

namespace mydba::ai {
namespace {

constexpr std::array<std::string_view, 19> kindNames = {
    "text",   "prefix_pattern", "open_pattern", "number",    "date", "timestamp", "interval",
    "binary", "uuid",           "json",         "email",     "url",  "host",      "ip",
    "path",   "user",           "secret",       "parameter", "name"};

}  // namespace

std::string_view name(ValueKind kind) { return kindNames[static_cast<std::size_t>(kind)]; }

std::string Placeholders::of(ValueKind kind, std::string_view value, std::string_view spelling) {
  const auto numbered = [&] {
    return ':' + std::string(name(kind)) + '_' + std::to_string(++last_[kind]);
  };
  if (kind == ValueKind::secret) return numbered();
  std::string key(1, static_cast<char>(kind));
  const auto [found, isNew] = byValue_.try_emplace(key.append(value));
  if (isNew) {
    found->second = numbered();
    spellings_.emplace(found->second, spelling);
  }
  return found->second;
}

void Placeholders::allowBack(const std::string& placeholder, std::string_view spelling) {
  literals_.try_emplace(placeholder, spelling);
}

const std::string* Placeholders::literal(std::string_view placeholder) const {
  const auto found = literals_.find(std::string(placeholder));
  return found == literals_.end() ? nullptr : &found->second;
}

const std::string* Placeholders::spelling(std::string_view placeholder) const {
  const auto found = spellings_.find(std::string(placeholder));
  return found == spellings_.end() ? nullptr : &found->second;
}

bool looksLikePlaceholder(std::string_view word) {
  if (!word.starts_with(':')) return false;
  const std::size_t last = word.rfind('_');
  if (last == word.npos || last + 1 == word.size()) return false;
  const std::string_view digits = word.substr(last + 1);
  return digits.find_first_not_of("0123456789") == digits.npos &&
         std::ranges::find(kindNames, word.substr(1, last - 1)) != kindNames.end();
}

}  // namespace mydba::ai
