#include "rag/document.h"

#include "base/embedded.h"

namespace mydba::rag {
namespace {

constexpr std::string_view folder = "rag-docs/";
constexpr std::string_view extension = ".md";

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

/// The anchor that a compiled-in file is cited by; nothing for what is no document.
std::optional<std::string_view> anchorOf(std::string_view path) {
  if (!path.starts_with(folder) || !path.ends_with(extension)) return std::nullopt;
  path.remove_prefix(folder.size());
  path.remove_suffix(extension.size());
  return path;
}

}  // namespace

std::optional<Document> readDocument(std::string_view anchor, std::string_view file) {
  constexpr std::string_view fence = "---\n";
  const auto end = file.find(fence, fence.size());
  if (!file.starts_with(fence) || end == std::string_view::npos) return std::nullopt;
  const auto front = file.substr(fence.size(), end - fence.size());
  return Document{.anchor = anchor,
                  .engine = field(front, "engine"),
                  .versions = field(front, "versions"),
                  .title = field(front, "title"),
                  .url = field(front, "url"),
                  .words = field(front, "words"),
                  .text = file.substr(end + fence.size())};
}

std::optional<Document> findDocument(std::string_view anchor) {
  for (const EmbeddedFile& file : embeddedFiles())
    if (const auto found = anchorOf(file.path); found == anchor)
      return readDocument(*found, file.text);
  return std::nullopt;
}

std::vector<Document> documents() {
  std::vector<Document> all;
  for (const EmbeddedFile& file : embeddedFiles())
    if (const auto anchor = anchorOf(file.path))
      if (auto document = readDocument(*anchor, file.text)) all.push_back(*document);
  return all;
}

std::optional<std::string_view> sectionOf(const Document& document, std::string_view section) {
  const std::string heading = "\n## " + std::string(section) + "\n";
  const auto start = document.text.find(heading);
  if (start == std::string_view::npos) return std::nullopt;
  const std::string_view below = document.text.substr(start + heading.size());
  return below.substr(0, below.find("\n## "));
}

std::optional<std::string_view> sourceOf(const Document& document, std::string_view section) {
  const auto below = sectionOf(document, section);
  if (!below) return std::nullopt;
  const auto source = field(*below, "Source");
  return source.empty() ? std::nullopt : std::optional(source);
}

}  // namespace mydba::rag
