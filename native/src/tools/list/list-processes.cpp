#include <algorithm>

#include "base/utf8.h"
#include "privacy/redactor.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

constexpr std::size_t longestStatement = 300;

Json processJson(const protocol::Process& process) {
  Json json = {{"id", process.id}, {"state", process.state}};
  if (process.user) json["user"] = *process.user;
  if (process.database) json["database"] = *process.database;
  if (process.seconds) json["seconds"] = *process.seconds;
  if (process.wait) json["wait"] = *process.wait;
  if (!process.blockedBy.empty()) json["blockedBy"] = process.blockedBy;
  if (process.sql) json["sql"] = std::string(utf8Prefix(*process.sql, longestStatement));
  return json;
}

/// Those who wait and those who are waited for come first, then the busy, then the idle.
int rank(const protocol::Process& process) {
  if (!process.blockedBy.empty()) return 0;
  return process.sql ? 1 : 2;
}

Result<Json> list(const Bench& bench, std::int64_t limit) {
  Processes* processes = bench.connection.processes();
  if (!processes)
    return Error{.code = ErrorCode::unsupported,
                 .message = bench.connection.server().flavour + " has no sessions to list"};
  auto snapshot = processes->list(bench.cancel);
  if (!snapshot) return snapshot.error();
  privacy::maskSecrets(*snapshot, dialectOf(bench.connection));
  std::ranges::stable_sort(snapshot->processes, {}, rank);
  Json sessions = Json::array();
  for (const auto& process : snapshot->processes) {
    if (static_cast<std::int64_t>(sessions.size()) == limit) break;
    sessions.push_back(processJson(process));
  }
  const auto left = snapshot->processes.size() - sessions.size();
  Json json = {{"processes", std::move(sessions)}};
  if (left > 0) json["more"] = left;
  if (snapshot->limitation) json["limitation"] = *snapshot->limitation;
  return json;
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto limit = arguments.integer("limit", 50, 1, 200);
  if (auto complete = arguments.complete(); !complete) return complete.error();
  return desk.withConnection(connection, Access::read,
                             [limit](const Bench& bench) { return list(bench, limit); });
}

}  // namespace

extern const Tool listProcesses{
    .name = "list_processes",
    .title = "List processes",
    .description =
        "Sessions of the server: who runs what, for how long, what it waits for and who "
        "blocks it. Secrets in statements are masked.",
    .run = run};

}  // namespace mydba::tools
