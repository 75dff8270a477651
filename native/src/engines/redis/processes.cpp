#include "engines/redis/processes.h"

#include <algorithm>
#include <charconv>

#include "base/utc_time.h"
#include "engines/redis/command_line.h"

namespace mydba::redis {
namespace {

using protocol::Process;

// Flags of https://redis.io/commands/client-list; the first that applies names the state.
struct StateFlag {
  char flag;
  std::string_view state;
};
constexpr StateFlag stateFlags[] = {{'b', "blocked"}, {'x', "in transaction"}, {'O', "monitor"},
                                    {'S', "replica"}, {'M', "primary"},        {'P', "subscriber"},
                                    {'A', "closing"}, {'c', "closing"}};

std::string_view stateOf(std::string_view flags) {
  for (const StateFlag& known : stateFlags)
    if (flags.find(known.flag) != std::string_view::npos) return known.state;
  return "idle";
}

constexpr const char* killLimitation =
    "The server cannot end a command and keep its connection: end the connection. A script that "
    "runs is ended by SCRIPT KILL.";

double number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void setField(Process& process, std::string_view name, std::string_view value) {
  if (name == "id")
    process.id = value;
  else if (name == "addr")
    process.host = displayText(value);
  else if (name == "name") {
    if (!value.empty()) process.application = displayText(value);
  } else if (name == "user")
    process.user = displayText(value);
  else if (name == "db")
    process.database = value;
  else if (name == "idle")
    process.seconds = number(value);
  else if (name == "cmd") {
    process.command = displayText(value);
    process.sql = process.command;
  } else
    process.extra.push_back({std::string(name), displayText(value)});
  if (name == "flags") process.state = stateOf(value);
}

Process parseClient(std::string_view line, std::string_view ownName) {
  Process process{.state = "idle"};
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view field = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    const std::size_t equals = field.find('=');
    if (equals != std::string_view::npos)
      setField(process, field.substr(0, equals), field.substr(equals + 1));
  }
  // Commands run one at a time, and the list is made between them: the only clients that are in the
  // middle of one are those that wait in it.
  process.active = process.state == "blocked";
  if (process.active && process.command) process.wait = "data for " + *process.command;
  process.own = process.application == ownName;
  return process;
}

}  // namespace

std::vector<Process> parseClients(std::string_view list, std::string_view ownName) {
  std::vector<Process> processes;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('\n'), list.size());
    const std::string_view line = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    if (line.starts_with("id=")) processes.push_back(parseClient(line, ownName));
  }
  std::stable_sort(processes.begin(), processes.end(), [](const Process& a, const Process& b) {
    if (a.active != b.active) return a.active;
    return a.seconds.value_or(0) > b.seconds.value_or(0);
  });
  return processes;
}

Result<protocol::ProcessSnapshot> RedisProcesses::list(const CancelToken& cancel) {
  if (auto started = session_.start(session_.userDatabase(), cancel); !started)
    return started.error();
  auto reply = session_.ask({"CLIENT", "LIST"});
  if (!reply) return reply.error();
  protocol::ProcessSnapshot snapshot{
      .time = utcNow(), .processes = parseClients(reply->text(), session_.clientName())};
  snapshot.killKinds = {protocol::KillKind::connection};
  snapshot.killLimitation = killLimitation;
  if (reply->token.size > reply->text().size())
    snapshot.limitation = "the list of clients is longer than 16 MiB and was cut";
  return snapshot;
}

Result<protocol::KillResult> RedisProcesses::kill(std::string_view id, protocol::KillKind kind,
                                                  const CancelToken& cancel) {
  if (kind == protocol::KillKind::query)
    return Error{.code = ErrorCode::unsupported,
                 .message = "the server cannot end a command and keep its connection",
                 .hint = "end the connection instead; a script that runs ends by SCRIPT KILL"};
  if (id == std::to_string(session_.clientId()))
    return Error{.code = ErrorCode::refused, .message = "this is the helper's own connection"};
  if (id.empty() || !std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return Error{.code = ErrorCode::invalidParams, .message = "the id must be a number"};
  if (auto started = session_.start(session_.userDatabase(), cancel); !started)
    return started.error();
  auto reply = session_.ask({"CLIENT", "KILL", "ID", std::string(id)});
  if (!reply) return reply.error();
  return protocol::KillResult{.killed = reply->token.number > 0};
}

}  // namespace mydba::redis
