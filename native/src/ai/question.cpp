#include "ai/question.h"

#include <utility>

namespace mydba::ai {

RedactedText explainPlaceholders(const Redactor& redactor) {
  RedactedText text = ProgramText(
      "Values are replaced by placeholders such as :text_1 and :number_2; the same placeholder is "
      "the same value. Use them as they are and ask for no values.");
  if (redactor.conversation().names == NamePolicy::alias)
    text.append(ProgramText(
        " Names are replaced by aliases such as t1 (a table) and c2 (a column); use them as they "
        "are."));
  return text;
}

RedactedQuestion redactQuestion(Redactor& redactor, std::string_view text) {
  RedactedText system = ProgramText("You help with a database. ");
  system.append(explainPlaceholders(redactor));
  return {.system = std::move(system), .text = redactor.prose(text)};
}

ChatRequest requestOf(const RedactedQuestion& question, std::string model) {
  return {.model = std::move(model),
          .system = question.system.text(),
          .messages = {{.role = Role::user,
                        .text = question.text.text(),
                        .toolCalls = {},
                        .toolResults = {}}},
          .tools = {},
          .temperature = {}};
}

}  // namespace mydba::ai
