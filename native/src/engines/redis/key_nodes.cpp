#include "engines/redis/key_nodes.h"

#include <algorithm>

#include "engines/redis/command_line.h"
#include "sql/keyword.h"

namespace mydba::redis {
namespace {

using protocol::NodeAction;
using protocol::TreeNode;

constexpr std::size_t pipelined = 500;  // keys asked about together

std::string iconOf(std::string_view type) {
  if (type == "string") return "symbol-string";
  if (type == "hash") return "symbol-object";
  if (type == "list") return "list-ordered";
  if (type == "set") return "symbol-array";
  if (type == "zset") return "symbol-numeric";
  if (type == "stream") return "pulse";
  return "key";
}

std::string lifeText(std::int64_t milliseconds) {
  if (milliseconds < 1000) return "less than 1 s";
  const std::int64_t seconds = milliseconds / 1000;
  if (seconds < 120) return std::to_string(seconds) + " s";
  if (seconds < 7200) return std::to_string(seconds / 60) + " min";
  if (seconds < 48 * 3600) return std::to_string(seconds / 3600) + " h";
  return std::to_string(seconds / 86400) + " days";
}

std::vector<std::string> pathTo(int database, std::string_view key) {
  std::vector<std::string> path{"db" + std::to_string(database)};
  for (;;) {
    const std::size_t colon = key.find(':');
    if (colon == std::string_view::npos) break;
    path.push_back(escapeBytes(key.substr(0, colon + 1)));
    key.remove_prefix(colon + 1);
  }
  path.push_back(escapeBytes(key));
  return path;
}

/// Sets type and time to live of `nodes`, whose keys are `keys`. A key that is gone says so.
Result<void> describe(Session& session, std::span<TreeNode* const> nodes,
                      std::span<const std::string> keys) {
  std::vector<Command> commands;
  for (const std::string& key : keys) {
    commands.push_back({"TYPE", key});
    commands.push_back({"PTTL", key});
  }
  auto replies = session.askAll(commands);
  if (!replies) return replies.error();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Reply& type = (*replies)[2 * i];
    const Reply& life = (*replies)[2 * i + 1];
    // An ACL may forbid TYPE for some keys; they are still listed.
    nodes[i]->detail = type.isError() ? "" : displayText(type.text());
    if (type.text() == "none") nodes[i]->detail = "gone";
    nodes[i]->icon = iconOf(type.text());
    if (!life.isError() && life.token.number >= 0)
      nodes[i]->detail += " · TTL " + lifeText(life.token.number);
  }
  return {};
}

Result<void> describeAll(Session& session, const std::vector<TreeNode*>& nodes,
                         const std::vector<std::string>& keys) {
  for (std::size_t at = 0; at < keys.size(); at += pipelined) {
    const std::size_t count = std::min(pipelined, keys.size() - at);
    auto described =
        describe(session, std::span(nodes).subspan(at, count), std::span(keys).subspan(at, count));
    if (!described) return described;
  }
  return {};
}

TreeNode keyNode(std::string name, std::vector<std::string> path) {
  return {.name = std::move(name),
          .kind = "key",
          .detail = "",
          .icon = "key",
          .path = std::move(path),
          .children = false,
          .actions = {NodeAction::preview, NodeAction::copyName, NodeAction::script}};
}

TreeNode groupNode(const KeyEntry& entry, std::vector<std::string> path) {
  return {.name = displayText(entry.name),
          .kind = "folder",
          .detail = entry.keys > 0 ? keyCount(entry.keys) : "",
          .icon = "symbol-namespace",
          .path = std::move(path),
          .children = true,
          .actions = {NodeAction::copyName}};
}

}  // namespace

Result<std::vector<TreeNode>> nodesOf(Session& session, std::span<const std::string> path,
                                      const std::string& prefix,
                                      const std::vector<KeyEntry>& entries) {
  std::vector<TreeNode> nodes;
  std::vector<std::string> keys;
  for (const KeyEntry& entry : entries) {
    std::vector<std::string> below(path.begin(), path.end());
    below.push_back(escapeBytes(entry.name));
    if (entry.group) {
      nodes.push_back(groupNode(entry, std::move(below)));
      continue;
    }
    keys.push_back(prefix + entry.name);
    // The whole name: that is what people copy and look for.
    nodes.push_back(keyNode(displayText(keys.back()), std::move(below)));
  }
  std::vector<TreeNode*> described;
  for (TreeNode& node : nodes)
    if (!node.children) described.push_back(&node);
  if (auto done = describeAll(session, described, keys); !done) return done.error();
  return nodes;
}

Result<std::vector<TreeNode>> keyNodes(Session& session, int database,
                                       const std::vector<std::string>& keys) {
  std::vector<TreeNode> nodes;
  for (const std::string& key : keys)
    nodes.push_back(keyNode(displayText(key), pathTo(database, key)));
  std::vector<TreeNode*> described;
  for (TreeNode& node : nodes) described.push_back(&node);
  if (auto done = describeAll(session, described, keys); !done) return done.error();
  return nodes;
}

Result<std::string> readCommand(std::string_view type, const std::string& key) {
  const std::string name = quoteArgument(key);
  if (type == "string") return "GET " + name;
  if (type == "hash") return "HGETALL " + name;
  if (type == "list") return "LRANGE " + name + " 0 999";
  if (type == "set") return "SSCAN " + name + " 0 COUNT 1000";
  if (type == "zset") return "ZRANGE " + name + " 0 999 WITHSCORES";
  if (type == "stream") return "XRANGE " + name + " - + COUNT 1000";
  if (type == "none")
    return Error{.code = ErrorCode::server, .message = "the key does not exist any more"};
  return Error{.code = ErrorCode::unsupported,
               .message = "no command is known that reads a key of type " + displayText(type)};
}

bool startsWithoutCase(std::string_view text, std::string_view start) {
  return sql::upperCase(std::string(text.substr(0, start.size()))) ==
         sql::upperCase(std::string(start));
}

std::string keyCount(std::int64_t keys) {
  return std::to_string(keys) + (keys == 1 ? " key" : " keys");
}

}  // namespace mydba::redis
