#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/redis/key_listing.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// Nodes below `path`, which stands for `prefix`; keys with their type and time to live.
Result<std::vector<protocol::TreeNode>> nodesOf(Session& session, std::span<const std::string> path,
                                                const std::string& prefix,
                                                const std::vector<KeyEntry>& entries);
/// Nodes of keys of the selected database, each with its whole path.
Result<std::vector<protocol::TreeNode>> keyNodes(Session& session, int database,
                                                 const std::vector<std::string>& keys);
/// The command that reads a key of a type, at most 1000 elements of it where the type allows.
Result<std::string> readCommand(std::string_view type, const std::string& key);
/// `1 key`, `2 keys`.
std::string keyCount(std::int64_t keys);
/// ASCII letters in either case.
bool startsWithoutCase(std::string_view text, std::string_view start);

}  // namespace mydba::redis
