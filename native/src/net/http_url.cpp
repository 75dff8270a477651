#include "net/http_url.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace mydba::net {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};

Error badUrl(std::string why, std::string hint) {
  return {.code = ErrorCode::invalidParams,
          .message = "the address of the service " + std::move(why),
          .hint = std::move(hint)};
}

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (::curl_url_get(url, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  std::string copy(text);
  ::curl_free(text);
  return copy;
}

bool privateV4(const unsigned char* bytes) {
  const int first = bytes[0];
  const int second = bytes[1];
  if (first == 127 || first == 10) return true;
  if (first == 172) return second >= 16 && second <= 31;
  if (first == 192) return second == 168;
  if (first == 169) return second == 254;
  // 0.0.0.0, which Linux takes for this machine; people copy it from what a server listens on.
  return first == 0 && second == 0 && bytes[2] == 0 && bytes[3] == 0;
}

bool privateV6(const std::array<unsigned char, 16>& bytes) {
  if ((bytes[0] & 0xfe) == 0xfc) return true;                      // unique local, fc00::/7
  if (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80) return true;  // link-local, fe80::/10
  for (std::size_t i = 0; i < 10; ++i)
    if (bytes[i] != 0) return false;
  if (bytes[10] == 0xff && bytes[11] == 0xff) return privateV4(&bytes[12]);  // ::ffff:a.b.c.d
  for (std::size_t i = 10; i < 15; ++i)
    if (bytes[i] != 0) return false;
  return bytes[15] <= 1;  // :: and ::1
}

}  // namespace

std::string HttpUrl::origin() const {
  std::string text = scheme + "://";
  text += host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != (encrypted() ? 443 : 80)) text += ":" + std::to_string(port);
  return text;
}

std::string HttpUrl::text() const {
  return origin() + path + (query.empty() ? std::string() : "?" + query);
}

Result<HttpUrl> parseHttpUrl(std::string_view text) {
  const std::unique_ptr<CURLU, FreeUrl> url(::curl_url());
  if (!url) return Error{.code = ErrorCode::internal, .message = "out of memory"};
  const std::string copy(text);
  const CURLUcode code =
      ::curl_url_set(url.get(), CURLUPART_URL, copy.c_str(), CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK || copy.find('\0') != std::string::npos)
    return badUrl(std::string("is not a URL: ") + ::curl_url_strerror(code),
                  "write it as https://host/path or http://127.0.0.1:port");
  HttpUrl parsed;
  parsed.scheme = part(url.get(), CURLUPART_SCHEME);
  if (parsed.scheme != "http" && parsed.scheme != "https")
    return badUrl("is neither http nor https", "write it as https://host/path");
  if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty())
    return badUrl("has a user or password in it", "give the key in its own place");
  parsed.host = part(url.get(), CURLUPART_HOST);
  for (char& c : parsed.host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (parsed.host.starts_with('[') && parsed.host.ends_with(']'))
    parsed.host = parsed.host.substr(1, parsed.host.size() - 2);
  parsed.port = std::atoi(part(url.get(), CURLUPART_PORT).c_str());
  if (parsed.host.empty() || parsed.port <= 0 || parsed.port > 65535)
    return badUrl("names no server", "write it as https://host/path");
  parsed.path = part(url.get(), CURLUPART_PATH);
  while (parsed.path.ends_with('/')) parsed.path.pop_back();
  parsed.query = part(url.get(), CURLUPART_QUERY);
  return parsed;
}

bool privateAddress(std::string_view address) {
  const std::string text(address.substr(0, address.find('%')));  // the zone of fe80::1%eth0
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return privateV4(bytes.data());
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return privateV6(bytes);
  return false;
}

bool privateHost(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || privateAddress(host);
}

}  // namespace mydba::net
