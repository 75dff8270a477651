#include <algorithm>
#include <cstdio>

#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/open_connection.h"
#include "cli/report.h"
#include "codec.h"
#include "engines/engine.h"
#include "privacy/redactor.h"

namespace mydba::cli {
namespace {

using protocol::Process;
using protocol::ProcessSnapshot;

/// Who waits for whom, one pair each.
rpc::Json locks(const ProcessSnapshot& snapshot) {
  rpc::Json list = rpc::Json::array();
  for (const Process& process : snapshot.processes)
    for (const auto& holder : process.blockedBy)
      list.push_back(
          {{"waiting", process.id}, {"holding", holder}, {"wait", process.wait.value_or("")}});
  return list;
}

const Process* find(const ProcessSnapshot& snapshot, const std::string& id) {
  for (const Process& process : snapshot.processes)
    if (process.id == id) return &process;
  return nullptr;
}

/// From each waiting session to the one at the end that waits for nobody; a deadlock ends where it
/// closes.
rpc::Json chains(const ProcessSnapshot& snapshot) {
  rpc::Json list = rpc::Json::array();
  for (const Process& process : snapshot.processes) {
    std::vector<std::string> chain;
    for (const Process* at = &process; at && !at->blockedBy.empty();
         at = find(snapshot, at->blockedBy.front())) {
      if (std::find(chain.begin(), chain.end(), at->id) != chain.end()) break;
      if (chain.empty()) chain.push_back(at->id);
      chain.push_back(at->blockedBy.front());
      if (std::count(chain.begin(), chain.end(), chain.back()) > 1) break;
    }
    if (!chain.empty()) list.push_back(chain);
  }
  return list;
}

void printTable(const ProcessSnapshot& snapshot) {
  std::vector<std::vector<std::string>> rows = {
      {"ID", "USER", "DATABASE", "STATE", "SECONDS", "BLOCKED BY", "SQL"}};
  for (const Process& process : snapshot.processes) {
    std::string blockers;
    for (const auto& id : process.blockedBy) blockers += (blockers.empty() ? "" : ",") + id;
    char seconds[32] = "";
    if (process.seconds) std::snprintf(seconds, sizeof seconds, "%.1f", *process.seconds);
    rows.push_back({process.id, process.user.value_or(""), process.database.value_or(""),
                    process.state, seconds, blockers, process.sql.value_or("").substr(0, 100)});
  }
  printColumns(rows);
  if (snapshot.limitation)
    std::fprintf(stderr, "mydba: %s\n", printable(*snapshot.limitation).c_str());
}

}  // namespace

Exit processes(Arguments arguments) {
  const auto parsed = parseArguments(arguments, {});
  if (!parsed) return fail("processes", parsed.error(), false);
  const bool json = parsed->has("json");
  if (parsed->positional.size() != 1)
    return fail(
        "processes",
        {.code = ErrorCode::invalidParams, .message = "needs a URL", .hint = "mydba processes URL"},
        json);
  Interrupt interrupt;
  auto open = openConnection(parsed->positional[0], /*readOnly=*/true, interrupt.token());
  if (!open) return fail("connect", open.error(), json);
  Processes* list = open->connection->processes();
  if (!list)
    return fail("processes",
                {.code = ErrorCode::unsupported,
                 .message = open->connection->server().flavour + " has no sessions to list"},
                json);
  auto snapshot = list->list(interrupt.token());
  if (!snapshot) return fail("processes", snapshot.error(), json);
  privacy::maskSecrets(*snapshot, dialectOf(*open->connection));
  if (!json) {
    printTable(*snapshot);
    return Exit::done;
  }
  printJson({{"processes", protocol::encode(*snapshot)["processes"]},
             {"locks", locks(*snapshot)},
             {"chains", chains(*snapshot)}});
  return Exit::done;
}

}  // namespace mydba::cli
