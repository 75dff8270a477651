#include "rag/citation.h"

#include <algorithm>
#include <string>

#include "rag/document.h"

namespace mydba::rag {

Anchor readAnchor(std::string_view anchor) {
  const std::size_t mark = anchor.find('#');
  if (mark == anchor.npos) return {.document = anchor, .section = {}};
  return {.document = anchor.substr(0, mark), .section = anchor.substr(mark + 1)};
}

protocol::Citation cite(std::string_view anchor) {
  protocol::Citation cited{.anchor = std::string(anchor), .title = {}, .url = {}};
  const auto [path, section] = readAnchor(anchor);
  const auto document = findDocument(path);
  if (!document) return cited;
  cited.title = document->title;
  cited.url = document->url;
  if (section.empty()) return cited;
  std::string words(section);
  std::ranges::replace(words, '-', ' ');
  cited.title += ": " + words;
  cited.url = sourceOf(*document, section).value_or(document->url);
  return cited;
}

}  // namespace mydba::rag
