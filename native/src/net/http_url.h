#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mydba::net {

/// An address of a web service, taken apart.
struct HttpUrl {
  std::string scheme;  ///< `http` or `https`
  std::string host;    ///< lower case; an IPv6 address without brackets
  int port = 0;
  std::string path;   ///< as it was written, without a slash at its end: `/v1`, or nothing
  std::string query;  ///< without the `?`

  bool encrypted() const { return scheme == "https"; }
  /// `https://api.example.com`, with the port where it is not the scheme's own.
  std::string origin() const;
  /// The whole of it.
  std::string text() const;
};

/// Errors are `invalidParams`, and quote nothing: a key may have been pasted in the wrong place. A
/// user or password in the URL is refused: it would be shown wherever the address is.
Result<HttpUrl> parseHttpUrl(std::string_view text);

/// True for an address of this machine or of a network that the Internet does not route: loopback,
/// private (RFC 1918), link-local, unique local (RFC 4193). Takes numeric addresses only; false for
/// all else.
bool privateAddress(std::string_view address);

/// True when a host name or address leads to such an address by its form alone: no name server is
/// asked, so a name is one only if it is `localhost` or below it (RFC 6761).
bool privateHost(std::string_view host);

}  // namespace mydba::net
