#include "rag/document.h"

#include <string>

#include "base/embedded.h"

namespace mydba::rag {
namespace {

/// The value of a line `name: value` of the front matter; empty when there is none.
std::string_view field(std::string_view frontMatter, std::string_view name) {
  while (!frontMatter.empty()) {
    const auto end = frontMatter.find('\n');
    const auto line = frontMatter.substr(0, end);
    frontMatter.remove_prefix(end == std::string_view::npos ? frontMatter.size() : end + 1);
    if (line.starts_with(name) && line.substr(name.size()).starts_with(": "))
      return line.substr(name.size() + 2);
  }
  return {};
}

}  // namespace

std::optional<Document> findDocument(std::string_view anchor) {
  const std::string path = "rag-docs/" + std::string(anchor) + ".md";
  for (const EmbeddedFile& file : embeddedFiles()) {
    if (file.path != path) continue;
    constexpr std::string_view fence = "---\n";
    const auto end = file.text.find(fence, fence.size());
    if (!file.text.starts_with(fence) || end == std::string_view::npos) return std::nullopt;
    const auto front = file.text.substr(fence.size(), end - fence.size());
    return Document{.engine = field(front, "engine"),
                    .versions = field(front, "versions"),
                    .title = field(front, "title"),
                    .url = field(front, "url"),
                    .text = file.text.substr(end + fence.size())};
  }
  return std::nullopt;
}

std::optional<std::string_view> sourceOf(const Document& document, std::string_view section) {
  const std::string heading = "\n## " + std::string(section) + "\n";
  const auto start = document.text.find(heading);
  if (start == std::string_view::npos) return std::nullopt;
  std::string_view below = document.text.substr(start + heading.size());
  below = below.substr(0, below.find("\n## "));
  const auto source = field(below, "Source");
  return source.empty() ? std::nullopt : std::optional(source);
}

}  // namespace mydba::rag
