#include "engines/sqlite/timed_run.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <map>
#include <string>
#include <utility>

#include "base/wait.h"
#include "engines/sqlite/read_only.h"
#include "plan/walk.h"

namespace mydba::sqlite {
namespace {

using protocol::ProfileUnit;

struct Counter {
  int id;
  const char* name;
  const char* group;
  ProfileUnit unit;
};

// sqlite.org/c3ref/c_stmtstatus_counter.html
constexpr std::array statementCounters = {
    Counter{SQLITE_STMTSTATUS_FULLSCAN_STEP, "FULLSCAN_STEP", "Statement", ProfileUnit::count},
    Counter{SQLITE_STMTSTATUS_SORT, "SORT", "Statement", ProfileUnit::count},
    Counter{SQLITE_STMTSTATUS_AUTOINDEX, "AUTOINDEX", "Statement", ProfileUnit::count},
    Counter{SQLITE_STMTSTATUS_VM_STEP, "VM_STEP", "Statement", ProfileUnit::count},
    Counter{SQLITE_STMTSTATUS_REPREPARE, "REPREPARE", "Statement", ProfileUnit::count},
    Counter{SQLITE_STMTSTATUS_RUN, "RUN", "Statement", ProfileUnit::count},
    // FILTER_MISS and FILTER_HIT, since 3.38.
    Counter{7, "FILTER_MISS", "Statement", ProfileUnit::count},
    Counter{8, "FILTER_HIT", "Statement", ProfileUnit::count},
    Counter{SQLITE_STMTSTATUS_MEMUSED, "MEMUSED", "Statement", ProfileUnit::bytes}};

// sqlite.org/c3ref/c_dbstatus_options.html. CACHE_SPILL is among them since 3.23.
constexpr std::array connectionCounters = {
    Counter{SQLITE_DBSTATUS_CACHE_HIT, "CACHE_HIT", "Page cache", ProfileUnit::count},
    Counter{SQLITE_DBSTATUS_CACHE_MISS, "CACHE_MISS", "Page cache", ProfileUnit::count},
    Counter{SQLITE_DBSTATUS_CACHE_WRITE, "CACHE_WRITE", "Page cache", ProfileUnit::count},
    Counter{SQLITE_DBSTATUS_CACHE_SPILL, "CACHE_SPILL", "Page cache", ProfileUnit::count},
    Counter{SQLITE_DBSTATUS_LOOKASIDE_HIT, "LOOKASIDE_HIT", "Lookaside", ProfileUnit::count},
    Counter{SQLITE_DBSTATUS_LOOKASIDE_MISS_SIZE, "LOOKASIDE_MISS_SIZE", "Lookaside",
            ProfileUnit::count},
    Counter{SQLITE_DBSTATUS_LOOKASIDE_MISS_FULL, "LOOKASIDE_MISS_FULL", "Lookaside",
            ProfileUnit::count}};

double milliseconds(Clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

/// Processor time of this thread, which is all that a statement uses.
double cpuMilliseconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// The lookaside counters are reported as high-water marks.
int connectionCounter(sqlite3* database, const Counter& counter) {
  int current = 0, highest = 0;
  sqlite3_db_status(database, counter.id, &current, &highest, 0);
  return std::string_view(counter.group) == "Lookaside" ? highest : current;
}

class ConnectionCounters {
 public:
  explicit ConnectionCounters(sqlite3* database) : database_(database) {
    for (std::size_t i = 0; i < connectionCounters.size(); ++i)
      before_[i] = connectionCounter(database, connectionCounters[i]);
  }
  void addTo(std::vector<protocol::ProfileMetric>& metrics) const {
    for (std::size_t i = 0; i < connectionCounters.size(); ++i) {
      const Counter& counter = connectionCounters[i];
      const int moved = connectionCounter(database_, counter) - before_[i];
      if (moved != 0)
        metrics.push_back({.name = counter.name,
                           .group = counter.group,
                           .unit = counter.unit,
                           .value = static_cast<double>(moved)});
    }
  }

 private:
  sqlite3* database_;
  std::array<int, connectionCounters.size()> before_{};
};

/// What everything happens in, when it writes. `end` takes it back.
class Savepoint {
 public:
  explicit Savepoint(sqlite3* database)
      : database_(database), lastRow_(sqlite3_last_insert_rowid(database)) {}
  ~Savepoint() { end(); }
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  int begin() {
    const int code = run("SAVEPOINT mydba_profile");
    open_ = code == SQLITE_OK;
    return code;
  }
  /// A transaction that SQLite has ended by itself is rolled back already.
  int end() {
    if (!std::exchange(open_, false)) return SQLITE_OK;
    // What last_insert_rowid() answers is not in the file.
    sqlite3_set_last_insert_rowid(database_, lastRow_);
    return sqlite3_get_autocommit(database_) != 0 ? SQLITE_OK : run("ROLLBACK");
  }

 private:
  int run(const char* sql) { return sqlite3_exec(database_, sql, nullptr, nullptr, nullptr); }

  sqlite3* database_;
  sqlite3_int64 lastRow_;
  bool open_ = false;
};

/// How the statement was compiled: its length, and the instructions that cost (opcode.html).
std::vector<protocol::NamedValue> programOf(Session& session, std::string_view sql) {
  const auto explained = prepare(session.handle(), "EXPLAIN " + std::string(sql));
  if (!explained) return {};
  std::map<std::string, int, std::less<>> counts;
  int instructions = 0;
  while (sqlite3_step(explained->get()) == SQLITE_ROW) {
    ++instructions;
    ++counts[std::string(columnText(explained->get(), 1))];
  }
  std::vector<protocol::NamedValue> program = {{"instructions", std::to_string(instructions)}};
  for (const char* opcode : {"OpenRead", "OpenWrite", "OpenEphemeral", "OpenAutoindex",
                             "SorterOpen", "Program", "Function", "VFilter"})
    if (const auto found = counts.find(opcode); found != counts.end())
      program.push_back({opcode, std::to_string(found->second)});
  return program;
}

class Run {
 public:
  Run(Session& session, std::string_view sql, const CancelToken& cancel)
      : session_(session), sql_(sql), cancel_(cancel), savepoint_(session.handle()) {}

  Result<TimedRun> measure() {
    const auto writes = this->writes();
    if (!writes) return writes.error();
    run_.program = programOf(session_, sql_);
    std::optional<ReadOnlyScope> scope;
    if (!*writes) scope.emplace(session_.handle());
    if (*writes)
      if (const int code = savepoint_.begin(); code != SQLITE_OK)
        return session_.failed(code, cancel_);
    if (const auto done = runOnce(*writes); !done) return done.error();
    const auto ended = Clock::now();
    if (const int code = savepoint_.end(); code != SQLITE_OK) {
      Error error = session_.failed(code, {});
      error.hint = "The transaction is still open: ROLLBACK takes back what the profile did";
      return error;
    }
    run_.rollbackMs = *writes ? milliseconds(Clock::now() - ended) : 0;
    return std::move(run_);
  }

 private:
  /// Whether it changes the file; an error when it cannot be run.
  Result<bool> writes() {
    const auto statement = prepare(session_.handle(), sql_);
    if (!statement) return cancel_.cancelled() ? cancel_.error() : statement.error();
    if (sqlite3_bind_parameter_count(statement->get()) > 0)
      return Error{.code = ErrorCode::refused,
                   .message = "the statement has placeholders, and a profile runs it",
                   .hint = "Put values in their place, or explain it without running it"};
    const bool writes = sqlite3_stmt_readonly(statement->get()) == 0;
    if (writes && sqlite3_get_autocommit(session_.handle()) == 0)
      return Error{.code = ErrorCode::refused,
                   .message =
                       "a statement that writes is not profiled inside a transaction: when "
                       "it fails, SQLite may roll back all of it",
                   .hint = "Commit or roll back first"};
    return writes;
  }

  Result<void> runOnce(bool writes) {
    const ConnectionCounters counters(session_.handle());
    const auto changesBefore = sqlite3_total_changes64(session_.handle());
    const auto waitedBefore = session_.waitedForLocks();
    const double cpu = cpuMilliseconds();
    const auto start = Clock::now();
    const auto statement = prepare(session_.handle(), sql_);
    if (!statement) return cancel_.cancelled() ? cancel_.error() : statement.error();
    const auto prepared = Clock::now();
    int code = sqlite3_step(statement->get());
    const auto first = Clock::now();
    for (; code == SQLITE_ROW; code = sqlite3_step(statement->get())) ++run_.rows;
    const auto end = Clock::now();
    if (code != SQLITE_DONE) return session_.failed(code, cancel_);
    run_.cpuMs = cpuMilliseconds() - cpu;
    run_.prepareMs = milliseconds(prepared - start);
    run_.firstRowMs = milliseconds(first - prepared);
    run_.moreRowsMs = milliseconds(end - first);
    run_.lockMs = milliseconds(session_.waitedForLocks() - waitedBefore);
    if (writes) run_.changed = sqlite3_changes64(session_.handle());
    run_.changedInAll = sqlite3_total_changes64(session_.handle()) - changesBefore;
    readCounters(statement->get());
    counters.addTo(run_.metrics);
    run_.scans = scanStatus(statement->get());
    return {};
  }

  void readCounters(sqlite3_stmt* statement) {
    for (const Counter& counter : statementCounters)
      if (const int value = sqlite3_stmt_status(statement, counter.id, 0); value != 0)
        run_.metrics.push_back({.name = counter.name,
                                .group = counter.group,
                                .unit = counter.unit,
                                .value = static_cast<double>(value)});
  }

  Session& session_;
  std::string_view sql_;
  const CancelToken& cancel_;
  Savepoint savepoint_;
  TimedRun run_;
};

/// The library counts the rows of full scans for the whole statement: with one scan, they are its.
void addScannedRows(const TimedRun& run, protocol::PlanTree& tree) {
  const auto counter = std::find_if(run.metrics.begin(), run.metrics.end(), [](const auto& metric) {
    return metric.name == "FULLSCAN_STEP";
  });
  if (counter == run.metrics.end()) return;
  std::vector<protocol::PlanNode*> scans;
  bool others = false;
  plan::walk(tree.root, [&](protocol::PlanNode& node, protocol::PlanNode*, int) {
    const bool scan = node.operation == "SCAN" && node.relation;
    if (scan && node.category == protocol::PlanCategory::scan)
      scans.push_back(&node);
    else if (scan)
      others = true;
  });
  // It counts steps from row to row.
  if (scans.size() == 1 && !others && !scans[0]->actualRead)
    scans[0]->actualRead = counter->value + 1;
}

}  // namespace

Result<TimedRun> timeRun(Session& session, std::string_view sql, const CancelToken& cancel) {
  return Run(session, sql, cancel).measure();
}

std::vector<protocol::ProfileStage> addMeasured(const TimedRun& run, protocol::PlanTree& tree) {
  tree.analyzed = true;
  tree.planningMs = run.prepareMs;
  tree.executionMs = run.runMs();
  auto stages = addScanStatus(run.scans, tree, run.prepareMs, run.runMs());
  addScannedRows(run, tree);
  return stages;
}

}  // namespace mydba::sqlite
