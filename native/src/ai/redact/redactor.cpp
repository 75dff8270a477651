#include "ai/redact/redactor.h"

#include <utility>

#include "base/utf8.h"

namespace mydba::ai {

Redactor::Redactor(NamePolicy names, const sql::Dialect& dialect) {
  conversation_.names = names;
  conversation_.dialect = &dialect;
}

void Redactor::hide(const std::vector<std::string>& words) {
  constexpr std::size_t telling = 3;
  for (const std::string& word : words)
    if (word.size() >= telling) conversation_.privateWords.push_back(word);
}

RedactedText Redactor::sql(std::string_view text) {
  Draft draft;
  if (validUtf8(text))
    redactSql(draft, conversation_, text);
  else
    draft.leaveOut("a statement that is not UTF-8");
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

RedactedText Redactor::prose(std::string_view text) {
  Draft draft;
  redactProse(draft, conversation_, text);
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

RedactedText Redactor::error(const Error& error, std::string_view statement) {
  Draft draft;
  redactError(draft, conversation_, error, statement);
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

}  // namespace mydba::ai
