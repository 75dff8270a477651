#pragma once

// What is found is a passage: a document of one topic.

#include <string>
#include <vector>

#include "rag/document.h"
#include "rag/index.h"
#include "rag/scope.h"

namespace mydba::rag {

struct Passage {
  std::string anchor;  ///< `postgres/vacuum`
  std::string title;
  std::string url;
  std::string engine;  ///< as the front matter has it
  Scope scope;
  std::string words;
  std::string text;  ///< Markdown without the heading

  PassageText searched() const { return {.title = title, .words = words, .body = text}; }
};

/// The passages of the compiled-in documents, in the order of their anchors. Left out are the
/// documents of many topics (`query-plans`): findings cite their sections, and each topic has a
/// document of its own, which they would push away. So is what says for no engine and version where
/// it holds, which scripts/check refuses.
std::vector<Passage> passagesOf(const std::vector<Document>& documents);

/// What of the passages is searched; views into them.
std::vector<PassageText> searchedTexts(const std::vector<Passage>& passages);

}  // namespace mydba::rag
