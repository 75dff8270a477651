#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "types.h"

namespace mydba::cli {

struct Flag {
  const char* name;  ///< without dashes; one letter is also a short flag: -k
  bool takesValue = false;
};

/// Arguments taken apart. Flags may stand anywhere; `--` ends them.
struct ParsedArguments {
  std::vector<std::string> positional;
  std::map<std::string, std::string, std::less<>> flags;

  bool has(std::string_view flag) const { return flags.contains(flag); }
  std::optional<std::string> value(std::string_view flag) const;
};

/// `invalidParams` for a flag that is not in `known`, or lacks its value. Every command also knows
/// --json.
Result<ParsedArguments> parseArguments(Arguments arguments, std::span<const Flag> known);

/// `250ms`, `5s`, `2m`; a bare number is seconds.
Result<std::chrono::milliseconds> parseDuration(std::string_view text);
/// 0 or more.
Result<std::int64_t> parseCount(std::string_view text, std::string_view flag);
/// Of --fail-on.
Result<protocol::Severity> parseSeverity(std::string_view name);

}  // namespace mydba::cli
