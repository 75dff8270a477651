#include "engines/redis/command_policy.h"

#include <algorithm>

#include "sql/keyword.h"

namespace mydba::redis {
namespace {

struct RefusedCommand {
  std::string_view name;
  std::string_view why;
};

constexpr std::string_view streams = "its replies never end";
constexpr RefusedCommand refusedCommands[] = {
    {"SUBSCRIBE", streams},
    {"PSUBSCRIBE", streams},
    {"SSUBSCRIBE", streams},
    {"MONITOR", streams},
    {"PSYNC", streams},
    {"SYNC", streams},
    {"RESET", "it would forget the login of this session"}};

// Commands without the flag `readonly` that nevertheless change nothing stored
// (COMMAND INFO of Redis 7.0 and Valkey 8.0).
constexpr std::string_view harmless[] = {"AUTH", "ECHO", "HELLO",  "INFO", "LASTSAVE",
                                         "PING", "ROLE", "SELECT", "TIME", "COMMAND"};
// Of these only the named subcommands.
constexpr std::string_view harmlessPairs[] = {
    "ACL CAT",         "ACL GETUSER",   "ACL LIST",          "ACL USERS",       "ACL WHOAMI",
    "CLIENT GETNAME",  "CLIENT ID",     "CLIENT INFO",       "CLIENT LIST",     "CLUSTER INFO",
    "CLUSTER NODES",   "CLUSTER SLOTS", "CLUSTER SHARDS",    "CONFIG GET",      "LATENCY DOCTOR",
    "LATENCY LATEST",  "MEMORY DOCTOR", "LATENCY HISTOGRAM", "LATENCY HISTORY", "MEMORY STATS",
    "PUBSUB CHANNELS", "PUBSUB NUMSUB", "SCRIPT EXISTS",     "SLOWLOG GET",     "SLOWLOG LEN"};

/// Key specifications are the ninth element, each a list of names and values. PFCOUNT is flagged
/// `readonly` and has `RW` there: it stores what it has counted
/// (redis.io/docs/latest/develop/reference/key-specs).
bool writesKeys(const Reply& reply) {
  if (reply.elements.size() != 1 || reply.elements[0].elements.size() < 9) return true;
  for (const Reply& specification : reply.elements[0].elements[8].elements)
    for (std::size_t i = 0; i + 1 < specification.elements.size(); i += 2) {
      if (specification.elements[i].text() != "flags") continue;
      for (const Reply& flag : specification.elements[i + 1].elements)
        if (flag.text() == "RW" || flag.text() == "OW" || flag.text() == "RM") return true;
    }
  return false;
}

Error refused(std::string message) {
  return {.code = ErrorCode::refused, .message = std::move(message)};
}

template <typename List>
bool contains(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

/// Flags are the third element of an entry of COMMAND INFO.
bool hasFlag(const Reply& reply, std::string_view name) {
  if (reply.elements.size() != 1 || reply.elements[0].elements.size() < 3) return false;
  const auto& flags = reply.elements[0].elements[2].elements;
  return std::any_of(flags.begin(), flags.end(),
                     [&](const Reply& flag) { return flag.text() == name; });
}

}  // namespace

Result<void> checkCommand(const std::vector<std::string>& command) {
  const std::string name = sql::upperCase(command[0]);
  for (const RefusedCommand& known : refusedCommands)
    if (known.name == name) return refused(name + " is not run here: " + std::string(known.why));
  const std::string second = command.size() > 1 ? sql::upperCase(command[1]) : "";
  if (name == "HELLO" && command.size() > 1 && second != "2")
    return refused("HELLO " + second + " is not run here: only version 2 of the protocol is read");
  if (name == "CLIENT" && second == "REPLY")
    return refused("CLIENT REPLY is not run here: it would silence the replies");
  return {};
}

Result<bool> isFlaggedReading(Session& session, const std::vector<std::string>& command) {
  auto info = session.ask({"COMMAND", "INFO", command[0]});
  if (!info) return info.error();
  // OBJECT, XINFO, MEMORY: the flags are those of their subcommands.
  const bool container = command.size() > 1 && !hasFlag(*info, "readonly");
  if (container) info = session.ask({"COMMAND", "INFO", command[0] + "|" + command[1]});
  if (!info) return info.error();
  return hasFlag(*info, "readonly") && !hasFlag(*info, "write") && !writesKeys(*info);
}

Result<void> checkReadOnly(Session& session, const std::vector<std::string>& command) {
  const std::string name = sql::upperCase(command[0]);
  if (contains(harmless, name)) return {};
  if (command.size() > 1 && contains(harmlessPairs, name + ' ' + sql::upperCase(command[1])))
    return {};
  auto info = session.ask({"COMMAND", "INFO", command[0]});
  if (info && hasFlag(*info, "readonly")) return {};
  if (!info && !session.alive()) return info.error();
  return refused(name + " is not run: this session is read-only");
}

}  // namespace mydba::redis
