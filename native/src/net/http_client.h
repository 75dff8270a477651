#pragma once

// HTTP requests to services that are not databases, with libcurl.
//
// One request is one call on the caller's thread, which waits until the whole answer has passed
// through its reader. The call makes a libcurl handle, owns it, and closes it before it returns:
// nothing is shared between calls, so any number of threads may make requests at once. There is no
// pool of connections: a handshake is a small part of what a model takes to answer.
//
// Nothing here outlives its cancel token by more than a moment. libcurl is driven by its multi
// interface, whose one wait also polls the token's descriptor; names are looked up by net/resolve.h
// and given to libcurl as numeric addresses, because libcurl's own look-up cannot be abandoned
// (curl_easy_cleanup joins its thread).
//
// What is safe is not an option:
//   - certificates are verified, always; a file may name other authorities, none may be waived;
//   - without encryption a request goes to private addresses only (net/http_url.h), whatever a name
//     resolves to, and never through a proxy;
//   - redirects are not followed: the key and the body would go to whoever the answer names. Who
//   has
//     neither may be told where one leads (net/http_page.h);
//   - no cookies, no .netrc, no decompression (none is asked for, what comes compressed is
//   refused),
//     no protocol but HTTP/1.1;
//   - header, body and time have limits.
// Headers and bodies may hold secrets, and are in no error. A redirect is reported by the origin
// that it leads to, without the path.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"

namespace mydba::net {

struct HttpHeader {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method = "GET";  ///< GET or POST
  std::string url;
  std::vector<HttpHeader> headers;
  std::string body;  ///< of a POST
};

struct HttpOptions {
  std::string caFile;  ///< PEM; whom to trust instead of the authorities of this machine
  std::optional<std::string> proxy;  ///< net/http_proxy.h; absent: the environment decides
  bool tellRedirects = false;        ///< a redirect is passed on like any other answer, not refused
  bool privateOnly = false;  ///< refuse to leave for an address that is not private, by any name
  std::chrono::milliseconds connectTimeout{10'000};
  /// The longest silence, also before the first byte: a local model may have to be loaded first.
  std::chrono::milliseconds idleTimeout{180'000};
  std::chrono::milliseconds totalTimeout{1'200'000};
  std::size_t maximumHeaderBytes = 64 * 1024;
  std::size_t maximumBodyBytes = 32 * 1024 * 1024;
};

/// What precedes the body of an answer.
struct HttpHead {
  int status = 0;
  std::vector<HttpHeader> headers;
  /// The value of the first header of that name, in any case; empty when there is none.
  std::string_view header(std::string_view name) const;
};

/// Takes an answer while it arrives, on the thread of the call. An error ends the request and is
/// what the call returns.
class HttpReader {
 public:
  virtual ~HttpReader() = default;
  /// Once, before the body.
  virtual Result<void> head(const HttpHead& head) = 0;
  /// As it arrives: pieces of any size but 0.
  virtual Result<void> body(std::string_view bytes) = 0;
};

/// Makes a request and passes the answer on, whatever its status. Errors: `invalidParams`,
/// `connectFailed` (name, connection, proxy, certificate), `refused` (redirect, not private),
/// `timeout`, `connectionLost` (retryable), `tooLarge`, `server` (not HTTP), `cancelled`.
Result<void> requestHttp(const HttpRequest& request, const HttpOptions& options, HttpReader& reader,
                         const CancelToken& cancel);

}  // namespace mydba::net
