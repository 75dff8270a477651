#pragma once

// The tools: what a model, an agent or a script may ask of a database, each a file of this folder.
//
// The chat, the editor's agents and the MCP server call the same ones, by the same names, behind
// the same gate: a tool that reads runs its statement through a gate that is read-only whatever the
// connection's own policy is, and the only one that writes is listed and called only where the
// user has switched writing on for that connection, and asks him each time.
//
// A name is stable once it is released: prompts, settings and other people's agents hold it.
// Arguments are JSON that the tool's schema describes (schema/<name>.json). What is returned is
// small (`mostBytes`), and what is left out says how to get it. It holds names, values and messages
// of a database, which are hostile: whoever hands it to a model fences it (tools/fence.h).

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "tools/arguments.h"
#include "tools/desk.h"

namespace mydba::tools {

/// Of a tool's answer, as JSON text.
inline constexpr std::size_t mostBytes = 32 * 1024;

struct Tool {
  std::string_view name;         ///< `run_read_query`
  std::string_view title;        ///< for people: `Run a read-only query`
  std::string_view description;  ///< for a model: what it does, when to use it
  bool writes = false;
  Result<Json> (*run)(const Arguments& arguments, Desk& desk);

  /// JSON Schema of the arguments; static storage duration.
  std::string_view inputSchema() const;
};

/// All, by name.
std::span<const Tool* const> tools();
/// Null when there is none of that name.
const Tool* findTool(std::string_view name);

/// Runs the tool with arguments that come from outside: `invalidParams` for a tool that is not
/// there or is switched off, or for arguments that its schema does not allow.
Result<Json> callTool(std::string_view name, const Json& arguments, Desk& desk);

}  // namespace mydba::tools
