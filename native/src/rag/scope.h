#pragma once

// Where a document holds: of which engines, in which versions.

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mydba::rag {

/// The first two numbers of a version; what follows them makes no document.
struct Version {
  int major = 0;
  std::optional<int> minor = std::nullopt;  ///< none in `14`, which means each 14.x

  bool operator==(const Version&) const = default;
};

/// The version that a text begins with: `16`, `8.0.36-log`, `10.11.6-MariaDB`.
std::optional<Version> parseVersion(std::string_view text);

struct EngineRange {
  std::string engine;
  std::optional<Version> from;  ///< none: from ever
  std::optional<Version> to;    ///< with all that begins with it; none: until now
};

enum class Fit { right, otherVersion, otherEngine };

/// Empty for all engines.
using Scope = std::vector<EngineRange>;

/// The fields `engine` and `versions` of a front matter; nothing where they make no sense.
std::optional<Scope> parseScope(std::string_view engines, std::string_view versions);

/// Whether a document holds on a server; what is not known about the server is no obstacle.
Fit fitOf(const Scope& scope, std::optional<std::string_view> engine,
          const std::optional<Version>& version);

}  // namespace mydba::rag
