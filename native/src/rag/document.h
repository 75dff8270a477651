#pragma once

#include <optional>
#include <string_view>

namespace mydba::rag {

/// A document of rag-docs; views into the program.
struct Document {
  std::string_view engine;    ///< EngineDescriptor.id, or `all`
  std::string_view versions;  ///< `14-18`
  std::string_view title;
  std::string_view url;   ///< official page
  std::string_view text;  ///< Markdown below the front matter
};

/// A document by its path below rag-docs without `.md`: `postgres/query-plans`.
std::optional<Document> findDocument(std::string_view anchor);

/// The official page of one section (`## <name>`), which stands below its heading as `Source: …`;
/// nothing when it has none of its own.
std::optional<std::string_view> sourceOf(const Document& document, std::string_view section);

}  // namespace mydba::rag
