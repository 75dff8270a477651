#include "engines/postgres/processes.h"

#include <algorithm>
#include <charconv>

#include "base/embedded.h"

namespace mydba::postgres {
namespace {

/// Reads one row of processes.sql by column names.
class ProcessRow {
 public:
  ProcessRow(const Rows& rows, int row) : rows_(rows), row_(row) {}

  std::string text(const char* column) const { return rows_.text(row_, rows_.column(column)); }
  std::optional<std::string> given(const char* column) const {
    const int at = rows_.column(column);
    return rows_.isNull(row_, at) ? std::nullopt : std::optional(rows_.text(row_, at));
  }
  std::optional<double> seconds(const char* column) const {
    const auto value = given(column);
    double number = 0;
    if (!value ||
        std::from_chars(value->data(), value->data() + value->size(), number).ec != std::errc())
      return std::nullopt;
    // The clock was read before the other session changed its state.
    return std::max(0.0, number);
  }
  bool truth(const char* column) const { return rows_.truth(row_, rows_.column(column)); }

 private:
  const Rows& rows_;
  int row_;
};

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    // pg_blocking_pids writes 0 for a prepared transaction.
    if (end > 0) found.emplace_back(text.substr(0, end) == "0" ? "prepared" : text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

protocol::Process processOf(const ProcessRow& row) {
  protocol::Process process{.id = row.text("id")};
  process.user = row.given("user");
  process.host = row.given("host");
  process.database = row.given("database");
  process.application = row.given("application");
  process.state = row.text("state");
  process.active = row.truth("active");
  process.command = row.given("command");
  process.sql = row.given("sql");
  process.seconds = row.seconds("seconds");
  process.transactionSeconds = row.seconds("transaction_seconds");
  process.wait = row.given("wait");
  process.blockedBy = words(row.text("blocked_by"));
  process.own = row.truth("own");
  for (const char* name : {"backend start", "transaction start", "query start", "query id", "xid",
                           "xmin", "parallel leader"})
    if (auto value = row.given(name)) process.extra.push_back({name, std::move(*value)});
  return process;
}

}  // namespace

Result<protocol::ProcessSnapshot> PostgresProcesses::list(const CancelToken& cancel) {
  const auto rights = session_.query(embeddedSql("postgres", "process_rights"), {}, cancel);
  if (!rights) return rights.error();
  const auto rows = session_.query(embeddedSql("postgres", "processes"), {}, cancel);
  if (!rows) return rows.error();
  protocol::ProcessSnapshot snapshot{.time = rights->text(0, 1)};
  snapshot.killKinds = {protocol::KillKind::query, protocol::KillKind::connection};
  for (int row = 0; row < rows->count(); ++row)
    snapshot.processes.push_back(processOf(ProcessRow(*rows, row)));
  if (!rights->truth(0, 0))
    snapshot.limitation =
        "Statements and states of other users are hidden. GRANT pg_read_all_stats (or pg_monitor) "
        "to this role to see them.";
  return snapshot;
}

Result<protocol::KillResult> PostgresProcesses::kill(std::string_view id, protocol::KillKind kind,
                                                     const CancelToken& cancel) {
  int pid = 0;
  const auto read = std::from_chars(id.data(), id.data() + id.size(), pid);
  if (read.ec != std::errc() || read.ptr != id.data() + id.size() || pid <= 0)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "a PostgreSQL session is named by its process number"};
  if (pid == PQbackendPID(session_.raw()))
    return Error{.code = ErrorCode::refused,
                 .message = "this is the connection that MyDBA uses itself"};
  const auto sql = kind == protocol::KillKind::query ? "kill_query" : "kill_connection";
  const auto rows = session_.query(embeddedSql("postgres", sql), {std::to_string(pid)}, cancel);
  if (!rows) return rows.error();
  return protocol::KillResult{.killed = rows->count() == 1 && rows->truth(0, 0)};
}

}  // namespace mydba::postgres
