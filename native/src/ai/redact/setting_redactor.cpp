#include "ai/redact/setting_redactor.h"

#include <algorithm>
#include <string>

#include "ai/redact/private_shapes.h"
#include "ai/redact/public_words.h"
#include "sql/keyword.h"
#include "sql/language_words.h"

namespace mydba::ai {
namespace {

/// `128MB`, `-1`, `0.5`, `30 s`
bool isQuantity(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  std::string_view unit = text.substr(digits);
  if (unit.starts_with(' ')) unit.remove_prefix(1);
  // A port or an address has no place among them: neither has less than two points.
  constexpr std::string_view units[] = {"",  "b", "kb", "mb",  "gb", "tb", "k", "m",  "g",
                                        "s", "d", "h",  "min", "ms", "us", "%", "8kb"};
  return digits > 0 && std::ranges::count(text, '.') < 2 &&
         std::ranges::find(units, sql::lowerCase(std::string(unit))) != std::end(units);
}

bool isPublished(std::string_view word) {
  constexpr std::string_view switches[] = {"on", "off", "yes", "no", "true", "false", "auto"};
  return std::ranges::find(switches, sql::lowerCase(std::string(word))) != std::end(switches) ||
         isPublicWord(word) || isEngineName(word) || sql::isLanguageWord(word);
}

}  // namespace

void redactSetting(Draft& draft, Conversation& conversation, std::string_view name) {
  if (isBuiltInSetting(name) || isEngineName(name) || isPublicWord(name))
    draft.text += name;
  else
    redactName(draft, conversation, name, NameKind::other);
}

void redactSettingValue(Draft& draft, Conversation& conversation, std::string_view value) {
  // A host may be called like something that documents name too.
  const std::string lower = sql::lowerCase(std::string(value));
  const bool isPrivate = std::ranges::any_of(conversation.privateWords, [&](const auto& word) {
    return lower.find(sql::lowerCase(word)) != lower.npos;
  });
  bool known = !isPrivate && isQuantity(value);
  for (std::size_t at = 0; !known && !isPrivate && at <= value.size();) {
    const std::size_t end = std::min(value.find_first_of(",= ", at), value.size());
    const std::string_view part = value.substr(at, end - at);
    if (!part.empty() && !isQuantity(part) && !isPublished(part)) break;
    at = end + 1;
    known = at > value.size();
  }
  if (known)
    draft.text += value;
  else
    putValue(draft, conversation, ValueKind::text, value, value);
}

}  // namespace mydba::ai
