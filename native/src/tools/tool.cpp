#include "tools/tool.h"

#include <algorithm>
#include <string>

#include "base/embedded.h"

namespace mydba::tools {

#define MYDBA_TOOL(name) extern const Tool name;
#include "tools/list/tools.inc"
#undef MYDBA_TOOL

namespace {

constexpr const Tool* allTools[] = {
#define MYDBA_TOOL(name) &name,
#include "tools/list/tools.inc"
#undef MYDBA_TOOL
};

}  // namespace

std::span<const Tool* const> tools() { return allTools; }

const Tool* findTool(std::string_view name) {
  const auto at = std::ranges::find(allTools, name, &Tool::name);
  return at == std::end(allTools) ? nullptr : *at;
}

std::string_view Tool::inputSchema() const {
  return embeddedFile("native/src/tools/schema/" + std::string(name) + ".json");
}

Result<Json> callTool(std::string_view name, const Json& arguments, Desk& desk) {
  const Tool* tool = findTool(name);
  if (!tool)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "there is no tool " + std::string(name.substr(0, 100))};
  return tool->run(Arguments(arguments), desk);
}

}  // namespace mydba::tools
