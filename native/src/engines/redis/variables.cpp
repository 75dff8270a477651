#include "engines/redis/variables.h"

#include <utility>

#include "base/embedded.h"
#include "engines/redis/command_line.h"
#include "engines/setting_facts.h"
#include "engines/variable_list.h"

namespace mydba::redis {
namespace {

using protocol::Variable;
using protocol::VariableChange;
using protocol::VariableScope;

/// Settings that INFO tells too, by other names (redis.io/commands/info).
struct InfoField {
  std::string_view field;
  std::string_view setting;
  bool isFlag;  ///< INFO says 0 or 1, CONFIG no or yes
};
constexpr InfoField infoFields[] = {{"aof_enabled", "appendonly", true},
                                    {"cluster_enabled", "cluster-enabled", true},
                                    {"configured_hz", "hz", false},
                                    {"maxclients", "maxclients", false},
                                    {"maxmemory", "maxmemory", false},
                                    {"maxmemory_policy", "maxmemory-policy", false},
                                    {"repl_backlog_size", "repl-backlog-size", false},
                                    {"tcp_port", "port", false}};

/// Sessions have no settings of their own.
Variable variableOf(std::string_view name, std::string_view value) {
  static const SettingBook book(embeddedFile("native/src/engines/redis/data/settings.txt"));
  const SettingFacts facts = book.find(name);
  Variable variable{.name = displayText(name), .value = displayText(value)};
  if (!facts.unit.empty()) variable.unit = std::string(facts.unit);
  if (facts.initial) variable.initial = std::string(*facts.initial);
  variable.scope = VariableScope::server;
  variable.changes = facts.changes.value_or(VariableChange::set);
  return variable;
}

/// Why CONFIG GET cannot be had; nothing for an error of another kind.
std::optional<protocol::Unavailable> refusal(const Error& error,
                                             const protocol::ServerInfo& server) {
  protocol::Unavailable lack{.what = "Most settings"};
  if (error.engineCode == "NOPERM") {
    lack.reason = "this user may not run CONFIG GET";
    lack.fix = "ACL SETUSER " + quoteArgument(server.user.value_or("default")) + " +config|get";
  } else if (error.code == ErrorCode::syntax) {
    lack.reason = "the server has renamed CONFIG or switched it off";
    lack.fix = "read its configuration file, or the settings that the service shows";
  } else {
    return std::nullopt;
  }
  return lack;
}

}  // namespace

Result<std::vector<Variable>> RedisVariables::fromInfo() {
  const auto reply = session_.ask({"INFO"});
  if (!reply) {
    // A user without CONFIG may be without INFO too.
    if (reply.error().engineCode.empty()) return reply.error();
    return std::vector<Variable>{};
  }
  std::vector<Variable> found;
  std::string_view text = reply->text();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\r\n"), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view value = line.substr(std::min(colon + 1, line.size()));
    for (const InfoField& known : infoFields)
      if (line.substr(0, colon) == known.field)
        found.push_back(variableOf(
            known.setting, !known.isFlag ? value : std::string_view(value == "1" ? "yes" : "no")));
  }
  return found;
}

Result<protocol::VariableList> RedisVariables::list(std::string_view part,
                                                    const CancelToken& cancel) {
  if (auto started = session_.start(session_.userDatabase(), cancel); !started)
    return started.error();
  const auto reply = session_.ask({"CONFIG", "GET", "*"});
  if (reply) {
    std::vector<Variable> all;
    for (std::size_t i = 0; i + 1 < reply->elements.size(); i += 2)
      all.push_back(variableOf(reply->elements[i].text(), reply->elements[i + 1].text()));
    return variableList(std::move(all), part);
  }
  auto lack = refusal(reply.error(), server_);
  if (!lack) return reply.error();
  auto few = fromInfo();
  if (!few) return few.error();
  auto list = variableList(std::move(*few), part);
  list.unavailable = std::move(lack);
  return list;
}

}  // namespace mydba::redis
