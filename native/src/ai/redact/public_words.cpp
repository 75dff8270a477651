#include "ai/redact/public_words.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/embedded.h"
#include "guard/knowledge.h"
#include "sql/dialect.h"
#include "sql/keyword.h"

namespace mydba::ai {
namespace {

constexpr std::string_view dialects[] = {"postgres", "mysql", "mariadb", "sqlite", "redis"};

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWordByte(char c) { return isLetter(c) || isDigit(c) || c == '_' || c == '-'; }

bool isTechnical(std::string_view word) {
  const auto odd = [](char c) { return !(c >= 'a' && c <= 'z'); };
  return std::any_of(word.begin() + 1, word.end(), odd);
}

std::unordered_set<std::string> wordsOfDocuments() {
  std::unordered_set<std::string> words;
  for (const EmbeddedFile& file : embeddedFiles()) {
    const bool own = file.path.ends_with(".md") ||
                     file.path.starts_with("native/src/guard/data/") ||
                     file.path.starts_with("native/src/engines/");
    if (!own) continue;
    const std::string_view text = file.text;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && isWordByte(text[end])) ++end;
      std::string_view word = text.substr(at, end - at);
      while (word.ends_with('-')) word.remove_suffix(1);
      if (!word.empty() && isLetter(word[0]) && isTechnical(word))
        words.insert(sql::lowerCase(std::string(word)));
      at = end + 1;
    }
  }
  return words;
}

bool isKnown(std::string_view what, std::string_view name) {
  return std::ranges::any_of(dialects, [&](std::string_view dialect) {
    return guard::Knowledge::of(*sql::findDialect(dialect)).find(what, name) != nullptr;
  });
}

}  // namespace

bool isPublicWord(std::string_view word) {
  static const std::unordered_set<std::string> words = wordsOfDocuments();
  return words.contains(sql::lowerCase(std::string(word)));
}

bool isEngineName(std::string_view name) {
  constexpr std::string_view beginnings[] = {"pg_",          "innodb_", "sqlite_", "performance_",
                                             "information_", "aria_",   "wsrep_"};
  const std::string lower = sql::lowerCase(std::string(name));
  const bool begins = std::ranges::any_of(
      beginnings, [&](std::string_view beginning) { return lower.starts_with(beginning); });
  return (begins && isPublicWord(name)) || isBuiltInFunction(name) || isBuiltInSetting(name);
}

bool isBuiltInFunction(std::string_view name) { return isKnown("function", name); }

bool isBuiltInSetting(std::string_view name) {
  return isKnown("setting", name) || isKnown("pragma", name);
}

}  // namespace mydba::ai
