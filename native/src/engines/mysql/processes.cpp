#include "engines/mysql/processes.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/embedded.h"
#include "base/utc_time.h"

namespace mydba::mysql {
namespace {

/// "Unknown thread id"; "you need the … privilege".
constexpr std::string_view noSuchThread = "1094", specificAccessDenied = "1227";

constexpr std::string_view processLimitation =
    "without the PROCESS privilege only the sessions of this account are seen, and no locks; GRANT "
    "PROCESS ON *.* would complete the list";

bool isIdle(std::string_view command) {
  return command == "Sleep" || command == "Daemon" || command.starts_with("Binlog Dump");
}

class MysqlProcesses final : public Processes {
 public:
  explicit MysqlProcesses(Session& session) : session_(session) {}

  Result<protocol::ProcessSnapshot> list(const CancelToken& cancel) override {
    auto rows = sessions(cancel);
    if (!rows) return rows.error();
    protocol::ProcessSnapshot snapshot;
    snapshot.time = utcNow();
    snapshot.killKinds = {protocol::KillKind::query, protocol::KillKind::connection};
    for (const Row& row : *rows) snapshot.processes.push_back(process(row));
    if (const auto added = addTransactions(snapshot, cancel); !added) return added.error();
    if (const auto added = addBlockers(snapshot, cancel); !added) return added.error();
    std::stable_sort(snapshot.processes.begin(), snapshot.processes.end(),
                     [](const protocol::Process& a, const protocol::Process& b) {
                       if (a.active != b.active) return a.active;
                       return a.seconds.value_or(0) > b.seconds.value_or(0);
                     });
    return snapshot;
  }

  Result<protocol::KillResult> kill(std::string_view id, protocol::KillKind kind,
                                    const CancelToken& cancel) override {
    const bool digits = !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits)
      return Error{.code = ErrorCode::invalidParams, .message = "a session id is a number"};
    if (id == session_.id())
      return Error{.code = ErrorCode::refused,
                   .message = "this is the connection that MyDBA uses itself"};
    const std::string verb = kind == protocol::KillKind::query ? "KILL QUERY " : "KILL CONNECTION ";
    const auto killed = session_.query(verb + std::string(id), cancel);
    if (killed) return protocol::KillResult{.killed = true};
    if (killed.error().engineCode == noSuchThread) return protocol::KillResult{.killed = false};
    return killed.error();
  }

 private:
  /// The fuller list needs rights on the performance schema; the plain one needs none.
  Result<Rows> sessions(const CancelToken& cancel) {
    auto rows = session_.query(embeddedSql("mysql", session_.flavour().processesSql), cancel);
    const bool denied = !rows && rows.error().code == ErrorCode::server;
    if (denied || (rows && rows->empty()))
      return session_.query(embeddedSql("mysql", "processes_plain"), cancel);
    return rows;
  }

  protocol::Process process(const Row& row) const {
    protocol::Process process;
    process.id = row[0].value_or("");
    process.user = row[1];
    process.host = row[2];
    process.database = row[3];
    process.command = row[4];
    process.seconds = numberIn(row[5]);
    process.state = row[6].value_or("").empty() ? row[4].value_or("") : *row[6];
    process.active = !isIdle(row[4].value_or("Sleep"));
    process.sql = row[7];
    process.application = row[8];
    process.own =
        process.id == session_.id() || (row[8] == "mydba" && row[9] == std::to_string(::getpid()));
    if (process.state.starts_with("Waiting for")) process.wait = process.state;
    if (row[9]) process.extra.push_back({"pid", *row[9]});
    return process;
  }

  static protocol::Process* find(protocol::ProcessSnapshot& snapshot,
                                 const std::optional<std::string>& id) {
    const auto found = std::find_if(snapshot.processes.begin(), snapshot.processes.end(),
                                    [&](const auto& process) { return process.id == id; });
    return found == snapshot.processes.end() ? nullptr : &*found;
  }

  /// Rows of something that needs PROCESS; without it none, and the snapshot says so.
  Result<Rows> privileged(std::string_view sql, protocol::ProcessSnapshot& snapshot,
                          const CancelToken& cancel) {
    auto rows = session_.query(embeddedSql("mysql", sql), cancel);
    if (rows || rows.error().code != ErrorCode::server) return rows;
    snapshot.limitation = rows.error().engineCode == specificAccessDenied
                              ? std::string(processLimitation)
                              : "locks are not seen: " + rows.error().message;
    return Rows{};
  }

  Result<void> addTransactions(protocol::ProcessSnapshot& snapshot, const CancelToken& cancel) {
    const auto rows = privileged("transactions", snapshot, cancel);
    if (!rows) return rows.error();
    for (const Row& row : *rows) {
      auto* process = find(snapshot, row[0]);
      if (!process) continue;
      process->transactionSeconds = numberIn(row[1]);
      const char* const names[] = {"transaction", "rows locked", "rows modified", "isolation"};
      for (std::size_t i = 0; i < 4; ++i)
        if (row[i + 2]) process->extra.push_back({names[i], *row[i + 2]});
    }
    return {};
  }

  Result<void> addBlockers(protocol::ProcessSnapshot& snapshot, const CancelToken& cancel) {
    if (snapshot.limitation) return {};
    const auto rows = privileged(session_.flavour().blockersSql, snapshot, cancel);
    if (!rows) return rows.error();
    for (const Row& row : *rows) {
      auto* process = find(snapshot, row[0]);
      if (!process || !row[1]) continue;
      auto& list = process->blockedBy;
      if (std::find(list.begin(), list.end(), *row[1]) == list.end()) list.push_back(*row[1]);
      process->wait = row[2];
    }
    return {};
  }

  Session& session_;
};

}  // namespace

std::unique_ptr<Processes> makeProcesses(Session& session) {
  return std::make_unique<MysqlProcesses>(session);
}

}  // namespace mydba::mysql
