#include "engines/redis/preflight.h"

#include <algorithm>
#include <array>

#include "base/time_limit.h"
#include "engines/redis/command_line.h"
#include "engines/redis/keyspace.h"
#include "guard/wording.h"
#include "sql/keyword.h"

namespace mydba::redis {
namespace {

constexpr std::chrono::milliseconds budget{1000};
/// Keys whose memory is asked for one by one.
constexpr std::size_t mostMeasured = 100;

bool removesKeys(std::string_view name) {
  return name == "DEL" || name == "UNLINK" || name == "GETDEL";
}

bool isFlush(std::string_view name) { return name == "FLUSHDB" || name == "FLUSHALL"; }

/// Settings whose value is a secret, or names where one is, are never repeated.
bool maySecret(std::string_view name) {
  static constexpr std::array parts = {"pass", "auth", "user", "acl", "key", "*", "?", "["};
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return name.find(part) != name.npos; });
}

std::string line(const Command& command) {
  std::string text;
  for (const std::string& argument : command)
    text += (text.empty() ? "" : " ") + quoteArgument(argument);
  return text;
}

}  // namespace

Result<std::optional<std::int64_t>> RedisPreflight::number(const Command& command) {
  const auto reply = session_.ask(command);
  // An error reply (no permission) is an answer too: not known.
  if (!reply && !reply.error().engineCode.empty()) return std::optional<std::int64_t>();
  if (!reply) return reply.error();
  if (reply->token.kind != Token::Kind::integer) return std::optional<std::int64_t>();
  return std::optional(reply->token.number);
}

Result<guard::Impact> RedisPreflight::impact(const sql::Statement& statement, std::string_view,
                                             const CancelToken& cancel) {
  guard::Impact impact;
  if (statement.arguments.empty()) return impact;
  impact.irreversible = flavour_ + " has no rollback";
  const auto looked = look(statement.arguments, cancel, impact);
  if (cancel.cancelled()) return cancel.error();
  if (!looked && !session_.alive()) return looked.error();
  if (!looked) impact.addUnknown("What it does", looked.error());
  return impact;
}

Result<void> RedisPreflight::look(const Command& command, const CancelToken& cancel,
                                  guard::Impact& impact) {
  const std::string name = sql::upperCase(command[0]);
  if (!removesKeys(name) && !isFlush(name)) return {};
  if (session_.queueing()) {
    impact.notes.push_back("It is queued and runs with EXEC.");
    return {};
  }
  const TimeLimit limit(cancel, budget);
  if (auto started = session_.start(session_.userDatabase(), limit.token()); !started)
    return started;
  return isFlush(name) ? flushed(command, impact) : removedKeys(command, impact);
}

Result<void> RedisPreflight::removedKeys(const Command& command, guard::Impact& impact) {
  Command keys(command.begin() + 1, command.end());
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  if (keys.empty()) return {};
  Command exists = {"EXISTS"};
  exists.insert(exists.end(), keys.begin(), keys.end());
  const auto count = number(exists);
  if (!count) return count.error();
  if (*count)
    impact.affected =
        guard::Affected{.count = **count, .certainty = guard::Certainty::exact, .noun = "key"};
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < std::min(keys.size(), mostMeasured); ++i) {
    const auto used = number({"MEMORY", "USAGE", keys[i]});
    if (!used) return used.error();
    bytes += used->value_or(0);
  }
  if (bytes > 0 && keys.size() <= mostMeasured)
    impact.notes.push_back("They use about " + guard::humanSize(bytes) + " of memory.");
  if (sql::upperCase(command[0]) == "DEL" && bytes > 1'000'000) {
    Command unlink = command;
    unlink[0] = "UNLINK";
    impact.alternatives.push_back(
        {.title = "Free the memory in the background", .command = line(unlink), .shell = false});
  }
  return {};
}

Result<void> RedisPreflight::flushed(const Command& command, guard::Impact& impact) {
  const bool all = sql::upperCase(command[0]) == "FLUSHALL";
  const auto spaces = readKeyspaces(session_);
  if (!spaces) return spaces.error();
  std::int64_t keys = 0;
  for (const auto& [database, space] : *spaces)
    if (all || database == session_.userDatabase()) keys += space.keys;
  impact.affected =
      guard::Affected{.count = keys, .certainty = guard::Certainty::exact, .noun = "key"};
  if (all && spaces->size() > 1)
    impact.notes.push_back("That is " +
                           guard::counted(static_cast<std::int64_t>(spaces->size()), "database") +
                           ", not only the one in use.");
  const bool background = command.size() > 1 && sql::upperCase(command[1]) == "ASYNC";
  if (!background) {
    impact.notes.push_back("Nobody is answered until it ends.");
    impact.alternatives.push_back({.title = "Free the memory in the background",
                                   .command = command[0] + " ASYNC",
                                   .shell = false});
  }
  return {};
}

Result<std::optional<protocol::Undo>> RedisPreflight::inverse(const sql::Statement& statement,
                                                              std::string_view,
                                                              const CancelToken& cancel) {
  if (statement.arguments.size() < 2 || session_.queueing()) return std::optional<protocol::Undo>();
  auto sql = back(statement.arguments, cancel);
  if (cancel.cancelled()) return cancel.error();
  if (!sql && !session_.alive()) return sql.error();
  if (!sql || !*sql) return std::optional<protocol::Undo>();
  const bool setting = sql::upperCase(statement.arguments[0]) == "CONFIG";
  return std::optional(
      protocol::Undo{.title = setting ? "Set it back" : "Take it back", .sql = std::move(**sql)});
}

Result<std::optional<std::string>> RedisPreflight::back(const Command& command,
                                                        const CancelToken& cancel) {
  using Back = Result<std::optional<std::string>>;
  const std::string name = sql::upperCase(command[0]);
  const TimeLimit limit(cancel, budget);
  if (auto started = session_.start(session_.userDatabase(), limit.token()); !started)
    return started.error();
  if (name == "CONFIG" && command.size() == 4 && sql::upperCase(command[1]) == "SET")
    return backOfSetting(command);
  if (name == "RENAME" && command.size() == 3) {
    // What was there under the new name is lost.
    const auto there = number({"EXISTS", command[2]});
    if (!there) return there.error();
    if (*there != 0) return Back(std::nullopt);
    return Back(line({"RENAME", command[2], command[1]}));
  }
  const bool expiry = name == "EXPIRE" || name == "PEXPIRE" || name == "EXPIREAT" ||
                      name == "PEXPIREAT" || name == "PERSIST";
  return expiry ? backOfExpiry(command) : Back(std::nullopt);
}

Result<std::optional<std::string>> RedisPreflight::backOfSetting(const Command& command) {
  using Back = Result<std::optional<std::string>>;
  const std::string setting = sql::lowerCase(command[2]);
  if (maySecret(setting)) return Back(std::nullopt);
  const auto reply = session_.ask({"CONFIG", "GET", setting});
  if (!reply) return reply.error();
  if (reply->elements.size() != 2) return Back(std::nullopt);
  return Back(line({"CONFIG", "SET", setting, reply->elements[1].text()}));
}

Result<std::optional<std::string>> RedisPreflight::backOfExpiry(const Command& command) {
  using Back = Result<std::optional<std::string>>;
  // A time in milliseconds; -1 for a key that stays, -2 for none. Redis 7 and Valkey have it.
  const auto ends = number({"PEXPIRETIME", command[1]});
  if (!ends) return ends.error();
  if (!*ends || **ends < -1) return Back(std::nullopt);
  if (**ends == -1) return Back(line({"PERSIST", command[1]}));
  return Back(line({"PEXPIREAT", command[1], std::to_string(**ends)}));
}

}  // namespace mydba::redis
