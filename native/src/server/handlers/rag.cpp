#include <algorithm>

#include "dispatch.h"
#include "rag/citation.h"
#include "rag/document.h"
#include "server/server.h"

namespace mydba::server::handlers {
namespace {

constexpr std::string_view ownPrefix = "user:";

/// A file of the user's may come from anybody: it is shown as text, of which a viewer of Markdown
/// makes no link, picture or markup.
std::string asText(std::string_view text) {
  std::string fence = "````";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return fence + "text\n" + std::string(text) + "\n" + fence + "\n";
}

}  // namespace

Result<protocol::Document> ragDocument(Call& call, const protocol::DocumentParams& params) {
  const std::string_view anchor = params.anchor;
  if (anchor.starts_with(ownPrefix)) {
    const auto own = call.server().documents().own(anchor);
    if (!own)
      return Error{.code = ErrorCode::invalidParams,
                   .message = "that document of your folder is gone",
                   .hint = "ask again: the folder is searched as it is now"};
    return protocol::Document{
        .title = own->title, .text = asText(own->text), .url = "", .engine = "all", .versions = ""};
  }
  const std::string_view path = rag::readAnchor(anchor).document;
  const auto document = rag::findDocument(path);
  if (!document)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "there is no document " + std::string(path.substr(0, 100))};
  return protocol::Document{.title = std::string(document->title),
                            .text = std::string(document->text),
                            .url = std::string(document->url),
                            .engine = std::string(document->engine),
                            .versions = std::string(document->versions)};
}

Result<protocol::DocumentSearchResult> ragSearch(Call& call,
                                                 const protocol::DocumentSearchParams& params) {
  const auto library = call.server().documents().library();
  rag::Query query{.text = params.text,
                   .engine = params.engine,
                   .version = params.version,
                   .k = static_cast<std::size_t>(std::clamp<std::int64_t>(
                       params.limit.value_or(10), 1, static_cast<std::int64_t>(rag::mostHits)))};
  protocol::DocumentSearchResult result;
  for (auto& hit : library->search(query))
    result.hits.push_back({.citation = {.anchor = std::move(hit.anchor),
                                        .title = std::move(hit.title),
                                        .url = std::move(hit.url)},
                           .engine = std::move(hit.engine),
                           .text = std::move(hit.text)});
  return result;
}

}  // namespace mydba::server::handlers
