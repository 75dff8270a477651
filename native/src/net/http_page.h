#pragma once

// Public pages to read. What leaves is a GET of the page's address, with nothing of the user's: no
// cookie, no key, no name but the program's. An address comes from the program's own documents, and
// its site decides where redirects may lead: to itself, by https.

#include <string>
#include <string_view>

#include "base/cancel.h"
#include "base/result.h"
#include "net/http_client.h"
#include "net/http_url.h"

namespace mydba::net {

struct HttpPage {
  std::string url;   ///< where it came from in the end
  std::string html;  ///< as it was sent
};

/// True for an https address on the same port of the same host (`www.` does not count) or of one
/// below it.
bool sameSite(const HttpUrl& site, const HttpUrl& other);

/// What is told by a redirect to `location`, which may be relative to `url`.
Result<std::string> redirected(const std::string& url, std::string_view location);

/// Fetches a page of HTML; `options.totalTimeout` is for all of it, redirects too. Waits on the
/// caller's thread. Errors: those of requestHttp, `refused` (not https, redirects away from its
/// site or too often), `server` (any status but 200, with it as engineCode; no HTML).
Result<HttpPage> fetchPage(const std::string& url, const HttpOptions& options,
                           const CancelToken& cancel);

}  // namespace mydba::net
