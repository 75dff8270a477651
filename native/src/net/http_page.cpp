#include "net/http_page.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/wait.h"

namespace mydba::net {
namespace {

constexpr int mostRedirects = 5;
constexpr const char* openInBrowser = "open it in the browser";

struct FreeUrl {
  void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};

Error notHttps() {
  return {.code = ErrorCode::refused,
          .message = "the page's address is not https",
          .hint = openInBrowser};
}

/// The host as a site is called: `www.sqlite.org` and `sqlite.org` are one.
std::string_view siteOf(std::string_view host) {
  if (host.starts_with("www.")) host.remove_prefix(4);
  return host;
}

Error badStatus(int status) {
  const std::string number = std::to_string(status);
  if (status == 404 || status == 410)
    return {.code = ErrorCode::server,
            .message = "the page is not there any more (" + number + ")",
            .engineCode = number,
            .hint = "it has moved: open its address in the browser, or search its site"};
  return {.code = ErrorCode::server,
          .message = "the page's server answered " + number,
          .engineCode = number,
          .hint = "try again later, or open it in the browser",
          .retryable = status >= 500};
}

/// Takes one answer: a page, or where it is instead.
struct PageReader : HttpReader {
  std::string html;
  std::string location;  ///< of a redirect

  Result<void> head(const HttpHead& head) override {
    if (head.status >= 300 && head.status < 400) location = head.header("location");
    if (!location.empty()) return {};
    if (head.status != 200) return badStatus(head.status);
    const std::string_view type = head.header("content-type");
    if (type.starts_with("text/html") || type.starts_with("application/xhtml+xml")) return {};
    return Error{.code = ErrorCode::server,
                 .message = "what is at the page's address is no HTML",
                 .hint = openInBrowser};
  }
  Result<void> body(std::string_view bytes) override {
    if (location.empty()) html += bytes;
    return {};
  }
};

Error leadsAway(const HttpUrl& other) {
  return {.code = ErrorCode::refused,
          .message = "the page redirects to `" + other.origin() + "`, which is not its site",
          .hint = openInBrowser};
}

}  // namespace

bool sameSite(const HttpUrl& site, const HttpUrl& other) {
  const std::string_view own = siteOf(site.host);
  const std::string_view host = other.host;
  if (!other.encrypted() || other.port != site.port || !host.ends_with(own)) return false;
  return host.size() == own.size() || host[host.size() - own.size() - 1] == '.';
}

Result<std::string> redirected(const std::string& url, std::string_view location) {
  const std::unique_ptr<CURLU, FreeUrl> parts(::curl_url());
  char* text = nullptr;
  // The second call resolves what is relative (curl_url_set(3)).
  if (!parts || ::curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      ::curl_url_set(parts.get(), CURLUPART_URL, std::string(location).c_str(), 0) != CURLUE_OK ||
      ::curl_url_get(parts.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
    return Error{.code = ErrorCode::server,
                 .message = "the page redirects to what is no address",
                 .hint = openInBrowser};
  std::string found(text);
  ::curl_free(text);
  return found;
}

Result<HttpPage> fetchPage(const std::string& url, const HttpOptions& options,
                           const CancelToken& cancel) {
  const auto site = parseHttpUrl(url);
  if (!site) return site.error();
  if (!site->encrypted()) return notHttps();
  const auto end = Clock::now() + options.totalTimeout;
  HttpRequest request{.url = url, .headers = {{"User-Agent", "mydba"}, {"Accept", "text/html"}}};
  HttpOptions each = options;
  each.tellRedirects = true;
  for (int redirects = 0; redirects <= mostRedirects; ++redirects) {
    PageReader reader;
    if (auto done = requestHttp(request, each, reader, cancel); !done) return done.error();
    if (reader.location.empty()) return HttpPage{request.url, std::move(reader.html)};
    auto next = redirected(request.url, reader.location);
    if (!next) return next.error();
    const auto target = parseHttpUrl(*next);
    if (!target) return target.error();
    if (!sameSite(*site, *target)) return leadsAway(*target);
    request.url = std::move(*next);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    each.totalTimeout = std::max(left, std::chrono::milliseconds(1));
  }
  return Error{.code = ErrorCode::refused,
               .message = "the page redirects again and again",
               .hint = openInBrowser};
}

}  // namespace mydba::net
