#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mydba::net {

/// Replaces each `%XX` by its byte (RFC 3986, section 2.1); nothing when a `%` is not followed by
/// two hex digits. `+` is itself.
std::optional<std::string> percentDecode(std::string_view text);
/// Encodes every byte that is not unreserved (RFC 3986, section 2.3) nor in `literal`.
std::string percentEncode(std::string_view text, std::string_view literal = {});

}  // namespace mydba::net
