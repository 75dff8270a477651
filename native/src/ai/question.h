#pragma once

#include <string>
#include <string_view>

#include "ai/provider.h"
#include "ai/redact/redactor.h"

namespace mydba::ai {

/// What a question becomes before it leaves, and what was kept back.
struct RedactedQuestion {
  RedactedText system;
  RedactedText text;
};

/// Tells a model what placeholders and aliases are.
RedactedText explainPlaceholders(const Redactor& redactor);

/// A question of the user, or a statement alone. The system text tells a model what placeholders
/// and aliases are.
RedactedQuestion redactQuestion(Redactor& redactor, std::string_view text);

/// The same as a request to `model`.
ChatRequest requestOf(const RedactedQuestion& question, std::string model);

}  // namespace mydba::ai
