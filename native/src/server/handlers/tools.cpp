// Tools for agents of the editor: what `mydba mcp` offers on the command line, on open connections.

#include "dispatch.h"
#include "server/editor_desk.h"
#include "server/server.h"
#include "tools/fence.h"
#include "tools/tool.h"

namespace mydba::server::handlers {
namespace {

constexpr std::chrono::minutes longestCall{2};

/// Why a tool failed. A server's message may hold what others wrote.
std::string failure(const Error& error) {
  std::string text = error.message;
  if (!error.hint.empty()) text += "\nhint: " + error.hint;
  return tools::fenced(text);
}

}  // namespace

Result<protocol::ToolList> toolsList(Call&, const protocol::Empty&) {
  protocol::ToolList list;
  for (const tools::Tool* tool : tools::tools())
    list.tools.push_back({.name = std::string(tool->name),
                          .title = std::string(tool->title),
                          .description = std::string(tool->description),
                          .inputSchema = std::string(tool->inputSchema()),
                          .writes = tool->writes});
  return list;
}

Result<protocol::ToolCallResult> toolsCall(Call& call, const protocol::ToolCallParams& params) {
  const auto arguments = rpc::parseJson(params.arguments);
  if (!arguments) return arguments.error();
  call.timeoutAfter(longestCall);
  const auto desk = makeEditorDesk(call, protocol::AuditActor::tool, [](std::string_view) {});
  const auto answer = tools::callTool(params.name, *arguments, *desk);
  if (call.cancel().cancelled()) return call.cancel().error();
  if (!answer) return protocol::ToolCallResult{.text = failure(answer.error()), .failed = true};
  return protocol::ToolCallResult{.text = tools::fenced(rpc::writeJson(*answer)), .failed = false};
}

Result<protocol::Empty> toolsAllowWrites(Call& call, const protocol::ToolWritesParams& params) {
  call.server().allowToolWrites({params.sessionIds.begin(), params.sessionIds.end()});
  return protocol::Empty{};
}

}  // namespace mydba::server::handlers
