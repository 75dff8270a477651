#include "engines/redis/server_counters.h"

#include <array>
#include <charconv>

#include "sql/keyword.h"

namespace mydba::redis {
namespace {

/// Of INFO stats: what a command that reads can move.
constexpr std::array shownStats = {"keyspace_hits", "keyspace_misses", "expired_keys",
                                   "total_net_input_bytes", "total_net_output_bytes"};

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The value behind `name` and `separator`, up to one of `ends`; empty when there is none.
std::string_view valueOf(std::string_view text, std::string_view name, char separator,
                         std::string_view ends) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t behind = at + name.size();
    const bool starts = at == 0 || text[at - 1] == '\n' || text[at - 1] == ',';
    if (!starts || behind >= text.size() || text[behind] != separator) continue;
    const std::string_view rest = text.substr(behind + 1);
    return rest.substr(0, rest.find_first_of(ends));
  }
  return {};
}

std::string_view lineOf(std::string_view text, std::string_view name) {
  return valueOf(text, name, ':', "\r\n");
}

/// The line of a command, by the name of its subcommand where it has some.
std::string_view statisticsOf(std::string_view text, std::string_view kind,
                              const Command& command) {
  const std::string name = sql::lowerCase(command[0]);
  if (command.size() > 1) {
    const auto line = lineOf(text, std::string(kind) + name + "|" + sql::lowerCase(command[1]));
    if (!line.empty()) return line;
  }
  return lineOf(text, std::string(kind) + name);
}

}  // namespace

Result<ServerCounters> readCounters(Session& session, const Command& command) {
  auto commands = session.ask({"INFO", "commandstats"});
  if (!commands) return commands.error();
  auto stats = session.ask({"INFO", "stats"});
  if (!stats) return stats.error();
  ServerCounters counters;
  const std::string_view line = statisticsOf(commands->text(), "cmdstat_", command);
  counters.command = {.calls = number(valueOf(line, "calls", '=', ",")),
                      .microseconds = number(valueOf(line, "usec", '=', ","))};
  for (const char* name : shownStats)
    counters.stats.emplace(name, number(lineOf(stats->text(), name)));
  return counters;
}

std::string usualLatency(Session& session, const Command& command) {
  const auto reply = session.ask({"INFO", "latencystats"});
  if (!reply) return {};
  return std::string(statisticsOf(reply->text(), "latency_percentiles_usec_", command));
}

std::vector<protocol::ProfileMetric> movedBetween(const ServerCounters& before,
                                                  const ServerCounters& after) {
  std::vector<protocol::ProfileMetric> metrics;
  const auto add = [&](std::string name, const char* group, protocol::ProfileUnit unit,
                       double moved) {
    if (moved != 0)
      metrics.push_back(
          {.name = std::move(name), .group = group, .unit = unit, .value = moved, .wide = true});
  };
  add("calls", "Command", protocol::ProfileUnit::count,
      static_cast<double>(after.command.calls - before.command.calls));
  add("usec", "Command", protocol::ProfileUnit::ms,
      static_cast<double>(after.command.microseconds - before.command.microseconds) / 1000);
  for (const auto& [name, value] : after.stats) {
    const auto earlier = before.stats.find(name);
    const bool bytes = name.ends_with("_bytes");
    add(name, bytes ? "Network" : "Keyspace",
        bytes ? protocol::ProfileUnit::bytes : protocol::ProfileUnit::count,
        static_cast<double>(value - (earlier == before.stats.end() ? 0 : earlier->second)));
  }
  return metrics;
}

}  // namespace mydba::redis
