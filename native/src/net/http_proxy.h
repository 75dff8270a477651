#pragma once

// Which proxy a request goes through.
//
// The variables are those of curl(1): `https_proxy`, `all_proxy` and `no_proxy`, in small or
// capital letters. `http_proxy` does not count, because what is not encrypted goes to private
// addresses only, and those are reached directly, always: a proxy would take what was meant for
// this machine somewhere else.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_url.h"

namespace mydba::net {

/// A variable of the environment; null when there is none. std::getenv is one.
using Environment = std::function<const char*(const char* name)>;

struct HttpProxy {
  std::string scheme;  ///< `http`, `https` or `socks5h` (the proxy looks names up)
  std::string host;
  int port = 0;
  std::string url;  ///< as libcurl takes it, with the proxy's password: never shown
};

/// The proxy for `target`, or nothing. `chosen` is the user's own choice: a URL, or empty for none;
/// without it the environment decides. `no_proxy` counts for both. Errors: `invalidParams`.
Result<std::optional<HttpProxy>> proxyFor(const HttpUrl& target,
                                          const std::optional<std::string>& chosen,
                                          const Environment& environment);

/// True when `list` names `host`: `*`, or names separated by commas or blanks, each standing for
/// itself and what is below it, with or without a dot or `*.` before it.
bool namedByNoProxy(std::string_view list, std::string_view host);

}  // namespace mydba::net
