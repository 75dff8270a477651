#include "net/http_proxy.h"

#include <curl/curl.h>

#include <cstdlib>
#include <memory>

namespace mydba::net {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};

std::string part(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (::curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  ::curl_free(text);
  return copy;
}

std::string lower(std::string_view text) {
  std::string copy(text);
  for (char& c : copy)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return copy;
}

std::string variable(const Environment& environment, const char* small, const char* capital) {
  for (const char* name : {small, capital})
    if (const char* value = environment(name); value && *value) return value;
  return {};
}

Error badProxy(const char* why) {
  return {.code = ErrorCode::invalidParams,
          .message = std::string("the proxy's address ") + why,
          .hint = "write it as http://host:port, https://host:port or socks5h://host:port"};
}

Result<std::optional<HttpProxy>> parseProxy(const std::string& text) {
  const std::unique_ptr<CURLU, FreeUrl> url(::curl_url());
  const std::string whole =
      text.find("://") == std::string::npos ? "http://" + text : text;  // as in curl(1)
  if (!url || ::curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
                  CURLUE_OK)
    return badProxy("is not a URL");
  HttpProxy proxy;
  proxy.scheme = lower(part(url.get(), CURLUPART_SCHEME));
  // With socks5 libcurl would look the name up by itself, and could not be interrupted meanwhile.
  if (proxy.scheme == "socks5") proxy.scheme = "socks5h";
  if (proxy.scheme != "http" && proxy.scheme != "https" && proxy.scheme != "socks5h")
    return badProxy("has a scheme that is not supported");
  proxy.host = lower(part(url.get(), CURLUPART_HOST));
  if (proxy.host.starts_with('[') && proxy.host.ends_with(']'))
    proxy.host = proxy.host.substr(1, proxy.host.size() - 2);
  const std::string port = part(url.get(), CURLUPART_PORT);
  const int usual = proxy.scheme == "https" ? 443 : 1080;  // libcurl's, CURLOPT_PROXYPORT(3)
  proxy.port = port.empty() ? usual : std::atoi(port.c_str());
  if (proxy.host.empty()) return badProxy("names no server");
  proxy.url = proxy.scheme + whole.substr(whole.find("://"));
  return std::optional<HttpProxy>(std::move(proxy));
}

}  // namespace

bool namedByNoProxy(std::string_view list, std::string_view host) {
  const std::string wanted = lower(host);
  const std::string names = lower(list);
  std::size_t at = 0;
  while (at < names.size()) {
    const std::size_t end = std::min(names.find_first_of(", \t", at), names.size());
    std::string_view entry = std::string_view(names).substr(at, end - at);
    at = end + 1;
    if (entry == "*") return true;
    if (entry.starts_with("*.")) entry.remove_prefix(2);
    if (entry.starts_with('.')) entry.remove_prefix(1);
    if (entry.empty()) continue;
    if (wanted == entry) return true;
    if (wanted.size() > entry.size() && wanted.ends_with(entry) &&
        wanted[wanted.size() - entry.size() - 1] == '.')
      return true;
  }
  return false;
}

Result<std::optional<HttpProxy>> proxyFor(const HttpUrl& target,
                                          const std::optional<std::string>& chosen,
                                          const Environment& environment) {
  const std::optional<HttpProxy> none;
  if (privateHost(target.host)) return none;
  if (namedByNoProxy(variable(environment, "no_proxy", "NO_PROXY"), target.host)) return none;
  std::string url;
  if (chosen) {
    url = *chosen;
  } else if (target.encrypted()) {
    url = variable(environment, "https_proxy", "HTTPS_PROXY");
    if (url.empty()) url = variable(environment, "all_proxy", "ALL_PROXY");
  }
  if (url.empty()) return none;
  return parseProxy(url);
}

}  // namespace mydba::net
