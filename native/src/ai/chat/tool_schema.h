#pragma once

// What a tool wants, for a model: without the connection, which is that of the conversation. A
// model is not told what the user calls his servers.

#include <string>

#include "tools/tool.h"

namespace mydba::ai {

/// Whether `tool` is about a connection.
bool takesConnection(const tools::Tool& tool);
/// Its JSON Schema without that argument.
std::string schemaWithoutConnection(const tools::Tool& tool);

}  // namespace mydba::ai
