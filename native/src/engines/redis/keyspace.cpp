#include "engines/redis/keyspace.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

namespace mydba::redis {
namespace {

std::int64_t numberAfter(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  std::int64_t number = 0;
  if (at != std::string_view::npos)
    std::from_chars(text.data() + at + name.size(), text.data() + text.size(), number);
  return number;
}

bool isPermissionError(const Error& error) {
  return error.engineCode == "NOPERM" || error.code == ErrorCode::syntax;
}

}  // namespace

std::map<int, Keyspace> parseKeyspaces(std::string_view info) {
  std::map<int, Keyspace> spaces;
  while (!info.empty()) {
    const std::size_t end = std::min(info.find('\n'), info.size());
    const std::string_view line = info.substr(0, end);
    info.remove_prefix(std::min(end + 1, info.size()));
    const std::size_t colon = line.find(':');
    if (!line.starts_with("db") || colon == std::string_view::npos) continue;
    int database = 0;
    const auto [last, error] = std::from_chars(line.data() + 2, line.data() + colon, database);
    if (error != std::errc{} || last != line.data() + colon) continue;
    spaces[database] = {.keys = numberAfter(line, "keys="),
                        .expires = numberAfter(line, "expires=")};
  }
  return spaces;
}

Result<std::map<int, Keyspace>> readKeyspaces(Session& session) {
  auto info = session.ask({"INFO", "keyspace"});
  if (info) return parseKeyspaces(info->text());
  if (!isPermissionError(info.error())) return info.error();
  // Without INFO the size of the user's own database is still known.
  auto size = session.ask({"DBSIZE"});
  if (!size) return size.error();
  return std::map<int, Keyspace>{
      {session.userDatabase(), {.keys = size->token.number, .expires = 0}}};
}

Result<int> databaseCount(Session& session) {
  if (session.info("redis_mode") == "cluster" || session.info("server_mode") == "cluster") return 1;
  // Some hosts rename or forbid CONFIG.
  auto reply = session.ask({"CONFIG", "GET", "databases"});
  if (!reply) {
    if (session.alive() && reply.error().code != ErrorCode::cancelled) return 0;
    return reply.error();
  }
  if (reply->elements.size() != 2) return 0;
  return static_cast<int>(std::clamp<std::int64_t>(
      numberAfter("databases=" + reply->elements[1].text(), "databases="), 0, 1 << 20));
}

Result<FoundKeys> findKeys(Session& session, const std::string& pattern, std::size_t limit,
                           Clock::time_point end) {
  FoundKeys found;
  std::unordered_set<std::string> seen;
  std::string cursor = "0";
  while (found.keys.size() < limit && Clock::now() < end) {
    auto reply = session.ask({"SCAN", cursor, "MATCH", pattern, "COUNT", "5000"});
    if (!reply) return reply.error();
    if (reply->elements.size() != 2)
      return Error{.code = ErrorCode::server, .message = "SCAN gave an unexpected reply"};
    for (const Reply& key : reply->elements[1].elements)
      if (found.keys.size() < limit && seen.insert(key.text()).second)
        found.keys.push_back(key.text());
    cursor = reply->elements[0].text();
    if (cursor == "0") {
      found.complete = found.keys.size() < limit;
      break;
    }
  }
  return found;
}

}  // namespace mydba::redis
