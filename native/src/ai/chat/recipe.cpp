#include "ai/chat/recipe.h"

#include "base/embedded.h"

namespace mydba::ai {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

std::vector<std::string_view> wordsOf(std::string_view line) {
  std::vector<std::string_view> words;
  while (!(line = trimmed(line)).empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

}  // namespace

std::optional<Recipe> findRecipe(std::string_view command) {
  const std::string path = "native/src/ai/recipes/" + std::string(command) + ".md";
  for (const EmbeddedFile& file : embeddedFiles()) {
    if (file.path != path) continue;
    constexpr std::string_view tools = "tools:";
    constexpr std::string_view mark = "---\n";
    if (!file.text.starts_with(mark)) return std::nullopt;
    const std::size_t end = file.text.find("\n---\n", mark.size());
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view head = file.text.substr(mark.size(), end + 1 - mark.size());
    Recipe recipe;
    if (const std::size_t at = head.find(tools); at != std::string_view::npos) {
      const std::string_view line = head.substr(at + tools.size());
      recipe.tools = wordsOf(line.substr(0, line.find('\n')));
    }
    auto text = RedactedText::ofDocument(path, trimmed(file.text.substr(end + 5)));
    if (!text) return std::nullopt;
    recipe.text = std::move(*text);
    return recipe;
  }
  return std::nullopt;
}

}  // namespace mydba::ai
