#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mydba::rag {

/// A document of rag-docs; the views are into the program and live as long as it.
struct Document {
  std::string_view anchor;    ///< its path below rag-docs without `.md`: `postgres/vacuum`
  std::string_view engine;    ///< EngineDescriptor.id, `all`, or several: `mysql, mariadb`
  std::string_view versions;  ///< `14-18`; of several engines `mysql 8.0-9.6, mariadb 10.6-12.1`
  std::string_view title;
  std::string_view url;    ///< official page
  std::string_view words;  ///< what people say who lack the term, separated by `;`; may be empty
  std::string_view text;   ///< Markdown below the front matter
};

/// A file of rag-docs taken apart; nothing where it has no front matter.
std::optional<Document> readDocument(std::string_view anchor, std::string_view file);

/// A document by its anchor: `postgres/query-plans`.
std::optional<Document> findDocument(std::string_view anchor);

/// Every document that was compiled in, in the order of their anchors.
std::vector<Document> documents();

/// The text below the heading of one section (`## <name>`); nothing when there is no such section.
std::optional<std::string_view> sectionOf(const Document& document, std::string_view section);

/// The official page of one section (`## <name>`), which stands below its heading as `Source: …`;
/// nothing when it has none of its own.
std::optional<std::string_view> sourceOf(const Document& document, std::string_view section);

}  // namespace mydba::rag
