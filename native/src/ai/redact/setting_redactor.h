#pragma once

#include <string_view>

#include "ai/redact/conversation.h"

namespace mydba::ai {

/// Appends the name of a setting: as it is where an engine brings it along.
void redactSetting(Draft& draft, Conversation& conversation, std::string_view name);

/// Appends what a setting is set to: numbers with their units, words that are published, and lists
/// of both. Paths, hosts and names that somebody chose are values like any other.
void redactSettingValue(Draft& draft, Conversation& conversation, std::string_view value);

}  // namespace mydba::ai
