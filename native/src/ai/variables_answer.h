#pragma once

#include <string>
#include <string_view>

#include "ai/answers.h"
#include "types.h"

namespace mydba::ai {

/// Markdown on a server's settings, all text of the server in it escaped. `list` holds all settings
/// that the account sees. Where `wanted` names one (alone, or in a sentence) it is explained; where
/// it is a part of names, those are listed; else, and for an empty one, what is dangerous, waits
/// for a restart or is not as the server was built: 40 lines at most. `engine` is an
/// EngineDescriptor.id. Any thread.
std::string variablesAnswer(const protocol::VariableList& list, std::string_view wanted,
                            std::string_view engine, const Cite& cite);

}  // namespace mydba::ai
