#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engines/redis/session.h"

namespace mydba::redis {

/// What INFO keyspace tells of one database.
struct Keyspace {
  std::int64_t keys = 0;
  std::int64_t expires = 0;
};

/// Databases that have keys, by number.
Result<std::map<int, Keyspace>> readKeyspaces(Session& session);
/// The parser of the above: lines of `db0:keys=3,expires=1,avg_ttl=0`.
std::map<int, Keyspace> parseKeyspaces(std::string_view info);
/// How many databases the server has; 1 in a cluster; 0 when it does not tell.
Result<int> databaseCount(Session& session);

struct FoundKeys {
  std::vector<std::string> keys;
  bool complete = false;
};

/// Keys of the selected database that match a pattern, at most `limit`, until `end`.
Result<FoundKeys> findKeys(Session& session, const std::string& pattern, std::size_t limit,
                           Clock::time_point end);

}  // namespace mydba::redis
