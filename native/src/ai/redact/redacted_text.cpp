#include "ai/redact/redacted_text.h"

#include <algorithm>

#include "base/embedded.h"

namespace mydba::ai {

std::optional<RedactedText> RedactedText::ofDocument(std::string_view path, std::string_view part) {
  const auto files = embeddedFiles();
  const auto file = std::ranges::find(files, path, &EmbeddedFile::path);
  if (file == files.end() || file->text.find(part) == file->text.npos) return std::nullopt;
  return RedactedText(std::string(part), {});
}

RedactedText& RedactedText::append(const RedactedText& more) {
  text_ += more.text_;
  for (const auto& [kind, count] : more.masked_) masked_[kind] += count;
  return *this;
}

}  // namespace mydba::ai
