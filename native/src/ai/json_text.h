#pragma once

// JSON of services, whose every value may be of another type than their manual says.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mydba::ai {

/// Keeps the order of members, so that the same request is the same bytes.
using Json = nlohmann::ordered_json;

/// Parses one JSON text, with bytes that are not UTF-8 replaced by U+FFFD. Errors: `server` when it
/// is no JSON, or nested deeper than 100.
Result<Json> parseJson(std::string_view text);

/// A member of an object; null when it has none of that name, or is no object.
const Json* member(const Json& value, std::string_view name);
/// The text of a member; empty when it is none.
std::string textOf(const Json& value, std::string_view name);
/// The count that a member is; nothing when it is none, or below 0.
std::optional<std::int64_t> countOf(const Json& value, std::string_view name);
/// The JSON text of a value.
std::string jsonText(const Json& value);

}  // namespace mydba::ai
