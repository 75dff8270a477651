#include "ai/redact/aliases.h"

#include <algorithm>

#include "sql/keyword.h"

namespace mydba::ai {
namespace {

constexpr std::string_view letters = "stciafn";  // in the order of NameKind

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Bytes of the number at the start.
std::size_t digits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

}  // namespace

bool isPlainName(std::string_view name) {
  return !name.empty() && !isDigit(name[0]) && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
  });
}

bool looksLikeAlias(std::string_view word) {
  if (word.size() < 2 || letters.find(sql::lowerCase(std::string(word))[0]) == letters.npos)
    return false;
  word.remove_prefix(1);
  const std::size_t number = digits(word);
  if (number == 0) return false;
  word.remove_prefix(number);
  if (word.empty()) return true;
  return (word.starts_with("_v") || word.starts_with("_V")) && word.size() > 2 &&
         digits(word.substr(2)) == word.size() - 2;
}

std::string Aliases::of(std::string_view name, NameKind kind, char quote) {
  std::string key(name);
  if (quote) key += quote;
  if (const auto known = aliases_.find(key); known != aliases_.end()) return known->second;
  const std::string lower = sql::lowerCase(std::string(name));
  Group& group = groups_[lower];
  if (group.base.empty()) {
    const auto which = static_cast<std::size_t>(kind);
    group.base = letters[which] + std::to_string(++last_[which]);
  }
  const std::string alias = next(group, name);
  aliases_.emplace(std::move(key), alias);
  folded_.try_emplace(lower, alias);
  names_.emplace(alias, AliasedName{std::string(name), quote});
  if (!isPlainName(name)) phrases_.emplace_back(name);
  longest_ = std::max(longest_, alias.size());
  return alias;
}

std::string Aliases::next(Group& group, std::string_view name) {
  const std::string spelled(name);
  const bool upper = sql::lowerCase(spelled) != spelled && sql::upperCase(spelled) == spelled;
  bool& taken = upper ? group.upperTaken : group.baseTaken;
  if (taken) return group.base + "_v" + std::to_string(++group.variants);
  taken = true;
  return upper ? sql::upperCase(group.base) : group.base;
}

const std::string* Aliases::find(std::string_view name) const {
  if (const auto exact = aliases_.find(std::string(name)); exact != aliases_.end())
    return &exact->second;
  const auto found = folded_.find(sql::lowerCase(std::string(name)));
  return found == folded_.end() ? nullptr : &found->second;
}

const AliasedName* Aliases::named(std::string_view alias) const {
  const std::string spelled(alias);
  for (const std::string& tried : {spelled, sql::lowerCase(spelled), sql::upperCase(spelled)})
    if (const auto found = names_.find(tried); found != names_.end()) return &found->second;
  return nullptr;
}

}  // namespace mydba::ai
