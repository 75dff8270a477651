#include <algorithm>

#include "base/utc_time.h"
#include "dispatch.h"
#include "net/http_page.h"
#include "rag/citation.h"
#include "rag/document.h"
#include "rag/page.h"
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

Error noDocument(std::string_view anchor) {
  return {.code = ErrorCode::invalidParams,
          .message = "there is no document " + std::string(anchor.substr(0, 100))};
}

/// Some pages list every error that there is.
constexpr std::size_t largestPage = std::size_t{8} * 1024 * 1024;

net::HttpOptions pageOptions(const protocol::AiSettings& settings) {
  net::HttpOptions options = providerSettingsOf(settings).http;
  options.totalTimeout = options.idleTimeout = std::chrono::seconds(20);
  options.maximumBodyBytes = largestPage;
  return options;
}

/// What to do where the page is not to be had at all.
Error unreachable(Error error) {
  if (error.code == ErrorCode::connectFailed || error.code == ErrorCode::connectionLost ||
      error.code == ErrorCode::timeout)
    error.hint =
        "the document that MyDBA brings is still here; to fetch its page, check the network, or "
        "the proxy in the setting mydba.ai.proxy";
  return error;
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
  if (!document) return noDocument(path);
  return protocol::Document{.title = std::string(document->title),
                            .text = std::string(document->text),
                            .url = std::string(document->url),
                            .engine = std::string(document->engine),
                            .versions = std::string(document->versions)};
}

Result<protocol::FetchedPage> ragFetchPage(Call& call, const protocol::DocumentParams& params) {
  const protocol::AiSettings settings = call.server().assistant().settings();
  if (!settings.fetchPages)
    return Error{.code = ErrorCode::refused,
                 .message = "official pages are not fetched",
                 .hint = "switch the setting mydba.ai.fetchPages on"};
  if (params.anchor.starts_with(ownPrefix))
    return Error{.code = ErrorCode::invalidParams,
                 .message = "a document of your own folder has no official page"};
  const std::string url = rag::cite(params.anchor).url;
  if (url.empty()) return noDocument(params.anchor);
  const auto page = net::fetchPage(url, pageOptions(settings), call.cancel());
  if (!page) return unreachable(page.error());
  const std::size_t mark = std::min(url.find('#'), url.size() - 1);
  auto text = rag::readPage(page->html, std::string_view(url).substr(mark + 1), call.cancel());
  if (!text) return text.error();
  return protocol::FetchedPage{.url = page->url, .fetched = utcNow(), .text = std::move(*text)};
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
