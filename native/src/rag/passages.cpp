#include "rag/passages.h"

namespace mydba::rag {
namespace {

std::string_view withoutBlankEnds(std::string_view text) {
  while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

/// The text below its heading, which is the title once more.
std::string_view belowHeading(std::string_view text) {
  text = withoutBlankEnds(text);
  if (!text.starts_with("# ")) return text;
  const auto end = text.find('\n');
  return end == std::string_view::npos ? std::string_view() : withoutBlankEnds(text.substr(end));
}

/// A document whose sections have sources of their own has many topics.
bool hasManyTopics(const Document& document) {
  return document.text.find("\n\nSource: ") != std::string_view::npos;
}

}  // namespace

std::vector<Passage> passagesOf(const std::vector<Document>& documents) {
  std::vector<Passage> passages;
  for (const Document& document : documents) {
    const auto scope = parseScope(document.engine, document.versions);
    if (!scope || hasManyTopics(document)) continue;
    passages.push_back({.anchor = std::string(document.anchor),
                        .title = std::string(document.title),
                        .url = std::string(document.url),
                        .engine = std::string(document.engine),
                        .scope = *scope,
                        .words = std::string(document.words),
                        .text = std::string(belowHeading(document.text))});
  }
  return passages;
}

std::vector<PassageText> searchedTexts(const std::vector<Passage>& passages) {
  std::vector<PassageText> texts;
  texts.reserve(passages.size());
  for (const Passage& passage : passages) texts.push_back(passage.searched());
  return texts;
}

}  // namespace mydba::rag
