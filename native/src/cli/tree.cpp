#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/open_connection.h"
#include "cli/report.h"

namespace mydba::cli {
namespace {

/// All pages of one level.
Result<std::vector<protocol::TreeNode>> readLevel(Catalogue& catalogue,
                                                  std::span<const std::string> path,
                                                  const CancelToken& cancel) {
  constexpr int pageSize = 1000;
  std::vector<protocol::TreeNode> nodes;
  std::optional<std::string> cursor;
  do {
    auto page = catalogue.children(path, cursor, pageSize, cancel);
    if (!page) return page.error();
    for (auto& node : page->nodes) nodes.push_back(std::move(node));
    cursor = page->cursor;
  } while (cursor);
  return nodes;
}

void print(const std::vector<protocol::TreeNode>& nodes, bool json) {
  if (!json) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& node : nodes)
      rows.push_back({node.name + (node.children ? "/" : ""), node.kind, node.detail});
    return printColumns(rows);
  }
  rpc::Json list = rpc::Json::array();
  for (const auto& node : nodes)
    list.push_back({{"name", node.name},
                    {"kind", node.kind},
                    {"detail", node.detail},
                    {"path", node.path},
                    {"children", node.children}});
  printJson({{"nodes", std::move(list)}});
}

}  // namespace

Exit tree(Arguments arguments) {
  const auto parsed = parseArguments(arguments, {});
  if (!parsed) return fail("tree", parsed.error(), false);
  const bool json = parsed->has("json");
  if (parsed->positional.empty())
    return fail(
        "tree",
        {.code = ErrorCode::invalidParams, .message = "no URL", .hint = "mydba tree URL [PATH…]"},
        json);
  Interrupt interrupt;
  auto open = openConnection(parsed->positional[0], /*readOnly=*/true, interrupt.token());
  if (!open) return fail("connect", open.error(), json);
  Catalogue* catalogue = open->connection->catalogue();
  if (!catalogue)
    return fail("tree",
                {.code = ErrorCode::unsupported, .message = "this engine has no object tree"},
                json);
  const auto path = std::span(parsed->positional).subspan(1);
  const auto nodes = readLevel(*catalogue, path, interrupt.token());
  if (!nodes) return fail("tree", nodes.error(), json);
  print(*nodes, json);
  return Exit::done;
}

}  // namespace mydba::cli
