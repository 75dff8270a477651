#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ai/redact/redacted_text.h"

namespace mydba::ai {

/// What a model is told for one chat command: a file of native/src/ai/recipes. Its front matter
/// names the tools that it may use; the rest is for the model, word for word.
struct Recipe {
  std::vector<std::string_view> tools;
  RedactedText text;
};

/// Nothing when the command has none: it is answered without a model.
std::optional<Recipe> findRecipe(std::string_view command);

}  // namespace mydba::ai
