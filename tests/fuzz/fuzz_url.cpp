// Connection URLs come from command lines, settings and web pages. Whatever parses must render to a
// URL that parses to the same profile, and the password must not be in it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto url = mydba::net::parseUrl(text, "/work");
  if (!url) {
    if (url.error().message.empty()) std::abort();
    return 0;
  }
  const std::string rendered = mydba::net::renderUrl(url->profile, url->password.has_value());
  auto again = mydba::net::parseUrl(rendered);
  if (!again || again->password) std::abort();
  if (!(again->profile == url->profile)) std::abort();
  return 0;
}
